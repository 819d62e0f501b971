"""What a question asks for, and which sentences hold such a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path

from handlers.answering.facts import fold, names
from handlers.lexicon import Table, load, pattern

_CUES = load(Path(__file__).with_name("cues.toml"))


class Asks(StrEnum):
    """The kind of thing that an answer must name."""

    WHY = "why"
    NUMBER = "number"
    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    OTHER = "other"


_LOOKS: dict[str, Table] = _CUES["looks"]


def asks(question: str, language: str = "") -> Asks:
    """Give the kind of thing that a question asks for, by the first of its words that says so.

    Words of `language` count where the tables know it, else those of all languages: a word that
    asks in one may be any word in another.
    """
    found = [
        (match.start(), kind)
        for kind, each in ((Asks.NUMBER, _money("asks", language)), *_asking(language))
        if (match := each.search(question))
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else Asks.OTHER


def asks_money(question: str, language: str = "") -> bool:
    """Say whether a question asks for an amount of money: no other number answers it."""
    return bool(_money("asks", language).search(question))


def looks_like(kind: Asks, sentence: str, language: str = "") -> bool:
    """Say whether a sentence holds what the kind asks for: a cause, a date, a number, a name."""
    if kind in (Asks.WHO, Asks.WHERE):
        return _has_name(sentence)
    return kind in _LOOKS and bool(_looks(kind, language).search(sentence))


def brings(kind: Asks, sentence: str, language: str, question: str) -> bool:
    """Say whether a sentence holds such a thing that the question itself does not name."""
    if kind is Asks.WHY:
        return looks_like(kind, sentence, language)
    if kind is Asks.NUMBER and asks_money(question):
        return bool(_money("looks").search(sentence))
    asked = fold(question)
    return any(each not in asked for each in _held(kind, sentence, language))


def _held(kind: Asks, sentence: str, language: str) -> Iterator[str]:
    if kind in (Asks.WHO, Asks.WHERE):
        yield from (name.text for name in names(sentence, language) if name.sure)
    if kind in _LOOKS:
        yield from (fold(match.group()) for match in _looks(kind, language).finditer(sentence))


@cache
def _looks(kind: Asks, language: str) -> re.Pattern[str]:
    table = _LOOKS[kind]
    own = {name: table[name] for name in ("any", language) if name in table}
    return pattern(own if language in table else table)


@cache
def _money(name: str, language: str = "") -> re.Pattern[str]:
    table: Table = _CUES["money"][name]
    return pattern({language: table[language]} if language in table else table)


@cache
def _asking(language: str) -> list[tuple[Asks, re.Pattern[str]]]:
    tables: dict[str, Table] = _CUES["asks"]
    return [
        (Asks(kind), pattern({language: table[language]} if language in table else table))
        for kind, table in tables.items()
    ]


def _has_name(sentence: str) -> bool:
    """Two words in a row with capitals, past the first word; any sentence without capitals."""
    words = sentence.split()
    capital = [word[:1].isupper() or word[1:2].isupper() for word in words]
    return any(map(all, pairwise(capital[1:]))) or not any(capital)
