"""The quantities that a sentence states: each number with what it measures or counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from handlers.answering.facts import numbers
from handlers.answering.stems import stems
from handlers.answering.words import words
from handlers.language import function_words
from handlers.lexicon import load, pattern

_TABLES = load(Path(__file__).with_name("quantities.toml"))
_ROUGH = pattern(_TABLES.pop("rough"))
_FACTS = load(Path(__file__).with_name("facts.toml"))
_POWERS = pattern({"any": [word for each in _FACTS["powers"].values() for word in each]})
_PERCENT = pattern(_FACTS["percent"])
_UNITS = [
    (kind, Decimal(factor), pattern({"any": each}))
    for kind, table in _TABLES.items()
    for factor, each in table.items()
]
_HAN = "〇零一二两兩三四五六七八九十百千万萬亿億"
_TOKEN = re.compile(
    r"(?<![\w.,])\d+(?:[.,'’ ]\d+)*|(?<=[\u3040-\u9fff$€£¥])\d+(?:[.,]\d+)*"
    rf"|[{_HAN}]+|(?<!\w)[^\W\d_\u3040-\u9fff]+"
)
_SIGN = re.compile(r"[$€£¥]\s?$")
_DIGITS = {each: value for value, each in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "兩": 2,
}
_TENS = {"十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_YEAR = re.compile(r"1\d{3}|20\d\d|21\d\d")
_DAYS = range(1, 32)
_DAY_BEFORE = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?: of| de)? ?$")
_DAY_BEHIND = re.compile(r" (\d{1,2})(?:st|nd|rd|th)?(?!\d| ?[ap]m)\b")
_AHEAD = 40  # characters behind a number in which its unit or noun stands
_NOUNS = 2  # words behind a number among which what it counts is looked for
ROUNDED = Decimal("0.05")  # by which two numbers may differ that are one number, rounded
LARGE = 100  # a number under that is seldom rounded where nothing says so
DATE, YEAR, COUNT = "date", "year", "count"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, in its readings, of a kind: a measure, `percent`, `count`, `year` or `date`.

    A date is its month × 100 + its day, which is 0 where none is given. `nouns` are stems of the
    words behind a count; `rough` means that it is not meant to the last digit.
    """

    kind: str
    values: frozenset[Decimal]
    nouns: frozenset[str] = frozenset()
    rough: bool = False

    def comparable(self, other: Quantity, asked: frozenset[str] = frozenset()) -> bool:
        """Say whether both measure the same; counts by their noun, or where one's is `asked`."""
        if self.kind != other.kind:
            return False
        if self.kind != COUNT or not (self.nouns and other.nouns):
            return True
        return bool(self.nouns & other.nouns or (self.nouns | other.nouns) & asked)

    def agrees(self, other: Quantity) -> bool:
        """Say whether both may be the same number, one of them rounded."""
        if self.kind == DATE:
            return any(_same_day(int(a), int(b)) for a in self.values for b in other.values)
        return any(
            self._near(a, b, self.rough or other.rough) for a in self.values for b in other.values
        )

    def _near(self, one: Decimal, other: Decimal, rough: bool) -> bool:
        if one == other or self.kind == YEAR:
            return one == other
        large = min(one, other) >= LARGE
        return (rough or (large and _round(one, other))) and abs(one - other) <= ROUNDED * max(
            one, other
        )


@lru_cache(maxsize=4096)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Give the quantities of a sentence, in order; dates as one each."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    dates = list(_dates(text, language))
    found = [quantity for _, _, quantity in dates]
    for match in _TOKEN.finditer(text):
        if any(start <= match.start() < end for start, end, _ in dates):
            continue
        if quantity := _quantity(text, match, language):
            found.append(quantity)
    return tuple(found)


def _quantity(text: str, match: re.Match[str], language: str) -> Quantity | None:
    values = _values(match.group(), language)
    if not values:
        return None
    rest, before = text[match.end() : match.end() + _AHEAD], text[: match.start()]
    power = _POWERS.match(rest.lstrip(" -"))
    if power and not (power.group() == "m" and not _SIGN.search(before)):
        grown = numbers(f"{match.group()} {power.group()}", language)
        values = (
            grown[0].readings if match.group()[0].isdigit() and grown else _scaled(values, rest)
        )
        rest = rest.lstrip(" -")[power.end() :]
    rough = bool(_ROUGH.search(" ".join(before.split()[-3:]))) or bool(
        _ROUGH.search(before[-3:]) and not before[-1:].isspace()
    )
    if sign := _SIGN.search(before):
        rest = sign.group() + rest
    if measured := _measured(values, rest, rough, language):
        return measured
    if _YEAR.fullmatch(match.group()) and _stands_alone(rest, before, language):
        return Quantity(YEAR, values)
    return Quantity(COUNT, values, _nouns(rest, language), rough)


