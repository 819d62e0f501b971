"""Puts questions that ask the same thing together, by meaning where there is an embedder."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from handlers.answering.embed import Embedder
from handlers.answering.stems import stems
from handlers.answering.words import content_words
from handlers.errors import ModelFault
from handlers.language import detect

Vector = NDArray[np.float32]

# multilingual-e5-small, some twenty questions of our own: those that differ in a name, a verb or
# "new" for "old" came to 0.92 at most (0.944 where only a year differs, hence the numbers), most
# pairs of those that ask the same to 0.93 at least.
SAME = 0.93
SHARED = 0.6  # of all their content words, where there is no embedder
REMEMBERED = 2_000  # questions whose vectors are kept for the next time
_NUMBER = re.compile(r"\d+")


class Alike:
    """Clusters questions; remembers the vectors of those that it has seen."""

    def __init__(self, embedder: Embedder | None) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Vector] = {}

    async def clusters(self, questions: Sequence[str]) -> list[list[int]]:
        """Give groups of places in `questions`: each joins the first group whose head is like it.

        Without an embedder, or where it fails, words decide.
        """
        vectors = await self._of(questions)
        kept = [] if vectors else await asyncio.to_thread(_words, questions)
        numbers = [frozenset(_NUMBER.findall(each)) for each in questions]
        groups: list[list[int]] = []
        for at in range(len(questions)):
            for group in groups:
                head = group[0]
                if numbers[at] != numbers[head]:
                    continue
                if (
                    float(vectors[at] @ vectors[head]) >= SAME
                    if vectors
                    else _share(kept[at], kept[head]) >= SHARED
                ):
                    group.append(at)
                    break
            else:
                groups.append([at])
        return groups

    async def _of(self, questions: Sequence[str]) -> list[Vector]:
        if self._embedder is None:
            return []
        if len(self._vectors) > REMEMBERED:
            self._vectors.clear()
        try:
            for each in questions:
                if each not in self._vectors:
                    self._vectors[each] = await self._embedder.question(each)
        except ModelFault:
            return []
        return [self._vectors[each] for each in questions]


def _words(questions: Sequence[str]) -> list[frozenset[str]]:
    found = []
    for each in questions:
        language = detect(each)
        found.append(frozenset(stems(content_words(each, language), language)))
    return found


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)
