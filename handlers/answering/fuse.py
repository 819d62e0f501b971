"""Fuses what words and what meaning say of the same passages into one ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.records import Hit

# What meeting every word of the question is worth, as a difference of cosines. From 0.2 to 0.3 no
# set's fused ranking was worse than the better of its halves (docs/decisions/0010).
WORDS = 0.25
# A narrower spread of scores (few passages, all alike) is not stretched to 0…1. From 0.05 to 0.6
# the answers to even questions of two sets hardly change (docs/decisions/0011).
NARROW = 0.3


@dataclass(frozen=True, slots=True)
class Fused:
    """A passage with its score from 0 to 1 among those fused, and what it is made of.

    `words` is the BM25 score, `meaning` the plain cosine; 0 where that half knows nothing of it.
    """

    passage: int
    score: float
    words: float
    meaning: float
    raw: float


@dataclass(frozen=True, slots=True)
class Home:
    """A question's language, what its words are worth there, and the library's share in others.

    Where a library is mostly in other languages, some passage in the question's own always holds
    some of its words by chance, while the one that answers, in another, can't.
    """

    language: str
    worth: float
    foreign: float = 0.0


NOWHERE = Home("", 1.0)
LEAST, PER_SHARE = 0.3, 2.0  # of the worth of words; how it grows with the language's share
# How much less a small share of the words says in another language: the share is raised to the
# power of 1 to 1.5. A word or two are met by chance, most of them are not. Anything from 0.25 to
# 0.75 gained 0.017 to 0.031 for questions in another language than their passage among six, on the
# even ones, and lost nothing where they are in its own (docs/decisions/0018).
CHANCE = 0.5


def home_of(language: str, held: dict[str, int]) -> Home:
    """Give what the question's words are worth in a library of so many passages a language."""
    total = sum(held.values())
    share = held.get(language, 0) / total if total else 1.0
    return Home(language, min(1.0, max(LEAST, PER_SHARE * share)), 1.0 - share)


def fuse(
    words: Sequence[Hit],
    meaning: Sequence[Hit],
    most: float,
    home: Home = NOWHERE,
    limit: int | None = None,
) -> list[Fused]:
    """Give the passages of either ranking, each once, best first, so many at most.

    The sum of its cosine and its share of `most`, the BM25 score of a passage that would hold
    every word of the question. A question in another language than the passages meets next to none
    of its words, and then meaning decides; a rare name or number that is met decides for words.
    No ranking is stretched to fit the other, so weak evidence stays weak. What words say in which
    language, `home` tells. A passage without a vector (it may not have been embedded yet) is given
    the lowest cosine there is.
    """
    by_words = {hit.passage: hit.score for hit in words}
    near = {hit.passage: hit for hit in meaning}
    lowest = min((hit.score for hit in meaning), default=0.0)
    raw = {}
    for passage in dict.fromkeys([*by_words, *near]):
        share = min(1.0, by_words.get(passage, 0.0) / most) if most > 0 else 0.0
        share **= 1.0 + CHANCE * home.foreign
        hit = near.get(passage)
        if hit and hit.language == home.language:
            share *= home.worth
        raw[passage] = (hit.score if hit else lowest) + WORDS * share
    low, high = min(raw.values(), default=0.0), max(raw.values(), default=0.0)
    width = max(high - low, NARROW)
    best = sorted(raw.items(), key=lambda each: (-each[1], each[0]))[:limit]
    return [
        Fused(
            passage,
            1.0 - (high - score) / width,
            by_words.get(passage, 0.0),
            near[passage].cosine if passage in near else 0.0,
            score,
        )
        for passage, score in best
    ]
