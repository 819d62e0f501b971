"""Reads the numbers that follow a command's name."""

from __future__ import annotations

from handlers import phrases
from handlers.errors import BadUsage
from handlers.messages import Request


def numbers(request: Request, *, most: int, least: int = 1) -> list[int]:
    """Give `least` to `most` numbers; a leading # is allowed. Raises `BadUsage`."""
    words = request.text.replace("#", " ").split()
    if not least <= len(words) <= most or not all(is_number(word) for word in words):
        said = phrases.WHICH_ARTICLE if least else phrases.WHICH_PAGE
        raise BadUsage(said.format(request.command))
    return [int(word) for word in words]


def is_number(word: str) -> bool:
    """Say whether a word is a number that the store can hold."""
    return word.isascii() and word.isdigit() and len(word) <= 18  # SQLite's integers end there
