"""The quantities that a sentence states: each number with what it measures or counts."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from handlers.answering.dates import dates
from handlers.answering.facts import numbers
from handlers.answering.han import HAN, han
from handlers.answering.quantity import COUNT, YEAR, Quantity
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
_TOKEN = re.compile(
    r"(?<![\w.,])\d+(?:[.,'’ ]\d+)*|(?<=[\u3040-\u9fff$€£¥])\d+(?:[.,]\d+)*"
    rf"|[{HAN}]+|(?<!\w)[^\W\d_\u3040-\u9fff]+"
)
_SIGN = re.compile(r"[$€£¥]\s?$")
_YEAR = re.compile(r"1\d{3}|20\d\d|21\d\d")
_AHEAD = 40  # characters behind a number in which its unit or noun stands
_NOUNS = 2  # words behind a number among which what it counts is looked for


@lru_cache(maxsize=4096)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Give the quantities of a sentence, in order; dates as one each."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    dated = list(dates(text, language))
    found = [quantity for _, _, quantity in dated]
    for match in _TOKEN.finditer(text):
        if any(start <= match.start() < end for start, end, _ in dated):
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
    if token[0] in HAN:
        value = han(token) if language in ("zh", "ja") else None
        return frozenset() if value is None else frozenset({Decimal(value)})
    named = [each for each in numbers(token, language) if not each.month]
    return named[0].readings if named else frozenset()


def _scaled(values: frozenset[Decimal], rest: str) -> frozenset[Decimal]:
    """Give a number word times the power behind it: two million."""
    one = numbers(f"1 {rest.lstrip(' -')[:20]}", "und")
    factor = max(one[0].readings) if one else Decimal(1)
    return frozenset(value * factor for value in values)
