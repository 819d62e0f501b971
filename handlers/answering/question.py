"""What a question asks for, and which sentences look like an answer to that."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from handlers.lexicon import load, pattern

_CUES = load(Path(__file__).with_name("cues.toml"))


class Asks(StrEnum):
    """The kind of thing that an answer must name."""

    WHY = "why"
    NUMBER = "number"
    WHEN = "when"
    WHO = "who"
    OTHER = "other"


_ASKS = {Asks(kind): pattern(table) for kind, table in _CUES["asks"].items()}
_LOOKS = {Asks(kind): pattern(table) for kind, table in _CUES["looks"].items()}


def asks(question: str) -> Asks:
    """Give the kind of thing that a question asks for, by the first of its words that says so."""
    found = [
        (match.start(), kind) for kind, each in _ASKS.items() if (match := each.search(question))
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else Asks.OTHER


def looks_like(kind: Asks, sentence: str) -> bool:
    """Say whether a sentence holds what the kind asks for: a cause, a date, a number, a name."""
    if kind is Asks.WHO:
        return _has_name(sentence)
    return kind in _LOOKS and bool(_LOOKS[kind].search(sentence))


def _has_name(sentence: str) -> bool:
    """Two words in a row with capitals, past the first word; any sentence without capitals."""
    words = sentence.split()
    capital = [word[:1].isupper() or word[1:2].isupper() for word in words]
    return any(map(all, pairwise(capital[1:]))) or not any(capital)
