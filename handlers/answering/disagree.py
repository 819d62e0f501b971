"""Judges whether two sentences about one thing disagree, or are both true."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from handlers.answering.facts import fold
from handlers.answering.polarity import denied
from handlers.answering.quantities import quantities
from handlers.answering.quantity import COUNT, DATE, YEAR, Quantity
from handlers.answering.question import Asks
from handlers.answering.scope import narrowed, other_dates, other_time
from handlers.answering.statement import Statement, state
from handlers.answering.stems import stems
from handlers.answering.words import content_words
from handlers.language import detect, function_words
from handlers.lexicon import load, pattern

_TABLES: dict[str, Any] = load(Path(__file__).with_name("disagree.toml"))
_CORRECTS = {name: pattern({name: each}) for name, each in _TABLES["corrections"].items()}
# Share of the content words of the shorter of two sentences that the other one has, too, where both
# are about one thing; of a correction, which says more than what it corrects.
SHARED, CORRECTING = 0.3, 0.2
UNASKED = 0.5  # the same for numbers, where the question does not ask for one
DENIES = 0.5  # share of the shorter one's content words that a plain "not" must leave the same


class Kind(StrEnum):
    """How two sentences disagree."""

    NUMBER = "number"
    OPPOSITE = "opposite"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, when it was published, and the title and heading that it stands under."""

    text: str
    language: str
    published: str | None = None
    above: str = ""


def disagreement(question: str, kind: Asks, one: Said, other: Said) -> Kind | None:
    """Give how two sentences that bear on a question disagree; none where both may be true.

    Only the later one can correct the earlier one.
    """
    first, second = sorted((one, other), key=lambda each: each.published or "")
    asked = _asked(question)
    shared = _shared(first, second)
    if shared >= CORRECTING and _corrects(second, first):
        return Kind.CORRECTED
    if shared < SHARED:
        return None
    if narrowed(first.text, second.text) or _of_other_times(first, second, kind):
        return None
    if _other_places(first, second):
        return None
    if _numbers_differ(first, second, kind, asked):
        return Kind.NUMBER
    return Kind.OPPOSITE if _opposed(first, second) else None


def _shared(one: Said, other: Said) -> float:
    """Give the share of the shorter one's words that both have; all where only names can tell."""
    here, there = _stated(one), _stated(other)
    if one.language != other.language:
        return float(bool({each.text for each in here.names} & {each.text for each in there.names}))
    return len(here.words & there.words) / max(1, min(len(here.words), len(there.words)))


def _stated(said: Said) -> Statement:
    return state(said.text, said.language)


@lru_cache(maxsize=256)
def _asked(question: str) -> frozenset[str]:
    language = detect(question)
    return frozenset(stems(content_words(question, language), language))


def _corrects(later: Said, earlier: Said) -> bool:
    """Say whether the later one says that something was wrong, and does not repeat the earlier."""
    dated = later.published != earlier.published
    return dated and _says_so(later) and not _says_so(earlier)


@lru_cache(maxsize=2_048)
def _says_so(said: Said) -> bool:
    """Say whether a sentence has words by which something is taken back."""
    corrects = _CORRECTS.get(said.language)
    return bool(corrects and corrects.search(said.text))


def _of_other_times(one: Said, other: Said, kind: Asks) -> bool:
    """Say whether the two are of different times; where a time is asked for, that is the answer."""
    if kind is Asks.WHEN:
        return False
    days = one.published, other.published
    return other_time(one.text, other.text, days, one.language, other.language) or other_dates(
        *(quantities(each.text, each.language) for each in (one, other))
    )


def _other_places(one: Said, other: Said) -> bool:
    """Say whether each names somebody or some place, and none in common, or none in one phrase."""
    here, there = (
        {each.text for each in _stated(side).names if each.sure} for side in (one, other)
    )
    folded = [f"{_stated(side).folded} {fold(side.above)}" for side in (one, other)]
    if here and there:
        apart = not any(name in folded[1] for name in here)
        if apart and not any(name in folded[0] for name in there):
            return True
    phrases, others = (_phrases(side) for side in (one, other))
    return any(phrases[key] != others[key] for key in phrases.keys() & others.keys())


def _phrases(said: Said) -> dict[tuple[str, str], str]:
    """Give the names behind a word and a preposition: ("goals", "against") → a team."""
    stated = _stated(said)
    names = {each.text for each in stated.names if each.sure}
    held, tokens = function_words(said.language), re.findall(r"\w+", stated.folded)
    return {
        (word, link): name
        for word, link, name in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if name in names and link in held and word not in held and not word.isdigit()
    }


def _numbers_differ(one: Said, other: Said, kind: Asks, asked: frozenset[str]) -> bool:
    unasked = kind is Asks.OTHER
    if kind in (Asks.WHO, Asks.WHY) or (unasked and _shared(one, other) < UNASKED):
        return False
    here, there = (_fitting(each, kind) for each in (one, other))
    pairs = [(a, b) for a in here for b in there if a.comparable(b, asked)]
    if unasked:
        pairs = [(a, b) for a, b in pairs if a.kind != COUNT or a.nouns & b.nouns]
    return bool(pairs) and not any(a.agrees(b) for a in here for b in there if a.kind == b.kind)


def _fitting(said: Said, kind: Asks) -> list[Quantity]:
    times = (DATE, YEAR)
    found = quantities(said.text, said.language)
    return [each for each in found if (each.kind in times) == (kind is Asks.WHEN)]


def _opposed(one: Said, other: Said) -> bool:
    """Say whether one states what the other denies, in words or by a "not"."""
    sides = [_sides(each) for each in (one, other)]
    concepts = sides[0].keys() & sides[1].keys()
    if any(sides[0][each] != sides[1][each] for each in concepts):
        return True
    if concepts or one.language != other.language:
        return False
    here, there = _stated(one).words, _stated(other).words
    denies = [denied(each.text, each.language) for each in (one, other)]
    reached = (denies[0] & there) if not denies[1] else (denies[1] & here) if not denies[0] else ()
    return bool(reached) and len(here & there) >= DENIES * min(len(here), len(there))


@lru_cache(maxsize=2_048)
def _sides(said: Said) -> dict[str, bool]:
    """Give the side that a sentence takes on each concept; none where it names both."""
    found = {}
    taken = denied(said.text, said.language)
    for name, (left, right) in _opposites(said.language).items():
        sides = [list(each.finditer(said.text)) for each in (left, right)]
        if bool(sides[0]) != bool(sides[1]):
            matched = sides[0] or sides[1]
            word = set(stems([matched[0].group().casefold()], said.language))
            found[name] = bool(sides[0]) != bool(word & taken)
    return found


@cache
def _opposites(language: str) -> dict[str, tuple[Any, Any]]:
    return {
        name: (pattern({language: [table[language][0]]}), pattern({language: [table[language][1]]}))
        for name, table in _TABLES["opposites"].items()
        if language in table
    }
