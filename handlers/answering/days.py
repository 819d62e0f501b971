"""The days, months and years that a text names, with those between the two ends of a span."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from handlers.answering.dates import dates
from handlers.lexicon import load
from storage import forms
from storage.terms import normal

_THROUGH = "|".join(load(Path(__file__).with_name("dated.toml"))["through"]["any"])
YEAR = re.compile(r"(?<![\d.,])(?:1\d|20)\d\d(?![\d.,]\d|\d)")
_YEAR_BEHIND = re.compile(r"(?:,? | de | del | года? )?((?:1\d|20)\d\d)(?!\d)")
_YEAR_BEFORE = re.compile(r"((?:1\d|20)\d\d)\s?[年년]\s?$")
_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|\.|er|[日号號])?\s?(?:{_THROUGH})\s?$")
_LAST = re.compile(rf"\s?(?:{_THROUGH})\s?(\d{{1,2}})(?![\d:])")
_TERM = re.compile(r"d(\d{4})(\d\d)(\d\d)$")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month of a year; each part is 0 where it is not named."""

    month: int
    day: int
    year: int = 0

    def is_met(self, other: Day) -> bool:
        """Say whether another day is this one, or in this month or year.

        Beside a month, a year that is not named may be any.
        """
        same = self.year == other.year or (self.month > 0 and 0 in (self.year, other.year))
        return same and self.month in (0, other.month) and self.day in (0, other.day)


@dataclass(frozen=True, slots=True)
class Placed:
    """A day or month where it stands in a text, its year included."""

    start: int
    end: int
    day: Day


@lru_cache(maxsize=512)
def days(text: str, language: str) -> tuple[Day, ...]:
    """Give all days that a text names, in any writing, and its years alone."""
    found: list[Day] = []
    for each in placed(text, language):
        first, last = _FIRST.search(text[: each.start]), _LAST.match(text, each.end)
        low = int(first[1]) if first and each.day.day else each.day.day
        high = int(last[1]) if last and each.day.day else each.day.day
        found += [Day(each.day.month, day, each.day.year) for day in range(low, high + 1)]
    terms = (_TERM.match(term) for term in forms.dates(normal(text)))
    found += [Day(int(term[2]), int(term[3]), int(term[1])) for term in terms if term]
    found += [Day(0, 0, int(year)) for year in YEAR.findall(text)]
    return tuple(dict.fromkeys(found))


def placed(text: str, language: str) -> list[Placed]:
    """Give the days and months in words, digits or signs, each with the year beside it."""
    return [
        _placed(text, start, end, int(min(quantity.values)))
        for start, end, quantity in dates(text, language)
    ]


def _placed(text: str, start: int, end: int, number: int) -> Placed:
    month, day = divmod(number, 100)
    if text[start : start + 5][-1:] == "-":  # ISO 8601
        return Placed(start, end, Day(month, day, int(text[start : start + 4])))
    before, behind = _YEAR_BEFORE.search(text[:start]), _YEAR_BEHIND.match(text, end)
    year = int((before or behind or {1: 0})[1])
    start, end = before.start() if before else start, behind.end() if behind else end
    return Placed(start, end, Day(month, day, year))
