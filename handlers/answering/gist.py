"""Chooses the few sentences of an article that say what it is about: its gist in its own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handlers.answering.candidates import Candidate
from handlers.answering.joined import joined, quote_of, unmarked
from handlers.answering.orders import addresses_machine
from handlers.answering.pointing import begins_inside, names_none, points_back
from handlers.answering.pool import blocks_of
from handlers.answering.quotes import Claim, Quote
from handlers.answering.stems import stems
from handlers.answering.words import words
from handlers.blocks import Block, Kind
from handlers.language import function_words
from handlers.lexicon import load, opening
from handlers.sentences import Sentence, sentences
from storage.records import Version

Numbers = NDArray[np.float32]

QUOTES, CHARACTERS, SENTENCES = 3, 600, 4
BEGINNING, END = 40, 10  # passages of a long article that are looked at: of 100 to 180 words each
OPENING = 12  # sentences of which one opens it where only one is shown
FEWEST, LONG = 7, 360  # words and characters of a sentence that is shown
LEAD = 3  # sentences of which the first that says something by itself is always shown
# What a sentence gains, beside its share in what all say, 0 to 1: as one of the first, as the first
# of its paragraph, below a heading such as "In brief"; what it loses, as an item, or as said by
# somebody. Set on the even articles of tests/questions/overview.json; the first on the even of 237
# pages with a description of their own, too (1.2, 2, 3, 5: recall of its words .657, .659, .668,
# .675; of 25 key points 17 by each). Words of the title gained nothing.
FIRST, OPENS, SUMMING, ITEM, SPOKEN = 3.0, 0.2, 0.5, 0.4, 0.5
APART = 0.7  # of its share in what is shown already, 0 to 1, that a sentence loses (MMR)
_TABLES = load(Path(__file__).with_name("gist.toml"))
_ENDS = re.compile(r"[.!。！．।۔…](?:[\"'”’»」』)\]）】]|\[\d+\])*\Z")
_ASKS = ("?", "？", "؟", ":", "：")
_DAY = re.compile(r".{0,40}\b\d{1,2}\.")
_SPEECH = re.compile(r"[\"“”„«»「『‘—–]")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence that may be shown; `place` counts all of the article's that were looked at.

    `hangs` says that it goes on from the one before it, whose place is one less; `spoken`, that
    somebody says it, or answers a question with it.
    """

    sentence: Sentence
    text: str
    place: int
    stems: frozenset[str]
    hangs: bool
    spoken: bool
    opens: bool


def gist(version: Version, candidate: Candidate) -> tuple[Claim, ...]:
    """Give two to four sentences of a version in reading order, each its own proof.

    `candidate` is any passage of it. The lead counts most, then how much a sentence says of what
    all say (centroid; Radev et al., 2004), and that it says something new (MMR; Carbonell and
    Goldstein, 1998). Vectors of the sentences told it no better.
    """
    lines = _fit(version, candidate.language)
    if not lines:
        return ()
    quotes = _chosen(lines, _worth(lines, candidate), version, candidate)
    ordered = sorted(quotes, key=lambda quote: quote.start)
    return tuple(Claim(unmarked(each.text), (each,)) for each in ordered)


def lead(version: Version, candidate: Candidate) -> Claim | None:
    """Give the first sentence of a version that says something by itself, if there is one."""
    first = None
    for line in islice(_lines(version, candidate.language), OPENING):
        quote = _quote(line, version, candidate)
        if quote is None or not _has_words(line.text) or len(line.text) > LONG:
            continue
        if _is_whole(line.text) and not line.hangs:
            return Claim(unmarked(quote.text), (quote,))
        first = first or quote
    return Claim(unmarked(first.text), (first,)) if first else None


def _fit(version: Version, language: str) -> list[Line]:
    """Give what may be shown; where an article has no such sentence, whatever has words."""
    every = list(_lines(version, language))
    said = [each for each in every if _has_words(each.text)]
    whole = [each for each in said if _is_whole(each.text) and len(each.text) <= LONG]
    return whole if len(whole) >= 2 else said


def _lines(version: Version, language: str) -> Iterator[Line]:
    """Yield all sentences that may be evidence."""
    place, asked = 0, False
    for block in _looked_at(version):
        before = ""
        for sentence in _mended(sentences(version.text, block, language), version.text):
            text = sentence.of(version.text)
            if not addresses_machine(text):
                yield Line(
                    sentence,
                    text,
                    place,
                    _stems(text, language),
                    hangs=_hangs(text, language),
                    spoken=asked or bool(_SPEECH.match(text)),
                    opens=not before,
                )
            place, before = place + 1, text
        asked = before.endswith(_ASKS)


def _mended(parts: Sequence[Sentence], text: str) -> list[Sentence]:
    """Put sentences together again that were cut behind a day: "Am 12." and "Mai begann …"."""
    found: list[Sentence] = []
    for each in parts:
        if found and _DAY.fullmatch(found[-1].of(text)):
            found[-1] = replace(found[-1], end=each.end)
        else:
            found.append(each)
    return found


def _looked_at(version: Version) -> list[Block]:
    """Give the blocks of an article, of a long one those of its beginning and its end."""
    held = version.passages
    parts = [*held[:BEGINNING], *held[max(BEGINNING, len(held) - END) :]]
    spans = [(part.start, part.end) for part in parts]
    return [
        block
        for block in blocks_of(version.text)
        if block.kind is not Kind.HEADING
        and any(start <= block.start < end for start, end in spans)
    ]


def _has_words(text: str) -> bool:
    return len(words(text)) >= FEWEST and not text.endswith(_ASKS)


def _is_whole(text: str) -> bool:
    """Say whether it is a sentence: not a caption, or a line of a table."""
    return bool(_ENDS.search(text)) and not begins_inside(text)


def _hangs(text: str, language: str) -> bool:
    goes_on = _opening("hangs", language)
    return (
        points_back(text, language)
        or names_none(text, language)
        or bool(goes_on and goes_on.match(text))
    )


@cache
def _opening(table: str, language: str) -> re.Pattern[str] | None:
    phrases = _TABLES[table].get(language)
    return opening({language: phrases}) if phrases else None


def _stems(text: str, language: str) -> frozenset[str]:
    drop = function_words(language)
    return frozenset(stems([word for word in words(text) if word not in drop], language))


def _worth(lines: Sequence[Line], candidate: Candidate) -> Numbers:
    """Give what speaks for each line without its meaning."""
    language = candidate.language
    sums_up = _opening("sums_up", language)
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
