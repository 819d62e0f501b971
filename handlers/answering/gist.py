"""Chooses the few sentences of an article that say what it is about: its gist in its own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from handlers.answering.candidates import Candidate
from handlers.answering.joined import joined, quote_of, unmarked
from handlers.answering.quotes import Claim, Quote
from handlers.answering.tellable import (
    LONG,
    Line,
    has_words,
    is_whole,
    opening_of,
    sentences_of,
    tellable,
)
from handlers.blocks import Kind
from storage.records import Version

Numbers = NDArray[np.float32]

QUOTES, CHARACTERS, SENTENCES = 3, 600, 4
OPENING = 12  # sentences of which one opens it where only one is shown
LEAD = 3  # sentences of which the first that says something by itself is always shown
# What a sentence gains, beside its share in what all say, 0 to 1: as one of the first, as the first
# of its paragraph, below a heading such as "In brief"; what it loses, as an item, or as said by
# somebody. Set on the even articles of tests/questions/overview.json; the first on the even of 237
# pages with a description of their own, too (1.2, 2, 3, 5: recall of its words .657, .659, .668,
# .675; of 25 key points 17 by each). Words of the title gained nothing.
FIRST, OPENS, SUMMING, ITEM, SPOKEN = 3.0, 0.2, 0.5, 0.4, 0.5
APART = 0.7  # of its share in what is shown already, 0 to 1, that a sentence loses (MMR)


def gist(version: Version, candidate: Candidate) -> tuple[Claim, ...]:
    """Give two to four sentences of a version in reading order, each its own proof.

    `candidate` is any passage of it. The lead counts most, then how much a sentence says of what
    all say (centroid; Radev et al., 2004), and that it says something new (MMR; Carbonell and
    Goldstein, 1998). Vectors of the sentences told it no better.
    """
    lines = tellable(version, candidate.language)
    if not lines:
        return ()
    quotes = _chosen(lines, _worth(lines, candidate), version, candidate)
    ordered = sorted(quotes, key=lambda quote: quote.start)
    return tuple(Claim(unmarked(each.text), (each,)) for each in ordered)


def lead(version: Version, candidate: Candidate) -> Claim | None:
    """Give the first sentence of a version that says something by itself, if there is one."""
    first = None
    for line in islice(sentences_of(version, candidate.language), OPENING):
        quote = _quote(line, version, candidate)
        if quote is None or not has_words(line.text) or len(line.text) > LONG:
            continue
        if is_whole(line.text) and not line.hangs:
            return Claim(unmarked(quote.text), (quote,))
        first = first or quote
    return Claim(unmarked(first.text), (first,)) if first else None


def _worth(lines: Sequence[Line], candidate: Candidate) -> Numbers:
    """Give what speaks for each line without its meaning."""
    language = candidate.language
    sums_up = opening_of("sums_up", language)
    central = _central(lines)
    rows = []
    for at, line in enumerate(lines):
        path = line.sentence.block.path
        heads = [line.text, *path[-1:]]
        rows.append(
            FIRST / (1 + at) ** 0.5
            + OPENS * line.opens
            + SUMMING * any(sums_up.match(part) for part in heads if sums_up)
            - ITEM * (line.sentence.block.kind is not Kind.PARAGRAPH)
            - SPOKEN * line.spoken
        )
    return np.array(rows, np.float32) + central


def _central(lines: Sequence[Line]) -> Numbers:
    """Give how near each line's words are to those of all lines, 0 to 1."""
    often = Counter(stem for line in lines for stem in line.stems)
    near = [
        sum(often[stem] for stem in line.stems) / max(1, len(line.stems)) ** 0.5 for line in lines
    ]
    numbers = np.array(near, np.float32)
    low, high = numbers.min(), numbers.max()
    return np.asarray((numbers - low) / (high - low or 1.0), np.float32)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _chosen(
    lines: Sequence[Line], worth: Numbers, version: Version, candidate: Candidate
) -> list[Quote]:
    """Take the first line that stands alone, then what adds most, while there is room."""
    firsts = [at for at, line in enumerate(lines[:LEAD]) if not (line.hangs or line.spoken)]
    taken: list[int] = []
    quotes: list[Quote] = []
    left = set(range(len(lines)))
    while len(taken) < SENTENCES:
        standing = [at for at in left if _stands(at, lines, taken)]
        if not standing:
            break
        best = max(standing, key=lambda at: _gain(at, lines, worth, taken))
        if not taken and firsts:
            best = firsts[0]
        left.remove(best)
        quote = _quote(lines[best], version, candidate)
        grown = joined([*quotes, quote], {candidate.source: version}) if quote else []
        size = sum(each.end - each.start for each in grown)
        if grown and size <= CHARACTERS and len(grown) <= QUOTES:
            quotes = grown
            taken.append(best)
    return quotes


def _stands(at: int, lines: Sequence[Line], taken: Sequence[int]) -> bool:
    """Say whether a line can be read: it names what it is about, or follows one that is taken."""
    line = lines[at]
    before = (lines[each] for each in taken)
    return not line.hangs or any(
        each.place == line.place - 1 and each.sentence.block == line.sentence.block
        for each in before
    )


def _gain(at: int, lines: Sequence[Line], worth: Numbers, taken: Sequence[int]) -> float:
    stems_ = lines[at].stems
    nearest = max((_shared(stems_, lines[each].stems) for each in taken), default=0.0)
    return float(worth[at]) - APART * nearest


def _quote(line: Line, version: Version, candidate: Candidate) -> Quote | None:
    return quote_of(candidate, line.sentence.start, line.sentence.end, version.passages)
