"""Tells a greeting and a word of thanks from a question: no article answers them."""

from __future__ import annotations

from pathlib import Path

from handlers.lexicon import load, whole

LONGEST = 60  # characters of a message that only greets or thanks
_TABLES = load(Path(__file__).with_name("courtesy.toml"))
_GREETING = whole(_TABLES["greeting"])
_THANKS = whole(_TABLES["thanks"])


def is_greeting(text: str) -> bool:
    """Say whether a message only greets, or asks what the bot is for."""
    return len(text) <= LONGEST and bool(_GREETING.match(text.strip()))


def is_thanks(text: str) -> bool:
    """Say whether a message only thanks or ends the talk."""
    asks = "?" in text or "？" in text
    return len(text) <= LONGEST and not asks and bool(_THANKS.match(text.strip()))
