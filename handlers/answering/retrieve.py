"""Finds the passages that a question is about, by words and by meaning at once."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.answering.candidates import Candidate
from handlers.answering.embed import Embedder
from handlers.answering.fuse import fuse
from handlers.answering.words import content_words
from handlers.errors import ModelFault
from handlers.language import detect
from storage.records import Article, Hit, Passage
from storage.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

log = logging.getLogger(__name__)

DEPTH = 200  # hits of each ranking that are fused


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a question found: candidates best first, and the question as it was searched for.

    `frequencies` says in how many of the library's `passages` each of its words stands.
    """

    question: str
    language: str
    words: tuple[str, ...]
    vector: Vector | None
    candidates: tuple[Candidate, ...]
    frequencies: dict[str, int]
    passages: int


class Retriever:
    """Searches one store; without an embedder by words alone."""

    def __init__(self, store: Store, embedder: Embedder | None) -> None:
        self._store = store
        self._embedder = embedder

    async def retrieve(self, library: str, question: str, limit: int) -> Retrieved:
        """Give the `limit` best passages of the library's newest versions."""
        language = await asyncio.to_thread(detect, question)
        words = content_words(question, language)
        vector = await self._vector(question)
        by_words, by_meaning = await asyncio.gather(
            self._store.by_words(library, words, DEPTH), self._by_meaning(library, vector)
        )
        fused = fuse(by_words, by_meaning)[:limit]
        candidates = await self._candidates(library, fused)
        frequencies, passages = await self._store.document_frequencies(library, words)
        return Retrieved(
            question, language, tuple(words), vector, candidates, frequencies, passages
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

    async def _by_meaning(self, library: str, vector: Vector | None) -> list[Hit]:
        if vector is None or self._embedder is None:
            return []
        return await self._store.by_meaning(library, self._embedder.name, vector, DEPTH)

    async def _candidates(
        self, library: str, fused: list[tuple[Hit, float, float]]
    ) -> tuple[Candidate, ...]:
        passages = await self._store.passages(library, [hit.passage for hit, _, _ in fused])
        standing = {hit.passage: (hit.score, words, meaning) for hit, words, meaning in fused}
        articles: dict[int, Article | None] = {}
        for each in dict.fromkeys(passage.article for passage in passages):
            articles[each] = await self._store.article(library, each)
        return tuple(
            _candidate(passage, article, *standing[passage.id])
            for passage in passages
            if (article := articles[passage.article])
        )


def _candidate(
    passage: Passage, article: Article, score: float, words: float, meaning: float
) -> Candidate:
    return Candidate(
        passage=passage,
        url=article.url,
        site=article.site,
        published=article.published,
        language=article.language,
        score=score,
        words=words,
        meaning=meaning,
    )
