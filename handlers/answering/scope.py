"""Whether two statements are about different times, places or parts, so that both may be true."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

from handlers.answering.facts import weekdays
from handlers.answering.quantity import DATE, YEAR, Quantity
from handlers.answering.when import Span, span_of
from handlers.lexicon import load, pattern

_TABLES = load(Path(__file__).with_name("scope.toml"))
_PART = pattern(_TABLES.pop("part"))
_CLASSES = {
    name: {member: pattern({"any": words}) for member, words in table.items()}
    for name, table in _TABLES.items()
}
KEPT = 2_048  # sentences whose readings are remembered: each is compared with many others
APART = 270  # days between two texts from which "this summer" is another summer


def narrowed(one: str, other: str) -> bool:
    """Say whether each is narrowed to something that the other is not: summer here, winter there.

    Also where only one of them says that it is about a part.
    """
    if _is_part(one) != _is_part(other):
        return True
    here, there = _members(one), _members(other)
    return any(not here[name] & there[name] for name in here.keys() & there.keys())


def other_time(
    one: str, other: str, days: tuple[str | None, str | None], language: str, other_language: str
) -> bool:
    """Say whether two sentences, published on those days, are of different times.

    By the days of the week, by years and words such as "last year", and by seasons that are far
    apart.
    """
    here, there = weekdays(one, language), weekdays(other, other_language)
    if here and there and not here & there:
        return True
    first, second = (_day(each) for each in days)
    if _apart(span_of(one, first or date.max), span_of(other, second or date.max)):
        return True
    seasonal = "season" in _members(one) and "season" in _members(other)
    return bool(seasonal and first and second and abs((first - second).days) > APART)


def other_dates(one: tuple[Quantity, ...], other: tuple[Quantity, ...]) -> bool:
    """Say whether both name days, months or years, and none in common."""
    for kind in (DATE, YEAR):
        here, there = ([each for each in side if each.kind == kind] for side in (one, other))
        if here and there and not any(a.agrees(b) for a in here for b in there):
            return True
    return False


def _apart(one: Span | None, other: Span | None) -> bool:
    return bool(one and other and (one.last < other.first or other.last < one.first))


@lru_cache(maxsize=KEPT)
def _day(published: str | None) -> date | None:
    found = re.match(r"\d{4}-\d\d-\d\d", published or "")
    try:
        return date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None


@lru_cache(maxsize=KEPT)
def _is_part(text: str) -> bool:
    return bool(_PART.search(text))


@lru_cache(maxsize=KEPT)
def _members(text: str) -> dict[str, frozenset[str]]:
    """Give the members of each class that a text names, of classes that it names any of."""
    found = {
        name: frozenset(member for member, each in table.items() if each.search(text))
        for name, table in _CLASSES.items()
    }
    return {name: members for name, members in found.items() if members}
