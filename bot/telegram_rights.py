"""Who is an admin of a Telegram chat, as Telegram itself says, remembered for a minute."""

from __future__ import annotations

import time
from collections.abc import Callable

from telegram import Bot, ChatMember
from telegram.error import TelegramError

REMEMBERED = 60.0  # seconds that an admin who is one no more may go on
HELD = 5_000  # answers remembered at most
SECONDS = 10  # for Telegram to say
_ADMINS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


class Rights:
    """Asks Telegram, and takes no answer for no."""

    def __init__(self, bot: Bot, clock: Callable[[], float] = time.monotonic) -> None:
        self._bot = bot
        self._clock = clock
        self._known: dict[tuple[int, int], tuple[float, bool]] = {}

    async def is_admin(self, chat: int, user: int) -> bool:
        """Whether a person is creator or administrator of a group."""
        now = self._clock()
        known = self._known.get((chat, user))
        if known and now - known[0] < REMEMBERED:
            return known[1]
        try:
            member = await self._bot.get_chat_member(chat, user, read_timeout=SECONDS)
        except TelegramError:
            return False
        if len(self._known) >= HELD:
            self._known.clear()
        self._known[chat, user] = (now, member.status in _ADMINS)
        return member.status in _ADMINS
