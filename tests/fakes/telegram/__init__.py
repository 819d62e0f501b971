"""A fake Telegram: the Bot API on a loopback socket, and the people in its chats."""

from __future__ import annotations

from tests.fakes.telegram.person import Person
from tests.fakes.telegram.server import Fake, telegram_server

__all__ = ["Fake", "Person", "telegram_server"]
