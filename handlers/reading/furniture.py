"""Tells the lines by which a page, a letter or an app speaks of itself: by their words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from handlers.language import function_words
from handlers.lexicon import load, pattern
from handlers.phrases import Cut
from handlers.reading.lines import Line, Mark

_TABLES = load(Path(__file__).with_name("furniture.toml"))
_LETTER = r"(?:[^\W\d_]|[\u0900-\u0963\u0971-\u0df3\u200c\u200d])"
_WORD = re.compile(rf"{_LETTER}+(?:['’-]{_LETTER}+)*")
_PARTICLE = re.compile(r"[\u3040-\u309f]{1,4}|[中内的了]")  # what stands between Japanese words
_ARROW = re.compile(r"^\W*(?:>>|[→»›⇒▶►👉↗])|(?:>|[→»›⇒▶►👈↗])\W*$")
_QUOTES = "“„«»\"‘‚'「『"
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")

MOST_WORDS = 9  # of a button, a label or an entry of a menu
KNOWN = 3  # what its words must be worth: a sure one two, another one, an arrow one
SECTIONS = 3  # parts of a paper in one line, that a menu has
LONGEST_CALL = 40  # words of a sentence to the reader about the page itself,
UNKNOWN = 0.25  # the share of them that may be about anything,
DENSE = 6  # and how many there are to one sure word
LONGEST = 500  # characters of a line that any of this is asked of
SMALL = 5  # letters of a word that carries no subject of its own


@dataclass(frozen=True, slots=True)
class Words:
    """What a language calls the parts of a page, and how a page speaks of itself."""

    sure: re.Pattern[str]
    may: re.Pattern[str]
    section: re.Pattern[str]
    own: re.Pattern[str]
    small: frozenset[str]


@cache
def words_of(language: str) -> Words:
    """Give the words of a language, of English, which is everywhere, and of none."""
    languages = dict.fromkeys(("any", "en", language))
    sure, may, section, own = (
        pattern({each: table[each] for each in languages if each in table})
        for table in (_TABLES[name] for name in ("sure", "may", "section", "self"))
    )
    small = frozenset[str]().union(*(function_words(each) for each in languages))
    return Words(sure, may, section, own, frozenset(each for each in small if len(each) <= SMALL))


def furniture(lines: Sequence[Line], words: Words) -> Iterator[tuple[int, Cut]]:
    """Give the lines that name nothing but parts of a page, or ask the reader to use them."""
    for at, line in enumerate(lines):
        marked = line.mark in (Mark.HEADING, Mark.TABLE, Mark.RULE, Mark.SAID)
        leads_on = line.ends in (":", "：")
        if not (marked or leads_on) and (is_furniture(line, words) or is_call(line, words)):
            yield at, Cut.LABEL


def is_furniture(line: Line, words: Words, least: int = KNOWN) -> bool:
    """Say whether each word of a short line names a part of a page or what one does with it."""
    if line.words > MOST_WORDS or len(line.text) > LONGEST:
        return False
    rest, sure = words.sure.subn(" ", line.text)
    rest, may = words.may.subn(" ", rest)
    rest, sections = words.section.subn(" ", rest)
    arrow = bool(_ARROW.search(line.parts[0][1]))
    worth = 2 * sure + may + (sections > 0) + arrow
    if sections >= SECTIONS and not _WORD.search(rest):
        return True
    if least == KNOWN and not (sure or arrow):
        return False
    return worth >= least and not _unknown(rest, words)


def is_call(line: Line, words: Words) -> bool:
    """Say whether a sentence speaks to its reader of little but the page or the letter."""
    quoted = line.mark in (Mark.QUOTE, Mark.TABLE) or line.text[:1] in _QUOTES
    if line.words > LONGEST_CALL or len(line.text) > LONGEST or quoted:
        return False
    sure = {match.group().casefold() for match in words.sure.finditer(line.text)}
    if len(sure) < max(2, line.words / DENSE) or not words.own.search(line.text):
        return False
    rest = words.own.sub(" ", words.may.sub(" ", words.sure.sub(" ", line.text)))
    return _unknown(rest, words) <= UNKNOWN * line.words


def tells_of_page(line: Line, words: Words) -> bool:
    """Say whether a line has nothing but a page's words, or some that hardly are others."""
    sure = len(words.sure.findall(line.text[:LONGEST]))
    return sure > 1 or (sure == 1 and line.words < MOST_WORDS) or is_furniture(line, words, 1)


def _unknown(rest: str, words: Words) -> float:
    """Count the words that could be about anything; two signs are one where no spaces are."""
    left = (word for word in _WORD.findall(rest) if word.casefold() not in words.small)
    return sum(
        max(1.0, len(word) / 2) if _UNSPACED.match(word) else 1.0
        for word in left
        if not _PARTICLE.fullmatch(word)
    )
