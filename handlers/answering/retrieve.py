"""Finds the passages that a question is about, by words and by meaning at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handlers.answering.asked import Sought, sought
from handlers.answering.candidates import Candidate
from handlers.answering.distinct import distinct
from handlers.answering.embed import Embedder
from handlers.answering.fuse import NOWHERE, Fused, Home, fuse, home_of
from handlers.answering.usual import Usual
from handlers.answering.when import in_time
from handlers.errors import ModelFault
from handlers.language import detect
from storage.finder import Finder
from storage.records import Found, Hit
from storage.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

log = logging.getLogger(__name__)

DEPTH = 30  # hits of each ranking that are fused, at least
SENTENCE = 4  # words from which on the language of a question is known well enough
SPARE = 4  # passages that are read besides, so that near-duplicates can be left out


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a question found: candidates best first, and the question as it was searched for.

    `frequencies` says in how many of the library's `passages` each of its words stands; `near` are
    the passages nearest in meaning, more than became candidates; `off` is what was taken off the
    vector for finding them; `spelt` are the words that stand there in a near spelling only.
    """

    question: str
    language: str
    words: tuple[str, ...]
    vector: Vector | None
    candidates: tuple[Candidate, ...]
    frequencies: dict[str, int]
    passages: int
    near: tuple[Hit, ...] = ()
    off: Vector | None = None
    spelt: frozenset[str] = frozenset()


class Retriever:
    """Searches one store; without an embedder by words alone."""

    def __init__(self, store: Store, embedder: Embedder | None) -> None:
        self._store = store
        self._embedder = embedder
        self._usual = Usual(embedder) if embedder else None

    async def retrieve(self, library: str, question: str, limit: int) -> Retrieved:
        """Give the `limit` best passages of the library's newest versions."""
        (language, held, looked), vector = await asyncio.gather(
            self._store.find(lambda finder: _looked(finder, library, question)),
            self._vector(question),
        )
        off = await self._off(language, held) if vector is not None else None
        home = home_of(language, held) if len(looked.words) >= SENTENCE else NOWHERE
        meant = _Meant(self._embedder.name, vector, off) if self._embedder else _Meant("", None)
        candidates, near = await self._store.find(
            lambda finder: _candidates(finder, library, looked, meant, home, limit)
        )
        chosen = in_time(distinct(candidates), question, date.today())[:limit]
        return Retrieved(
            question,
            language,
            tuple(looked.frequencies),
            vector,
            tuple(chosen),
            looked.frequencies,
            looked.passages,
            tuple(near),
            off,
            looked.spelt,
        )

    async def _vector(self, question: str) -> Vector | None:
        """Embed a question; where the embedder fails, words alone find passages."""
        if self._embedder is None:
            return None
        try:
            return await self._embedder.question(question)
        except ModelFault as fault:
            log.warning("the question was not embedded: %s", fault)
            return None

    async def _off(self, language: str, held: dict[str, int]) -> Vector | None:
        """Give what to take off the question's vector, if it can be had."""
        try:
            return await self._usual.off(language, held) if self._usual else None
        except ModelFault as fault:
            log.warning("the usual question was not embedded: %s", fault)
            return None


@dataclass(frozen=True, slots=True)
class _Meant:
    """A question's vector, if there is one, by which embedder, and what to take off it."""

    embedder: str
    vector: Vector | None
    off: Vector | None = None

    def near(self, finder: Finder, library: str, depth: int, also: Sequence[int]) -> list[Hit]:
        if self.vector is None:
            return []
        return finder.by_meaning(
            library, self.embedder, self.vector, depth, off=self.off, also=also
        )


def _looked(finder: Finder, library: str, question: str) -> tuple[str, dict[str, int], Sought]:
    """Give a question's language, those of the library, and the words to look for."""
    language, held = detect(question), finder.languages(library)
    return language, held, sought(finder, library, question, language, held)


def _candidates(
    finder: Finder, library: str, looked: Sought, meant: _Meant, home: Home, limit: int
) -> tuple[list[Candidate], list[Hit]]:
    """Fuse the best of both halves, each scored by the other half as well, and read them.

    The nearest in meaning are given beside them.
    """
    depth = max(DEPTH, limit)
    near = meant.near(finder, library, depth, ())
    ids = [hit.passage for hit in near]
    words = finder.by_words(library, looked.words, depth, ids)
    known = set(ids)
    missing = [hit.passage for hit in words if hit.passage not in known]
    others = meant.near(finder, library, 0, missing)
    fused = fuse(words, [*near, *others], looked.most, home, limit + SPARE)
    standing = {each.passage: each for each in fused}
    found = finder.found(library, list(standing))
    return [_candidate(each, standing[each.passage.id]) for each in found], near


def _candidate(found: Found, fused: Fused) -> Candidate:
    return Candidate(
        passage=found.passage,
        url=found.url,
        site=found.site,
        published=found.published,
        language=found.language,
        score=fused.score,
        words=fused.words,
        meaning=fused.meaning,
    )
