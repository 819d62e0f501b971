"""Tells an article that somebody pastes from a question that somebody asks, by its shape."""

from __future__ import annotations

from handlers.ask import MOST_CHARACTERS
from handlers.reading.read import addresses_in

LEAST = 400  # characters of a short article; a question has 30 to 200
LINES = 3  # that it has at least
ASKS = "?？؟;"  # how questions end; the last is the Greek one


def is_handed_over(text: str) -> bool:
    """Say whether a message alone with the bot is a link, or a text to be stored."""
    return bool(addresses_in(text)) or len(text) > MOST_CHARACTERS or _is_article(text)


def is_short_question(text: str) -> bool:
    """Say whether a text that was passed on from somebody asks something and is no article."""
    return len(text) < LEAST and "://" not in text and text.rstrip()[-1:] in tuple(ASKS)


def is_links(text: str) -> bool:
    """Say whether a message in a group is links to be stored; `node.js` is none there."""
    return "://" in text and bool(addresses_in(text))


def _is_article(text: str) -> bool:
    """Say whether a text has lines as an article has and does not end with a question."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(text) < LEAST or len(lines) < LINES:
        return False
    return lines[-1].rstrip()[-1] not in ASKS and lines[0].rstrip()[-1] not in ASKS
