"""Answers what Discord sends: each letter's facts become a request, its reply is shown."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Container, Sequence
from dataclasses import replace
from weakref import WeakValueDictionary

import discord

from bot.clerk import unnoted
from bot.discord_files import upload_of
from bot.discord_notes import PLATFORM, REACTION, Note, note_of
from bot.discord_sheet import ORIGINAL, Answering, Channel, DiscordSheet, Paper, is_fresh
from bot.screen import show
from bot.service import Service, said
from handlers import phrases
from handlers.messages import Failure, Notice, Person, Request
from handlers.outbox import Announcement, Outbox
from storage.records import Letter
from storage.store import Store

RIGHTS_HOLD = 60.0  # seconds that what Discord said of a person's rights is believed


class DiscordClerk:
    """A `Clerk`. `since` is when the bot began to listen, or will."""

    def __init__(self, client: discord.Client, service: Service, store: Store) -> None:
        self._client = client
        self._service = service
        self._store = store
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self.since = time.time()

    def listening(self) -> None:
        """Note that the bot listens (again): what was sent before was sent while it was away."""
        self.since = time.time()

    def away(self) -> None:
        """Note that the connection is gone: what comes before it is back was sent meanwhile."""
        self.since = math.inf

    def bundle(self, letter: Letter, opened: Container[str]) -> str:
        return ""  # Discord sends all files of a message at once

    async def answer(self, letters: Sequence[Letter]) -> None:
        """Answer a message, a command, the press of a button, or count a reaction."""
        (letter,) = letters
        note = note_of(letter)
        if note.command == REACTION:
            await self._service.react(note.person, note.place, note.about or "", note.text)
            return
        sheet = self._sheet(letter, note)
        if note.key:
            await self._press(note, letter)
        elif not note.command:
            await show(said(Failure(phrases.UNREADABLE)), sheet)
        else:
            await self._service.reply(await self._request(letter, note), sheet, note.about)

    async def too_old(self, letter: Letter, count: int) -> None:
        note = note_of(letter)
        if not note.key and note.command != REACTION:
            await show(said(Notice(phrases.too_old(count))), self._sheet(letter, note))

    async def announce(self, outbox: Outbox, told: Announcement) -> None:
        """Tell something in its channel, as a reply to what it goes back to."""

        async def note(messages: Sequence[str]) -> None:
            await outbox.telling(told, messages)

        channel, _, message = told.place.spot.partition("/")
        place = told.place
        guild = None if place.private else int(place.id.removeprefix(f"{PLATFORM}:"))
        paper = Channel(
            self._client.get_partial_messageable(int(channel), guild_id=guild),
            int(message) if message else None,
            guild,
            self._turn(int(channel)),
        )
        sheet = DiscordSheet(paper, place.id, self._service.buttons, note, told.shown)
        await self._service.announce(told, sheet)

    async def _request(self, letter: Letter, note: Note) -> Request:
        return Request(
            command=note.command,
            text=note.text,
            person=await self._person(letter, note),
            place=note.place,
            uploads=tuple(upload_of(self._client, each) for each in note.files),
            origin=note.origin,
            free=letter.sent < self.since,
            message=f"{PLATFORM}:{note.channel}/{note.message}" if note.message else "",
        )

    async def _press(self, note: Note, letter: Letter) -> None:
        """Do what a button does; a refusal is shown to the person who pressed it alone."""
        person = await self._person(letter, note)
        done = await self._service.press(note.key, person, note.place)
        button, reply = done if done else (None, Failure(phrases.OLD_BUTTON))
        if reply is None:
            return
        instead = bool(button and not button.beside) and not isinstance(reply, Failure)
        paper = Answering(self._webhook(note), hidden=not instead, own=instead)
        shown = [ORIGINAL] if instead else []
        sheet = DiscordSheet(paper, note.place.id, self._service.buttons, unnoted, shown)
        await show(said(reply), sheet)

    async def _person(self, letter: Letter, note: Note) -> Person:
        """Give who asks; rights that were told too long ago are asked for again."""
        if note.guild is None or not note.admin or time.time() - letter.sent < RIGHTS_HOLD:
            return note.person
        guild = self._client.get_guild(note.guild)
        try:
            member = await guild.fetch_member(note.user) if guild else None
        except discord.DiscordException:
            member = None
        return replace(note.person, admin=bool(member and member.guild_permissions.manage_guild))

    def _turn(self, channel: int) -> asyncio.Lock:
        """Give what lets one message at a time into a channel, as long as anybody holds it."""
        return self._turns.setdefault(channel, asyncio.Lock())

    def _sheet(self, letter: Letter, note: Note) -> DiscordSheet:
        async def keep(messages: Sequence[str]) -> None:
            await self._store.answering(letter, messages)

        channel = Channel(
            self._client.get_partial_messageable(note.channel, guild_id=note.guild),
            None if note.token else note.message,
            note.guild,
            self._turn(note.channel),
        )
        paper: Paper = channel
        fallback: Paper | None = None
        if note.token and (note.hidden or is_fresh(note.event)):
            paper = Answering(self._webhook(note), hidden=note.hidden)
            fallback = None if note.hidden else channel  # that all would see
        shown = [each for each in letter.reply if each.isdigit() or paper is not channel]
        return DiscordSheet(paper, note.place.id, self._service.buttons, keep, shown, fallback)

    def _webhook(self, note: Note) -> discord.Webhook:
        webhook = discord.Webhook.partial(note.application, note.token, client=self._client)
        webhook.type = discord.WebhookType.application  # which alone may answer one person unseen
        return webhook
