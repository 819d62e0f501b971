"""One reply in a Telegram chat: sent, edited, in private chats streamed as a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, InvalidToken

from bot.clerk import Noted, Undeliverable
from bot.rows import rows
from bot.screen import Part
from bot.split import split, utf16
from bot.telegram_line import Gone, Line, Moved, NotHtml
from bot.telegram_markup import MOST, length, to_html
from bot.telegram_read import PLATFORM
from bot.unbroken import unbroken
from handlers.buttons import Buttons
from handlers.markdown import plain

T = TypeVar("T")

IN_A_ROW, LETTERS = 5, 36  # buttons and letters of a row that a telephone shows
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Where:
    """Where a reply goes: a chat, its topic, and the message that it answers, if it names one."""

    chat: int
    topic: int | None = None
    answers: int | None = None


class TelegramSheet:
    """A `Sheet`. `note` is told the ids of its messages whenever one is added.

    `shown` are messages of an earlier try, which are changed instead of sending new ones.
    """

    limit = MOST

    def __init__(
        self, line: Line, where: Where, buttons: Buttons, note: Noted, shown: Sequence[str] = ()
    ) -> None:
        self._line = line
        self._where = where
        self._buttons = buttons
        self._note = note
        self._messages = [int(each) for each in shown]
        self._streams = where.chat > 0 and not shown
        limits = line.limits
        self.gap = limits.private_gap if where.chat > 0 else limits.group_gap

    def ids(self) -> list[str]:
        return [str(each) for each in self._messages]

    def length(self, markdown: str, links: frozenset[str]) -> int:
        return length(markdown, links)

    async def put(self, part: Part) -> None:
        """Show a part, in the supergroup that the chat may have become; raises `Undeliverable`."""
        try:
            await self._put(part)
        except Moved as fault:
            self._where = Where(fault.chat)
            self._messages.clear()
            await self._put(part)

    async def _put(self, part: Part) -> None:
        if not part.markdown:
            await self._remove(part.index)
        elif self._streams and self._line.drafts and not part.final:
            await self._draft(part)
        elif part.index < len(self._messages):
            await self._change(part)
        elif part.final or part.index == len(self._messages):
            await self._send(part)

    async def _draft(self, part: Part) -> None:
        """Stream to the person who waits; a server without drafts gets edited messages."""
        where = self._where
        name = f"{where.chat} {where.topic} {where.answers}"
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) >> 1 or 1

        async def call() -> bool:
            try:
                return await self._line.bot.send_message_draft(
                    where.chat,
                    key,
                    to_html(part.markdown, part.links),
                    message_thread_id=where.topic,
                    parse_mode=ParseMode.HTML,
                )
            except (InvalidToken, BadRequest):
                self._line.drafts = False
                return False

        await self._line.may(where.chat, call)

    async def _send(self, part: Part) -> None:
        where = self._where
        answers = where.answers if part.index == 0 else None
        reply = ReplyParameters(answers, allow_sending_without_reply=True) if answers else None
        markup = await self._markup(part)

        async def send(text: str, mode: str | None) -> None:
            sent = await self._call(
                part,
                lambda: self._line.bot.send_message(
                    where.chat,
                    text,
                    parse_mode=mode,
                    message_thread_id=where.topic,
                    reply_parameters=reply,
                    reply_markup=markup,
                    link_preview_options=NO_PREVIEW,
                ),
            )
            if isinstance(sent, Message):
                self._messages.append(sent.message_id)
                await self._note(self.ids())

        await unbroken(self._marked(part, send))

    async def _change(self, part: Part) -> None:
        markup = await self._markup(part)
        message = self._messages[part.index]

        async def edit(text: str, mode: str | None) -> None:
            await self._call(
                part,
                lambda: self._line.bot.edit_message_text(
                    text,
                    self._where.chat,
                    message,
                    parse_mode=mode,
                    reply_markup=markup,
                    link_preview_options=NO_PREVIEW,
                ),
            )

        try:
            await self._marked(part, edit)
        except Gone as fault:
            raise Undeliverable(f"somebody deleted the reply: {fault}") from fault

    async def _marked(self, part: Part, show: Callable[[str, str | None], Awaitable[None]]) -> None:
        """Show a part with its marks, or, where Telegram can't read them, its words alone."""
        try:
            await show(to_html(part.markdown, part.links), ParseMode.HTML)
        except NotHtml:
            await show(split(plain(part.markdown), self.limit, utf16)[0], None)

    async def _call(self, part: Part, call: Callable[[], Awaitable[T]]) -> T | None:
        way = self._line.must if part.final else self._line.may
        return await way(self._where.chat, call)

    async def _remove(self, index: int) -> None:
        """Take a message away that a shorter picture does not need."""
        if index >= len(self._messages):
            return
        message = self._messages.pop(index)
        with suppress(Gone, Moved, NotHtml, Undeliverable):
            await self._line.must(
                self._where.chat, lambda: self._line.bot.delete_message(self._where.chat, message)
            )

    async def _markup(self, part: Part) -> InlineKeyboardMarkup | None:
        if not part.actions:
            return None
        place = f"{PLATFORM}:{self._where.chat}"
        keys = dict(zip(part.actions, await self._buttons.keep(place, part.actions), strict=True))
        return InlineKeyboardMarkup(
            [
                [InlineKeyboardButton(each.label, callback_data=keys[each]) for each in row]
                for row in rows(part.actions, IN_A_ROW, LETTERS)
            ]
        )
