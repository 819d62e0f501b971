"""Asks what the pairs of tests/disagreement are about, in a library of all their passages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.remembered import Remembered
from handlers.answering.extractive import extract
from handlers.answering.gather import Evidence, gather
from handlers.answering.retrieve import Retriever
from handlers.answering.sides import with_sides
from handlers.embedding import EmbeddingWorker
from handlers.reading.chunk import chunk
from storage.engines import open_store
from storage.records import NewArticle
from storage.store import Store

Json = dict[str, Any]
SET = Path(__file__).parents[1] / "tests" / "disagreement" / "pairs.jsonl"
LATEST = {
    "en": "What is the latest? {}",
    "de": "Aktuell: {}",
    "es": "¿Qué dicen las últimas noticias? {}",
    "fr": "Dernières nouvelles : {}",
    "ru": "Последние новости: {}",
    "zh": "最新消息：{}",
    "ja": "最新の情報：{}",
}


def pairs() -> list[Json]:
    """Give the pairs in order: the first, third … are those that were chosen on."""
    return [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]


async def shown_rows(embedder: Remembered) -> list[Json]:
    """Count, for the pairs held back, what an answer shows and what the latest is taken to be."""
    every = pairs()
    store = await open_store("sqlite://")
    try:
        await store.save("main", _articles(every), [], source="bench", by="bench")
        await EmbeddingWorker(store, embedder).drain()
        held = every[1::2]
        return [*await _sides(store, embedder, held), await _newest(store, embedder, held)]
    finally:
        await store.close()


def _articles(every: Sequence[Json]) -> list[NewArticle]:
    """Make an article of each passage; its title is its id."""
    return [
        NewArticle(
            f"{pair['id']}{side}",
            pair[side]["text"],
            pair["language"],
            chunk(pair[side]["text"], pair["language"]),
            published=pair[side]["published"],
        )
        for pair in every
        for side in ("a", "b")
    ]


async def _sides(store: Store, embedder: Remembered, held: Sequence[Json]) -> list[Json]:
    counts: dict[str, Counter[str]] = {}
    for pair in held:
        evidence = await _gathered(store, embedder, pair["question"])
        claims = ()
        if evidence.is_enough:
            claims = extract(evidence.ranked, evidence.kind, evidence.versions)
        sides = await with_sides(evidence.alone, evidence, claims, embedder)
        titles = {quote.candidate.passage.title for quote in sides.quotes}
        outcome = "other" if titles else "none" if claims else "no answer"
        if titles == {f"{pair['id']}a", f"{pair['id']}b"}:
            outcome = "both"
        counts.setdefault(pair["kind"], Counter())[outcome] += 1
    return [{"asked": kind, "shown": dict(count)} for kind, count in counts.items()]


async def _newest(store: Store, embedder: Remembered, held: Sequence[Json]) -> Json:
    """Give how many answers to "the latest" begin with the newer one of a pair that differs."""
    first: Counter[str] = Counter()
    for pair in held:
        if pair["kind"] == "different" or pair["a"]["published"] == pair["b"]["published"]:
            continue
        question = LATEST[pair["language"]].format(pair["question"])
        title = (await _gathered(store, embedder, question)).ranked[0].candidate.passage.title
        known = {f"{pair['id']}a": "older", f"{pair['id']}b": "newer"}
        first[known.get(title, "other")] += 1
    return {"asked": "the latest", "first": dict(first)}


async def _gathered(store: Store, embedder: Remembered, question: str) -> Evidence:
    retriever = Retriever(store, embedder)
    return await gather("main", question, store=store, retriever=retriever, embedder=embedder)
