"""The dates that a sentence gives: days and months, in words, in digits, in Han characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from handlers.answering.han import HAN, han
from handlers.answering.quantity import DATE, Quantity
from handlers.lexicon import load, pattern

_MONTHS = load(Path(__file__).with_name("facts.toml"))["months"]
_DAYS = range(1, 32)
_DAY_BEFORE = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?: of| de)? ?$")
_DAY_BEHIND = re.compile(r" (\d{1,2})(?:st|nd|rd|th)?(?!\d| ?[ap]m)\b")


def dates(text: str, language: str) -> Iterator[tuple[int, int, Quantity]]:
    """Give the days and months of a text, where each stands."""
    for match in re.finditer(rf"(\d+|[{HAN}]+)[月월]\s?(?:(\d+|[{HAN}]+)[日号號일])?", text):
        month, day = (_number(each) for each in match.groups())
        if month in range(1, 13):
            yield *match.span(), _date(month, day)
    for match in re.finditer(r"\b\d{4}-(\d\d)-(\d\d)\b", text):
        yield *match.span(), _date(int(match[1]), int(match[2]))
    for month, each in _months(language).items():
        for match in each.finditer(text):
            yield _dated(month, match, text)


def _dated(month: int, match: re.Match[str], text: str) -> tuple[int, int, Quantity]:
    """Give a month with the day before or behind it."""
    if before := _DAY_BEFORE.search(text[: match.start()]):
        return before.start(), match.end(), _date(month, int(before[1]))
    if after := _DAY_BEHIND.match(text[match.end() :]):
        return match.start(), match.end() + after.end(), _date(month, int(after[1]))
    return *match.span(), _date(month, 0)


def _date(month: int, day: int) -> Quantity:
    return Quantity(DATE, frozenset({Decimal(month * 100 + (day if day in _DAYS else 0))}))


def _number(token: str | None) -> int:
    if not token:
        return 0
    return int(token) if token.isdigit() else han(token) or 0


@cache
def _months(language: str) -> dict[int, re.Pattern[str]]:
    """Compile the months of a language; those of English and German begin with a capital."""
    flags = re.NOFLAG if language in ("en", "de") else re.IGNORECASE
    return {
        month: re.compile(pattern({"any": [row]}).pattern, flags)
        for month, row in enumerate(_MONTHS.get(language, []), 1)
    }
