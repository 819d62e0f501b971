"""The bot in Discord: connects, listens, and answers until it is stopped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.app import App
from bot.desk import Desk
from bot.discord_account import UNKNOWN
from bot.discord_calls import asked, called
from bot.discord_clerk import DiscordClerk
from bot.discord_commands import add_commands
from bot.discord_loopback import connector_of
from bot.discord_notes import PLATFORM, Note, held, letter_of, reacted, read, said_by
from bot.herald import Herald
from bot.logs import NEWS
from bot.supervise import Hopeless
from handlers.command import Command
from storage.records import Letter

log = logging.getLogger(__name__)


async def serve(app: App, **options: Any) -> None:
    """Answer in Discord until cancelled. Raises `Hopeless` for a wrong token.

    `options` go to the library's client.
    """
    token = app.settings.discord_bot_token
    if token is None:
        raise Hopeless("DISCORD_BOT_TOKEN is not set")
    for content in (True, False):
        client = FootnoteClient(app, content=content, **options)
        try:
            async with client:
                await _run(client, token.get_secret_value())
        except discord.LoginFailure as fault:
            raise Hopeless(UNKNOWN) from fault
        except discord.PrivilegedIntentsRequired:
            log.warning(
                "Discord: without the Message Content intent I read only mentions, direct messages"
                " and commands; switch it on at the Bot page to let me read replies too"
            )


async def _run(client: discord.Client, token: str) -> None:
    """Run a client to its end. The library swallows a cancel while it connects anew."""
    running = asyncio.create_task(client.start(token))
    try:
        await asyncio.wait({running})
    finally:
        await client.close()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    running.result()


class FootnoteClient(discord.AutoShardedClient):
    """Passes on what speaks to the bot. `content`: also read replies that do not name it."""

    def __init__(self, app: App, *, content: bool, **options: Any) -> None:
        intents = discord.Intents(
            guilds=True,
            guild_messages=True,
            dm_messages=True,
            guild_reactions=True,
            dm_reactions=True,
        )
        intents.message_content = content
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            connector=connector_of(app.settings.discord_loopback),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            **options,
        )
        self._app = app
        self._clerk = DiscordClerk(self, app.service, app.store)
        self._desk = Desk(app.store, PLATFORM, self._clerk)
        self._herald = Herald(app.outbox, PLATFORM, partial(self._clerk.announce, app.outbox))
        self._tree = app_commands.CommandTree(self)
        self._left: Sequence[Letter] = ()

    async def setup_hook(self) -> None:
        self._left = await self._desk.left()
        add_commands(
            self._tree, self._app.dispatcher.commands, self._called, self._saved, self._titles
        )
        try:
            await self._tree.sync()
        except discord.DiscordException as fault:
            log.warning("Discord refused the menu of commands: %s", fault)

    async def close(self) -> None:
        await self._herald.close()
        await self._desk.close()
        await super().close()

    async def on_ready(self) -> None:
        """Begin with what was left, when the servers are known, and with that once."""
        NEWS.info("Discord: %s is listening in %d servers", self.user, len(self.guilds))
        if not self.guilds and self.application_id:
            NEWS.info("Discord: invite it with %s", invitation(self.application_id))
        self._clerk.listening()
        left, self._left = self._left, ()
        await self._desk.begin(left)
        self._herald.begin()

    async def on_disconnect(self) -> None:
        self._clerk.away()

    async def on_resumed(self) -> None:
        self._clerk.listening()

    async def on_message(self, message: discord.Message) -> None:
        if self.user and (note := read(message, self.user)):
            await self._desk.take([letter_of(note)])

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        message = payload.message
        if self.user and message.edited_at and (note := read(message, self.user)):
            await self._desk.take([letter_of(note, f" {message.edited_at.timestamp()}")])

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A question that is gone while it is answered takes its half answer along."""
        for reply in await self._desk.retract(str(payload.message_id)):
            channel = self.get_partial_messageable(payload.channel_id, guild_id=payload.guild_id)
            with suppress(discord.DiscordException):
                await channel.get_partial_message(int(reply)).delete()

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Take what somebody put under an answer."""
        if self.user and payload.message_author_id in (None, self.user.id):
            note = reacted(payload)
            await self._desk.take([letter_of(note, f" {note.user} {note.about} {note.text}")])

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take the press of a button; commands come by the tree."""
        if interaction.type is discord.InteractionType.component and interaction.message:
            data: Any = interaction.data
            key = str(data["custom_id"])
            note = replace(asked(interaction), key=key, message=interaction.message.id)
            await self._promised(interaction, note, thinking=False)

    async def _called(
        self, interaction: discord.Interaction, command: Command, values: dict[str, Any]
    ) -> None:
        await self._promised(interaction, called(interaction, command, values))

    async def _saved(self, interaction: discord.Interaction, message: discord.Message) -> None:
        note = replace(
            asked(interaction),
            command="ingest",
            text=message.content,
            files=held(message.attachments),
            origin=said_by(message),
        )
        await self._promised(interaction, note)

    async def _promised(
        self, interaction: discord.Interaction, note: Note, *, thinking: bool = True
    ) -> None:
        """Keep an interaction, tell Discord in time that an answer comes, and begin with it."""
        kept = await self._desk.keep([letter_of(note)])
        with suppress(discord.DiscordException, aiohttp.ClientError, OSError):
            await interaction.response.defer(thinking=thinking, ephemeral=note.hidden)
        await self._desk.begin(kept)

    async def _titles(self, interaction: discord.Interaction, typed: str) -> list[tuple[int, str]]:
        note = asked(interaction)
        return await self._app.service.titles(note.person, note.place, typed)


def invitation(application: int) -> str:
    """Give the link by which a server's admin lets the bot in, with the rights that it needs."""
    needed = discord.Permissions(
        view_channel=True,
        send_messages=True,
        send_messages_in_threads=True,
        read_message_history=True,
    )
    return discord.utils.oauth_url(application, permissions=needed)
