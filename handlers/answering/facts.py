"""What a sentence states that can be checked: its numbers, dates, quoted words and names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from handlers.language import function_words
from handlers.lexicon import load, pattern

_TABLES = load(Path(__file__).with_name("facts.toml"))
# 4,200,000 / 4.200.000 / 4 200 000 with a fraction or not; else digits with points and commas
_NUMBER = re.compile(
    r"(?<!\d)(?:\d{1,3}(?:([ ,.'’])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?(?![\d])|\d+(?:[.,]\d+)*)"
)
_POWERS = {int(power): pattern({"any": words}) for power, words in _TABLES["powers"].items()}
_PERCENT = re.compile(rf"\s?(?:{pattern(_TABLES['percent']).pattern}|%)", re.IGNORECASE)
_QUOTED = re.compile(
    r"\"([^\"]+)\"|“([^”“]+)[”“]|„([^“”„]+)[“”]|«([^»]+)»|「([^」]+)」|『([^』]+)』"
)
_DATE = re.compile(r"\b\d{4}-(\d\d)-\d\d\b|(?<!\d)(\d{1,2})[月월]")
_LETTERS = r"A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u0530-\u058f\u1e00-\u1eff"
# Words of the scripts that have capitals; in Chinese text a Latin word is a run of its own.
_WORD = re.compile(rf"[{_LETTERS}0-9]+(?:['’.&-][{_LETTERS}0-9]+)*")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_STARTS = re.compile(r"(?:^|[.!?:;(«„“\"‘–—-])\s*[\"'“‘„«(]*$")
_GENITIVE = re.compile(r"['’](?:s|S)?$")
_NOUNS_CAPITAL = frozenset({"de", "lb"})  # every noun has a capital: it says nothing of names


@dataclass(frozen=True, slots=True)
class Number:
    """A number in all its readings (1.000 is a thousand or one), and what kind it is."""

    readings: frozenset[Decimal]
    percent: bool = False
    month: bool = False

    def met_by(self, other: Number) -> bool:
        """Say whether another number states this one; a month only by a month."""
        same = bool(self.readings & other.readings)
        return same and other.percent >= self.percent and other.month == self.month


@dataclass(frozen=True, slots=True)
class Name:
    """A name, folded; `sure` is false for a first word, which has a capital anyway."""

    text: str
    sure: bool = True


def fold(text: str) -> str:
    """Give text without differences of form: case, accents, width, dashes and quotation marks."""
    text = unicodedata.normalize("NFKD", text.replace("ß", "ss")).casefold()
    text = "".join(char for char in text if unicodedata.category(char) not in ("Mn", "Cf"))
    text = re.sub(r"[‐-―−]", "-", re.sub(r"[‘’‚‛′`´]", "'", text))
    text = re.sub(r"[“”„«»″]", '"', text).translate(str.maketrans("[]【】", "()()"))
    return " ".join(text.split())


def numbers(text: str, language: str) -> list[Number]:
    """Give the numbers of a text: digits, number words and months of its language."""
    text = unicodedata.normalize("NFKC", text)
    found = list(_digits(text))
    words, months = _number_words(language), _calendar("months", language)
    found += [
        _scaled(Number(frozenset({Decimal(value)})), text[match.end() :])
        for match in re.finditer(r"\w+", text)
        if (value := words.get(match.group().casefold()))
    ]
    found += [
        Number(frozenset({Decimal(month)}), month=True)
        for month in map(int, filter(None, sum(_DATE.findall(text), ())))
    ]
    found += [
        Number(frozenset({Decimal(month)}), month=True)
        for month, each in months.items()
        if each.search(text)
    ]
    return found


def weekdays(text: str, language: str) -> frozenset[int]:
    """Give the days of the week that a text names, Monday as 1."""
    days = _calendar("weekdays", language)
    return frozenset(day for day, each in days.items() if each.search(text))


def quoted(text: str) -> list[str]:
    """Give the folded words between quotation marks."""
    found = (fold("".join(groups)) for groups in _QUOTED.findall(text))
    return [words.strip(" .,;:!?") for words in found]


def names(text: str, language: str, known: frozenset[str] = frozenset()) -> list[Name]:
    """Give the words that are names: capitals past the first word, capitals or digits inside.

    Months and weekdays are none. In German, where nouns have capitals, two of them in a row are
    a name; one is where it is among the `known` ones.
    """
    text = unicodedata.normalize("NFKC", text)
    matches = list(_WORD.finditer(text))
    other_script = bool(_HAN.search(text))
    found = []
    for place, match in enumerate(matches):
        word = _GENITIVE.sub("", match.group())
        if _no_name(word, language):
            continue
        first = bool(_STARTS.search(text[: match.start()]))
        inner = any(char.isupper() or char.isdigit() for char in word[1:]) or "." in word
        strange = other_script or (inner and not word[0].isdigit())
        if language in _NOUNS_CAPITAL:
            named = fold(word) in known or _in_row(matches, place, text)
            sure = strange or (word[0].isupper() and named)
        else:
            sure = strange or (word[0].isupper() and not first)
        if sure or (word[0].isupper() and language not in _NOUNS_CAPITAL):
            found.append(Name(fold(word), sure))
    return found


def meets(name: str, word: str, slack: int) -> bool:
    """Say whether a word is a name, with an ending of up to `slack` letters more or less."""
    if name == word:
        return True
    short, long = sorted((name, word), key=len)
    return len(short) >= 4 and len(long) - len(short) <= slack and long.startswith(short)


def _digits(text: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        for reading in _readings(match.group()):
            yield _scaled(Number(reading), text[match.end() :])


def _readings(token: str) -> list[frozenset[Decimal]]:
    """Read one token: as one number in one or two ways, or as several (a date, a version)."""
    parts = re.split(r"[ ,.'’]", token)
    marks = re.findall(r"[ ,.'’]", token)
    whole = Decimal("".join(parts))
    if not marks:
        return [frozenset({whole})]
    thousands = len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    fraction = Decimal("".join(parts[:-1]) + "." + parts[-1])
    if len(marks) == 1 and marks[0] in ".,":
        return [frozenset({fraction, whole} if thousands else {fraction})]
    if thousands and len(set(marks)) == 1:
        return [frozenset({whole})]
    if marks[-1] in ".," and marks[-1] != marks[0] and len(set(marks[:-1])) == 1:
        return [frozenset({fraction})]
    return [frozenset({Decimal(part)}) for part in parts]


def _scaled(number: Number, rest: str) -> Number:
    """Apply the word behind a number: million, percent."""
    rest = rest[:20]
    stripped = rest.lstrip(" \u00a0-")
    for power, each in _POWERS.items():
        if each.match(stripped):
            grown = (reading.scaleb(power) for reading in number.readings)
            return Number(frozenset(reading.normalize() for reading in grown))
    return Number(
        frozenset(each.normalize() for each in number.readings), bool(_PERCENT.match(rest))
    )


def _no_name(word: str, language: str) -> bool:
    if word.casefold() in function_words(language) or word.isdigit() or len(word) < 2:
        return True
    return any(
        each.fullmatch(word)
        for table in ("months", "weekdays")
        for each in _calendar(table, language).values()
    ) or word.casefold() in _number_words(language)


def _in_row(matches: list[re.Match[str]], place: int, text: str) -> bool:
    """Say whether a word with a capital has one before or behind it, with a space between."""
    here = matches[place]
    around = [matches[at] for at in (place - 1, place + 1) if 0 <= at < len(matches)]
    return any(
        each.group()[0].isupper()
        and text[min(each.end(), here.end()) : max(each.start(), here.start())] == " "
        and not _STARTS.search(text[: each.start()])
        for each in around
    )


@cache
def _number_words(language: str) -> dict[str, int]:
    pairs = (pair.split() for pair in _TABLES["words"].get(language, "").split(","))
    return {word: int(value) for value, word in filter(None, pairs)}


@cache
def _calendar(table: str, language: str) -> dict[int, re.Pattern[str]]:
    """Compile the months or weekdays of a language; English and German ones have capitals."""
    rows = _TABLES[table].get(language, [])
    flags = re.NOFLAG if language in ("en", "de") else re.IGNORECASE
    return {
        place: re.compile(pattern({"any": [row]}).pattern, flags)
        for place, row in enumerate(rows, 1)
    }
