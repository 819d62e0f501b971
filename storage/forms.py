"""Other ways to write what stands in a text: numbers, dates and codes in one form each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import regex

POINT = "ˑ"  # stands for a decimal point inside a term: a letter, to every tokenizer
_DIGIT = regex.compile(r"\d")
_WITH_DIGIT = re.compile(r"[^\s\d]*+\d\S*")
_GROUPED = regex.compile(r"(?<![\d.,])\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?![\d])")
_DECIMAL = regex.compile(r"(?<![\d.,])(\d+)[.,](\d+)(?![\d.,]\d)(?!\d)")
_CODE = regex.compile(r"(?<![\p{L}\p{N}])[\p{Latin}\p{N}]+(?:[-/._][\p{Latin}\p{N}]+)+")
_ISO = regex.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_EAST = regex.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일])?")
_POINTED = regex.compile(r"(?<![\d.])(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})(?!\d)")
_LONG = regex.compile(r"\d{4}")
_YEAR = regex.compile(r"(?<!\d)(?:1\d|20)\d\d(?!\d)")
_NAMED = regex.compile(
    r"(?:(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er)?\.?\s*(?:de\s+|of\s+)?)?"
    r"(?<!\p{L})(?P<month>\p{L}[\p{L}\p{M}]{2,})(?:\s+(?P<after>\d{1,2})(?:st|nd|rd|th)?)?,?"
    r"\s*(?:de\s+)?\d{4}$"
)
BEFORE_YEAR = 32  # characters before a year that may hold its day and month
_CODES_LONGEST = 24


def forms(plain: str) -> list[str]:
    """Give the further terms of a text that is lower case already, each once.

    38,000 and 38.000 also as 38000; 7,4 as 7 point 4; HB-214 as hb214; a day of any writing as
    d20250214, with its month as d202502.
    """
    if not _DIGIT.search(plain):
        return []
    return list(dict.fromkeys([*_numbers(plain), *_codes(plain), *dates(plain)]))


def without_numbers(text: str) -> str:
    """Take the numbers of several parts out of a text; their parts mean nothing alone."""
    return str(_DECIMAL.sub(" ", _GROUPED.sub(" ", text)))


def _numbers(plain: str) -> Iterator[str]:
    for match in _GROUPED.finditer(plain):
        yield "".join(char for char in match.group() if char.isdigit())
    for match in _DECIMAL.finditer(plain):
        yield f"{match[1]}{POINT}{match[2]}"


def _codes(plain: str) -> Iterator[str]:
    odd = " ".join([part for part in plain.split() if not part.isalpha()])
    for match in _CODE.finditer(" ".join(_WITH_DIGIT.findall(odd))):
        joined = "".join(char for char in match.group() if char.isalnum())
        if any(char.isdigit() for char in joined) and len(joined) <= _CODES_LONGEST:
            yield joined


def dates(plain: str) -> Iterator[str]:
    """Yield the days and months of a lower-case text as terms; 03/04/2025 in both readings."""
    if not _LONG.search(plain):
        return
    for match in _ISO.finditer(plain):
        yield from _day(match[1], match[2], match[3])
    for match in _EAST.finditer(plain):
        yield from _day(match[1], match[2], match[3])
    for match in _POINTED.finditer(plain):
        yield from _day(match[3], match[2], match[1])
        if "/" in match.group():
            yield from _day(match[3], match[1], match[2])
    for match in _YEAR.finditer(plain):
        yield from _named_day(plain[max(0, match.start() - BEFORE_YEAR) : match.end()], match[0])


def _named_day(part: str, year: str) -> Iterator[str]:
    """Yield the day in `14 February 2025` or `February 14, 2025`, its year last."""
    match = _NAMED.search(part)
    number = _months().get(match["month"]) if match else None
    if match and number:
        yield from _day(year, number, match["day"] or match["after"])


def _day(year: str, month: str | int, day: str | None) -> Iterator[str]:
    if not 1 <= int(month) <= 12:
        return
    yield f"d{year}{int(month):02}"
    if day and 1 <= int(day) <= 31:
        yield f"d{year}{int(month):02}{int(day):02}"


@cache
def _months() -> dict[str, int]:
    """Give the number of each month's name in every language at hand."""
    text = Path(__file__).with_name("months.toml").read_text(encoding="utf-8")
    numbers: dict[str, int] = {}
    for names in tomllib.loads(text).values():
        for number, variants in enumerate(names, 1):
            for name in variants.split("|"):
                numbers.setdefault(name, number)
    return numbers
