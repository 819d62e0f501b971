"""Interactions as notes: a slash command with its options, a press, a choice from a menu."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import discord

from bot.discord_notes import PLATFORM, Note, held
from handlers.command import Command

_MENTION = re.compile(r"<@!?(\d+)>")


def asked(interaction: discord.Interaction) -> Note:
    """Give who asks, and where, and how an answer reaches them."""
    return Note(
        event=interaction.id,
        channel=interaction.channel_id or 0,
        guild=interaction.guild_id,
        message=None,
        user=interaction.user.id,
        name=interaction.user.display_name,
        command="",
        admin=interaction.permissions.manage_guild,
        token=interaction.token,
        application=interaction.application_id,
    )


def called(interaction: discord.Interaction, command: Command, values: dict[str, Any]) -> Note:
    """Give a slash command; people named in it are given by their ids."""
    files = [each for each in values.values() if isinstance(each, discord.Attachment)]
    words = [
        str(each)
        for each in values.values()
        if each is not None and not isinstance(each, discord.Attachment)
    ]
    return replace(
        asked(interaction),
        command=command.name,
        text=_MENTION.sub(rf"{PLATFORM}:\1", " ".join(words)),
        files=held(files),
        hidden=command.quiet and interaction.guild_id is not None,
    )
