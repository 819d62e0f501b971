"""The real client library pointed at the fake, for tests of the fake itself."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import TelegramError
from tests.fakes.telegram.server import Fake, telegram_server

os.environ.setdefault("PTB_TIMEDELTA", "1")  # durations as the library's next version gives them


def client(fake: Fake, token: str = "") -> Bot:
    return Bot(token or fake.token, base_url=fake.base_url, base_file_url=fake.base_file_url)


@asynccontextmanager
async def served(**settings: Any) -> AsyncIterator[tuple[Fake, Bot]]:
    """Serve a fake; give it with a client that has logged in."""
    async with telegram_server(**settings) as fake, client(fake) as bot:
        yield fake, bot


@contextmanager
def refused(kind: type[TelegramError], words: str) -> Iterator[None]:
    """Expect a refusal of this kind that says these words, in whatever case."""
    with pytest.raises(kind) as caught:
        yield
    assert words.lower() in str(caught.value).lower()


def keys(*labels: str, data: str = "d") -> InlineKeyboardMarkup:
    """Give a row of buttons."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(one, callback_data=data) for one in labels]])
