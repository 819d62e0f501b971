"""Tells a greeting, thanks and a mere pointer from a question: no article answers them."""

from __future__ import annotations

from pathlib import Path

from handlers.lexicon import load, whole

LONGEST = 60  # characters of a message that only greets or thanks
TOLD = 200  # characters of a text that hardly asks anything; questions have 30 to 200
_TABLES = load(Path(__file__).with_name("courtesy.toml"))
_GREETING = whole(_TABLES["greeting"])
_THANKS = whole(_TABLES["thanks"])
_POINTING = whole(_TABLES["pointing"])
_STORING = whole(_TABLES["storing"])


def is_greeting(text: str) -> bool:
    """Say whether a message only greets, or asks what the bot is for; so does a mere "?"."""
    if len(text) > LONGEST:
        return False
    return bool(_GREETING.match(text.strip())) or (_asks(text) and not _says(text))


def is_thanks(text: str) -> bool:
    """Say whether a message only thanks, laughs or ends the talk; so does a mere smiley."""
    if len(text) > LONGEST or _asks(text):
        return False
    return bool(_THANKS.match(text.strip())) or bool(text.strip() and not _says(text))


def is_statement(text: str) -> bool:
    """Say whether a text asks nothing and is longer than most questions."""
    return len(text.strip()) >= TOLD and not _asks(text)


def is_storing(text: str) -> bool:
    """Say whether a message only asks to store the one that it replies to."""
    return len(text) <= LONGEST and bool(_STORING.match(text.strip()))


def is_pointing(text: str) -> bool:
    """Say whether a message only points to the one that it replies to: "this", "^"."""
    return len(text) <= LONGEST and (not _says(text) or bool(_POINTING.match(text.strip())))


def _asks(text: str) -> bool:
    return any(mark in text for mark in "?？؟")


def _says(text: str) -> bool:
    """Whether a text has a letter or a digit; smileys have none."""
    return any(sign.isalnum() for sign in text)
