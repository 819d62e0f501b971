"""The sentences of an article that may tell what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from handlers.answering.orders import addresses_machine
from handlers.answering.pointing import begins_inside, names_none, points_back
from handlers.answering.pool import blocks_of
from handlers.answering.stems import stems
from handlers.answering.words import words
from handlers.blocks import Block, Kind
from handlers.language import function_words
from handlers.lexicon import load, opening
from handlers.sentences import Sentence, sentences
from storage.records import Version

BEGINNING, END = 40, 10  # passages of a long article that are looked at: of 100 to 180 words each
FEWEST, LONG = 7, 360  # words and characters of a sentence that is shown
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


def tellable(version: Version, language: str) -> list[Line]:
    """Give what may be shown; where an article has no such sentence, whatever has words."""
    every = list(sentences_of(version, language))
    said = [each for each in every if has_words(each.text)]
    whole = [each for each in said if is_whole(each.text) and len(each.text) <= LONG]
    return whole if len(whole) >= 2 else said


def sentences_of(version: Version, language: str) -> Iterator[Line]:
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


def has_words(text: str) -> bool:
    """Say whether a text has enough words to tell something, and asks nothing."""
    return len(words(text)) >= FEWEST and not text.endswith(_ASKS)


def is_whole(text: str) -> bool:
    """Say whether it is a sentence: not a caption, or a line of a table."""
    return bool(_ENDS.search(text)) and not begins_inside(text)


def _hangs(text: str, language: str) -> bool:
    goes_on = opening_of("hangs", language)
    return (
        points_back(text, language)
        or names_none(text, language)
        or bool(goes_on and goes_on.match(text))
    )


@cache
def opening_of(table: str, language: str) -> re.Pattern[str] | None:
    """Give what a table of gist.toml knows sentences of a language to begin with, if anything."""
    phrases = _TABLES[table].get(language)
    return opening({language: phrases}) if phrases else None


def _stems(text: str, language: str) -> frozenset[str]:
    drop = function_words(language)
    return frozenset(stems([word for word in words(text) if word not in drop], language))
