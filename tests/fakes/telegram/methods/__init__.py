"""The methods of the fake Bot API, by name in small letters as the real one compares them."""

from __future__ import annotations

from tests.fakes.telegram.methods import about, changing, chats, files, sending, updating
from tests.fakes.telegram.methods.table import METHODS

__all__ = ["METHODS", "about", "changing", "chats", "files", "sending", "updating"]
