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
from storage.records import Article, Hit, Passage
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
    vector for finding them.
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


class Retriever:
    """Searches one store; without an embedder by words alone."""

    def __init__(self, store: Store, embedder: Embedder | None) -> None:
        self._store = store
        self._embedder = embedder
        self._usual = Usual(embedder) if embedder else None

    async def retrieve(self, library: str, question: str, limit: int) -> Retrieved:
        """Give the `limit` best passages of the library's newest versions."""
        (language, held, looked), vector = await asyncio.gather(
            self._looked(library, question), self._vector(question)
        )
        off = await self._off(language, held) if vector is not None else None
        home = home_of(language, held) if len(looked.words) >= SENTENCE else NOWHERE
        fused, near = await self._fused(library, looked, vector, off, home, max(DEPTH, limit))
        candidates = await self._candidates(library, fused[: limit + SPARE])
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
        )

    async def _looked(self, library: str, question: str) -> tuple[str, dict[str, int], Sought]:
        """Give a question's language, those of the library, and the words to look for."""
        language, held = await asyncio.gather(
            asyncio.to_thread(detect, question), self._store.languages(library)
        )
        return language, held, await sought(self._store, library, question, language, held)

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

    async def _fused(
        self,
        library: str,
        looked: Sought,
        vector: Vector | None,
        off: Vector | None,
        home: Home,
        depth: int,
    ) -> tuple[list[Fused], list[Hit]]:
        """Fuse the best of both halves, each scored by the other half as well.

        The nearest in meaning are given beside them.
        """
        near = await self._near(library, vector, off, depth, ())
        ids = [hit.passage for hit in near]
        words = await self._store.by_words(library, looked.words, depth, ids)
        known = set(ids)
        missing = [hit.passage for hit in words if hit.passage not in known]
        others = await self._near(library, vector, off, 0, missing)
        return fuse(words, [*near, *others], looked.most, home), near

    async def _near(
        self,
        library: str,
        vector: Vector | None,
        off: Vector | None,
        depth: int,
        also: Sequence[int],
    ) -> list[Hit]:
        if vector is None or self._embedder is None:
            return []
        return await self._store.by_meaning(
            library, self._embedder.name, vector, depth, off=off, also=also
        )

    async def _candidates(self, library: str, fused: Sequence[Fused]) -> list[Candidate]:
        passages = await self._store.passages(library, [each.passage for each in fused])
        standing = {each.passage: each for each in fused}
        ids = list({passage.article for passage in passages})
        articles = {each.id: each for each in await self._store.some_articles(library, ids)}
        return [
            _candidate(passage, articles[passage.article], standing[passage.id])
            for passage in passages
            if passage.article in articles
        ]


def _candidate(passage: Passage, article: Article, fused: Fused) -> Candidate:
    return Candidate(
        passage=passage,
        url=article.url,
        site=article.site,
        published=article.published,
        language=article.language,
        score=fused.score,
        words=fused.words,
        meaning=fused.meaning,
    )
