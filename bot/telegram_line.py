"""Calls of the Bot API, with its limits kept and its refusals understood."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.budget import Budget
from bot.clerk import Undeliverable, Unreached

os.environ.setdefault("PTB_TIMEDELTA", "1")  # durations as the library's next version gives them

T = TypeVar("T")

KEPT = 6  # of a group's calls in a minute, for last pictures
LONGEST_WAIT = 3_600.0  # seconds that a last picture waits where Telegram says so
TRIES = 5  # of a last picture, where the network fails
CHATS = 1_000  # budgets held before idle ones are let go

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many calls in how many seconds a private chat, a group, and all of them allow.

    Telegram's own advice: a message a second in a chat, 20 a minute in a group, 30 a second in all
    (core.telegram.org/bots/faq); edits are counted too, and the total is kept a little below.
    The gaps are seconds between two pictures of a reply that grows; the twenty calls a minute of a
    group serve all who ask there.
    """

    private: tuple[tuple[int, float], ...] = ((1, 1.0),)
    group: tuple[tuple[int, float], ...] = ((1, 1.0), (20, 60.0))
    all: tuple[tuple[int, float], ...] = ((25, 1.0),)
    private_gap: float = 1.2
    group_gap: float = 3.5


PUBLISHED = Limits()


class Gone(Exception):
    """The message that was to change is not there any more."""


class Moved(Exception):
    """The group is a supergroup now, `chat` its new id."""

    def __init__(self, chat: int) -> None:
        super().__init__(f"the group is {chat} now")
        self.chat = chat


class NotHtml(Exception):
    """Telegram could not read our marks; the text goes out without them."""


class Line:
    """One bot's calls. Those of one chat never wait for another chat's limits."""

    def __init__(self, bot: Bot, limits: Limits = PUBLISHED) -> None:
        self.bot = bot
        self.drafts = True  # until a server says that it has none
        self.limits = limits
        self._all = Budget(*limits.all)
        self._chats: dict[int, Budget] = {}

    async def must(self, chat: int, call: Callable[[], Awaitable[T]]) -> T | None:
        """Make a call until it is done: waits for limits, tries again where the network fails.

        Raises `Undeliverable`, `Gone`, `Moved`, `NotHtml`.
        """
        waited, tries = 0.0, 0
        while True:
            try:
                async with self._chat(chat).turn(self._all):
                    return await call()
            except RetryAfter as fault:
                pause = _seconds(fault)
                waited += pause
                if waited > LONGEST_WAIT:
                    raise Undeliverable(f"asked to wait {waited:.0f} s") from fault
            except (BadRequest, Forbidden, ChatMigrated, InvalidToken) as fault:
                _understood(fault)
                return None
            except NetworkError as fault:
                tries += 1
                pause = 2.0**tries
                if tries == TRIES:
                    raise Unreached(str(fault)) from fault
            except TelegramError as fault:
                raise Undeliverable(str(fault)) from fault
            await asyncio.sleep(pause)

    async def may(self, chat: int, call: Callable[[], Awaitable[T]]) -> T | None:
        """Make a call that can be left out: at once, or not at all. Raises as `must` does."""
        if not self._chat(chat).spare(self._all, keep=KEPT):
            return None
        try:
            return await call()
        except (BadRequest, Forbidden, ChatMigrated) as fault:
            _understood(fault)
            return None
        except TelegramError as fault:
            log.info("left out a picture: %s", fault)
            return None

    def _chat(self, chat: int) -> Budget:
        if len(self._chats) > CHATS:
            self._chats = {key: each for key, each in self._chats.items() if not each.idle}
        if chat not in self._chats:
            self._chats[chat] = Budget(*(self.limits.private if chat > 0 else self.limits.group))
        return self._chats[chat]


def _understood(fault: TelegramError) -> None:
    """Say what a refusal means for a reply; no more than nothing where nothing had changed."""
    if isinstance(fault, ChatMigrated):
        raise Moved(fault.new_chat_id) from fault
    said = str(fault).lower()
    if "not modified" in said:
        return
    if "parse entities" in said or "parse message" in said:
        raise NotHtml(str(fault)) from fault
    if "message to edit not found" in said or "message can't be edited" in said:
        raise Gone(str(fault)) from fault
    raise Undeliverable(str(fault)) from fault


def _seconds(fault: RetryAfter) -> float:
    after = fault.retry_after
    return after if isinstance(after, int) else after.total_seconds()
