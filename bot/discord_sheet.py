"""One reply in Discord: an interaction's own, or messages of a channel."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol, TypeVar

import discord

from bot.clerk import Noted, Undeliverable
from bot.discord_markup import length, to_discord
from bot.discord_wire import Expired, may, must
from bot.rows import rows
from bot.screen import Part
from bot.unbroken import unbroken
from handlers.buttons import Buttons

T = TypeVar("T")

MOST = 2_000  # code points of a message
GAP = 1.5  # seconds between two pictures; Discord takes five edits in five seconds
IN_A_ROW, LETTERS, ROWS = 5, 120, 5  # buttons of a row, their letters, rows of a message
TOKEN_LIVES = 14 * 60.0  # seconds; Discord says 15 minutes
ORIGINAL = "@original"  # the first message of an interaction
SILENT = discord.AllowedMentions.none()


class Paper(Protocol):
    """Where messages go; each call may raise what discord.py raises."""

    async def send(self, text: str, view: discord.ui.View | None) -> str:
        """Send a message; give its id."""
        ...

    async def edit(self, message: str, text: str, view: discord.ui.View | None) -> None:
        """Give a message another text and other buttons."""
        ...

    async def delete(self, message: str) -> None:
        """Take a message away."""
        ...

    def number(self, message: str) -> str:
        """Give the number of a message that is known by another name, as far as it is known."""
        ...


class Channel:
    """Messages of a channel, the first as a reply to the message that asked.

    Of all that speak in a channel one sends at a time, by `turn`: of several at once discord.py
    sends more than Discord takes, as the answer to one of them tells it nothing of the others.
    """

    def __init__(
        self,
        channel: discord.PartialMessageable,
        answers: int | None,
        guild: int | None,
        turn: asyncio.Lock,
    ) -> None:
        self._channel = channel
        self._answers = answers
        self._guild = guild
        self._turn = turn

    async def send(self, text: str, view: discord.ui.View | None) -> str:
        extra: dict[str, Any] = {"view": view} if view else {}
        if self._answers:
            extra["reference"] = discord.MessageReference(
                message_id=self._answers,
                channel_id=self._channel.id,
                guild_id=self._guild,
                fail_if_not_exists=False,
            )
        async with self._turn:
            sent = await self._channel.send(
                text,
                allowed_mentions=SILENT,
                mention_author=False,
                suppress_embeds=True,
                **extra,
            )
        self._answers = None  # only now: what was not sent is tried again, as the reply it was
        return str(sent.id)

    async def edit(self, message: str, text: str, view: discord.ui.View | None) -> None:
        partial = self._channel.get_partial_message(int(message))
        await partial.edit(content=text, view=view, allowed_mentions=SILENT)

    async def delete(self, message: str) -> None:
        await self._channel.get_partial_message(int(message)).delete()

    def number(self, message: str) -> str:
        return message


class Answering:
    """The messages of an interaction: its own, promised already (unless not `own`), and others."""

    def __init__(self, webhook: discord.Webhook, *, hidden: bool, own: bool = True) -> None:
        self._webhook = webhook
        self._hidden = hidden
        self._begun = not own
        self._original = ORIGINAL

    async def send(self, text: str, view: discord.ui.View | None) -> str:
        if not self._begun:
            await self._change(ORIGINAL, text, view)
            self._begun = True
            return ORIGINAL
        sent = await self._webhook.send(
            text,
            wait=True,
            view=view or discord.utils.MISSING,
            ephemeral=self._hidden,
            allowed_mentions=SILENT,
            suppress_embeds=True,
        )
        return str(sent.id)

    async def edit(self, message: str, text: str, view: discord.ui.View | None) -> None:
        self._begun = True
        await self._change(message, text, view)

    async def _change(self, message: str, text: str, view: discord.ui.View | None) -> None:
        number: Any = message  # Discord takes @original in the place of a number
        changed = await self._webhook.edit_message(
            number, content=text, view=view, allowed_mentions=SILENT
        )
        if message == ORIGINAL:
            self._original = str(changed.id)

    async def delete(self, message: str) -> None:
        number: Any = message  # as above
        await self._webhook.delete_message(number)

    def number(self, message: str) -> str:
        return self._original if message == ORIGINAL else message


class DiscordSheet:
    """A `Sheet`. `note` is told its messages whenever one is added.

    Where an interaction's time is over, what is left goes to the channel, by `fallback`.
    """

    limit = MOST
    gap = GAP

    def __init__(
        self,
        paper: Paper,
        place: str,
        buttons: Buttons,
        note: Noted,
        shown: Sequence[str] = (),
        fallback: Paper | None = None,
    ) -> None:
        self._paper = paper
        self._place = place
        self._buttons = buttons
        self._note = note
        self._messages = list(shown)
        self._fallback = fallback

    def ids(self) -> list[str]:
        return [self._paper.number(each) for each in self._messages]

    def length(self, markdown: str, links: frozenset[str]) -> int:
        return length(markdown, links)

    async def put(self, part: Part) -> None:
        """Show a part; raises `Undeliverable`."""
        try:
            await self._put(part)
        except Expired as fault:
            if self._fallback is None:
                raise Undeliverable(str(fault)) from fault
            self._paper, self._fallback = self._fallback, None
            del self._messages[part.index :]
            await self.put(part)

    async def _put(self, part: Part) -> None:
        if not part.markdown:
            await self._remove(part.index)
        elif part.index < len(self._messages):
            message = self._messages[part.index]
            view = await self._view(part)
            await self._call(part, lambda: self._paper.edit(message, _text(part), view))
            view.stop()
        elif part.final or part.index == len(self._messages):
            await unbroken(self._send(part))

    async def _send(self, part: Part) -> None:
        view = await self._view(part)
        shown = view if part.actions else None
        sent = await self._call(part, lambda: self._paper.send(_text(part), shown))
        view.stop()
        if sent is not None:
            self._messages.append(sent)
            await self._note(list(self._messages))

    async def _remove(self, index: int) -> None:
        """Take a message away that a shorter picture does not need."""
        if index < len(self._messages):
            message = self._messages.pop(index)
            with suppress(Undeliverable, Expired):
                await must(lambda: self._paper.delete(message))

    async def _call(self, part: Part, call: Callable[[], Awaitable[T]]) -> T | None:
        return await must(call) if part.final else await may(call)

    async def _view(self, part: Part) -> discord.ui.View:
        """Give the buttons; presses come as events, so the library need not remember them."""
        keys = await self._buttons.keep(self._place, part.actions)
        held = dict(zip(part.actions, keys, strict=True))
        view = discord.ui.View(timeout=None)
        found = rows(part.actions, IN_A_ROW, LETTERS)
        for at, row in enumerate(found):
            for each in row:
                view.add_item(
                    discord.ui.Button(
                        label=each.label[:80],
                        custom_id=held[each],
                        row=at if len(found) <= ROWS else None,
                    )
                )
        return view


def _text(part: Part) -> str:
    return to_discord(part.markdown, part.links)


def is_fresh(event: int) -> bool:
    """Whether an interaction's token can still be used."""
    return time.time() - discord.utils.snowflake_time(event).timestamp() < TOKEN_LIVES