def _measured(values: frozenset[Decimal], rest: str, rough: bool, language: str) -> Quantity | None:
    rest = rest.lstrip(" -")
    if _PERCENT.match(rest):
        return Quantity("percent", values, rough=rough)
    matches = [
        (found.end(), kind, factor) for kind, factor, each in _UNITS if (found := each.match(rest))
    ]
    if not matches:
        return None
    _, kind, factor = max(matches, key=lambda each: each[0])
    return Quantity(kind, frozenset(value * factor for value in values), rough=rough)


def _nouns(rest: str, language: str) -> frozenset[str]:
    """Give the stems of the words behind a number, within its clause."""
    clause = re.split(r"[,;:.!?()，。；：、！？]", rest)[0]
    kept = [each for each in words(clause) if each not in function_words(language)]
    return frozenset(stems(kept[:_NOUNS], language))


def _stands_alone(rest: str, before: str, language: str) -> bool:
    """Say whether a number like a year is one: no noun that it could count follows."""
    if rest[:1] in ("年", "년") or not re.match(r"\s*[^\W\d_]", rest):
        return True
    held = function_words(language)
    return any(each in held for each in (*words(rest)[:1], *words(before[-12:])[-1:]))


def _values(token: str, language: str) -> frozenset[Decimal]:
    if token[0].isdigit():
        found = numbers(token, language)
        return found[0].readings if len(found) == 1 else frozenset()
    if token[0] in _HAN:
        value = _han(token) if language in ("zh", "ja") else None
        return frozenset() if value is None else frozenset({Decimal(value)})
    named = [each for each in numbers(token, language) if not each.month]
    return named[0].readings if named else frozenset()


def _scaled(values: frozenset[Decimal], rest: str) -> frozenset[Decimal]:
    """Give a number word times the power behind it: two million."""
    one = numbers(f"1 {rest.lstrip(' -')[:20]}", "und")
    factor = max(one[0].readings) if one else Decimal(1)
    return frozenset(value * factor for value in values)


def _han(written: str) -> int | None:
    """Read a number in Han characters: 三千二百万 is 32,000,000; none where it is no number."""
    if len(written) == 1 and written in "万萬亿億千百":
        return None
    total = part = digit = 0
    for each in written:
        if each in _DIGITS:
            digit = digit * 10 + _DIGITS[each]
        elif each in _TENS:
            part, digit = part + (digit or 1) * _TENS[each], 0
        else:
            total, part, digit = (total + (part + digit or 1)) * _MYRIADS[each], 0, 0
    return total + part + digit


def _dates(text: str, language: str) -> Iterator[tuple[int, int, Quantity]]:
    """Give the days and months of a text, where each stands."""
    for match in re.finditer(rf"(\d+|[{_HAN}]+)[月월]\s?(?:(\d+|[{_HAN}]+)[日号號일])?", text):
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
    return int(token) if token.isdigit() else _han(token) or 0


def _same_day(one: int, other: int) -> bool:
    """Say whether two dates may be one; a month is the same as any of its days."""
    same = one % 100 == other % 100 or not (one % 100 and other % 100)
    return one // 100 == other // 100 and same


def _round(one: Decimal, other: Decimal) -> bool:
    """Say whether one of two numbers is the other, given to fewer digits."""
    few, many = sorted((one, other), key=lambda each: len(each.normalize().as_tuple().digits))
    place = few.normalize().as_tuple().exponent
    return many.quantize(Decimal((0, (1,), int(place)))) == few


@cache
def _months(language: str) -> dict[int, re.Pattern[str]]:
    """Compile the months of a language; those of English and German begin with a capital."""
    flags = re.NOFLAG if language in ("en", "de") else re.IGNORECASE
    return {
        month: re.compile(pattern({"any": [row]}).pattern, flags)
        for month, row in enumerate(_FACTS["months"].get(language, []), 1)
    }
