"""Finds the passages that a question is about, by words and by meaning at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.answering.candidates import Candidate
from handlers.answering.embed import Embedder
from handlers.answering.fuse import fuse
from handlers.answering.words import content_words
from handlers.language import UNKNOWN, detect
from storage.records import Article, Hit, Passage
from storage.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

DEPTH = 200  # hits of each ranking that are fused


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a question found: candidates best first, and the question as it was searched for."""

    question: str
    language: str
    words: tuple[str, ...]
    vector: Vector | None
    candidates: tuple[Candidate, ...]


class Retriever:
    """Searches one store; without an embedder by words alone."""

    def __init__(self, store: Store, embedder: Embedder | None) -> None:
        self._store = store
        self._embedder = embedder

    async def retrieve(self, library: str, question: str, limit: int) -> Retrieved:
        """Give the `limit` best passages of the library's newest versions."""
        language = await asyncio.to_thread(detect, question)
        words = content_words(question, language)
        vector = await self._embedder.question(question) if self._embedder else None
        by_words, by_meaning = await asyncio.gather(
            self._store.by_words(library, words, DEPTH), self._by_meaning(library, vector)
        )
        fused = fuse(by_words, by_meaning)[:limit]
        candidates = await self._candidates(library, fused)
        return Retrieved(question, language, tuple(words), vector, candidates)

    async def _by_meaning(self, library: str, vector: Vector | None) -> list[Hit]:
        if vector is None or self._embedder is None:
            return []
        return await self._store.by_meaning(library, self._embedder.name, vector, DEPTH)

    async def _candidates(
        self, library: str, fused: list[tuple[Hit, float, float]]
    ) -> tuple[Candidate, ...]:
        passages = await self._store.passages(library, [hit.passage for hit, _, _ in fused])
        found = {passage.id: passage for passage in passages}
        articles: dict[int, Article | None] = {}
        for passage in passages:
            if passage.article not in articles:
                articles[passage.article] = await self._store.article(library, passage.article)
        return tuple(
            _candidate(
                found[hit.passage], articles[found[hit.passage].article], hit, words, meaning
            )
            for hit, words, meaning in fused
            if hit.passage in found and articles[found[hit.passage].article]
        )


def _candidate(
    passage: Passage, article: Article | None, hit: Hit, words: float, meaning: float
) -> Candidate:
    return Candidate(
        passage=passage,
        url=article.url if article else None,
        site=article.site if article else None,
        published=article.published if article else None,
        language=article.language if article else UNKNOWN,
        score=hit.score,
        words=words,
        meaning=meaning,
    )
