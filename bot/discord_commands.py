"""The table of commands as Discord's slash commands, with choices while an article is typed."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord
from discord import app_commands

from handlers import phrases
from handlers.command import Command, Kind, Parameter

MOST_FILES = 5  # that can be handed over at once
LONGEST = 100  # characters of a description and of a choice

Called = Callable[[discord.Interaction, Command, dict[str, Any]], Awaitable[None]]
Saved = Callable[[discord.Interaction, discord.Message], Awaitable[None]]
Titles = Callable[[discord.Interaction, str], Awaitable[list[tuple[int, str]]]]


def add_commands(
    tree: app_commands.CommandTree[Any],
    commands: Sequence[Command],
    called: Called,
    saved: Saved,
    titles: Titles,
) -> None:
    """Put every command that menus offer into the tree, and storing into that of messages."""
    for command in commands:
        if command.offered:
            tree.add_command(_slash(command, called, titles))
    tree.add_command(
        app_commands.ContextMenu(
            name=phrases.SAVE_MESSAGE,
            callback=_menu(saved),
            allowed_contexts=_contexts(),
            allowed_installs=_installs(),
        )
    )


def _slash(
    command: Command, called: Called, titles: Titles
) -> app_commands.Command[Any, ..., None]:
    options = [option for each in command.parameters for option in _options(each)]

    async def run(interaction: discord.Interaction, **values: Any) -> None:
        await called(interaction, command, values)

    async def choices(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        found = await titles(interaction, typed)
        return [
            app_commands.Choice(name=f"#{number} {title}"[:LONGEST], value=str(number))
            for number, title in found
        ]

    here = inspect.Parameter(
        "interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction
    )
    run.__signature__ = inspect.Signature([here, *options])  # type: ignore[attr-defined]
    described = {
        option.name: each.about[:LONGEST]
        for each in command.parameters
        for option in _options(each)
    }
    app_commands.describe(**described)(run)
    articles = [each.name for each in command.parameters if each.kind is Kind.ARTICLE]
    if articles:
        app_commands.autocomplete(**dict.fromkeys(articles, choices))(run)
    return app_commands.Command(
        name=command.name,
        description=command.about[:LONGEST],
        callback=run,
        allowed_contexts=_contexts(),
        allowed_installs=_installs(),
    )


def _options(parameter: Parameter) -> list[inspect.Parameter]:
    """Give a parameter as Discord's options; files take one each."""
    kinds: dict[Kind, Any] = {
        Kind.TEXT: str,
        Kind.ARTICLE: str,
        Kind.NUMBER: app_commands.Range[int, 1],
        Kind.FILES: discord.Attachment,
    }
    kind = kinds[parameter.kind]
    names = [parameter.name]
    if parameter.kind is Kind.FILES:
        names += [f"{parameter.name}{number}" for number in range(2, MOST_FILES + 1)]
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
            annotation=kind if parameter.required else kind | None,
            default=inspect.Parameter.empty if parameter.required else None,
        )
        for name in names
    ]


def _menu(saved: Saved) -> Any:
    async def run(interaction: discord.Interaction, message: discord.Message) -> None:
        await saved(interaction, message)

    return run


def _contexts() -> app_commands.AppCommandContext:
    """In servers and in the bot's own direct messages, nowhere else."""
    return app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)


def _installs() -> app_commands.AppInstallationType:
    """By a server's admins alone: a person's own copy would work in servers that want none."""
    return app_commands.AppInstallationType(guild=True, user=False)
