"""Measures the rankings of words, of meaning and of both on sets in BEIR form, half by half.

python -m bench.finding_quality FOLDER... [--half tuned|aside] [--limit N]

The first, third, fifth … question of a set was looked at while finding was made; the others were
kept aside. nDCG@10 of documents, a document standing where its best passage stands.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
from collections.abc import Sequence
from pathlib import Path

from bench.mixed import mixed_set
from bench.remembered import Remembered
from bot.beir import Document, EvaluationSet, Query, load_set
from bot.metrics import ndcg
from handlers.answering.retrieve import Retriever
from handlers.embedding import EmbeddingWorker
from handlers.language import detect
from handlers.reading.chunk import chunk
from storage.engines import open_store
from storage.records import Hit, NewArticle
from storage.store import Store

LIBRARY = "bench"
PASSAGES = 100
RRF = 60  # Cormack et al., 2009


async def measured(
    chosen: EvaluationSet, queries: Sequence[Query], embedder: Remembered
) -> dict[str, float]:
    """Give nDCG@10 of each ranking over these questions."""
    store = await open_store("sqlite://")
    try:
        documents = await fill_store(store, chosen, embedder)
        retriever = Retriever(store, embedder)
        kept: dict[str, list[float]] = {}
        for query in queries:
            rankings = await _rankings(store, retriever, embedder, query)
            for name, ranking in rankings.items():
                named = [each for article in dict.fromkeys(ranking) for each in documents[article]]
                kept.setdefault(name, []).append(ndcg(named, chosen.judged[query.id], 10))
        return {name: statistics.fmean(values) for name, values in kept.items()}
    finally:
        await store.close()


async def fill_store(
    store: Store, chosen: EvaluationSet, embedder: Remembered | None
) -> dict[int, list[str]]:
    """Store the documents, embed them if there is an embedder; give the ids of each article's."""
    documents: dict[int, list[str]] = {}
    for at in range(0, len(chosen.documents), 100):
        part = chosen.documents[at : at + 100]
        new = [_article(each) for each in part]
        saved = await store.save(LIBRARY, new, [], source="bench", by="bench")
        for document, kept in zip(part, saved, strict=True):
            documents.setdefault(kept.article, []).append(document.id)
    if embedder:
        await EmbeddingWorker(store, embedder).drain()
    return documents


def _article(document: Document) -> NewArticle:
    language = detect(f"{document.title}\n{document.text}")
    return NewArticle(document.title, document.text, language, chunk(document.text, language))


async def _rankings(
    store: Store, retriever: Retriever, embedder: Remembered, query: Query
) -> dict[str, list[int]]:
    found = await retriever.retrieve(LIBRARY, query.text, PASSAGES)
    words = await store.by_words(LIBRARY, found.words, PASSAGES)
    vector = await embedder.question(query.text)
    meaning = await store.by_meaning(LIBRARY, embedder.name, vector, PASSAGES)
    plain = sorted(meaning, key=lambda hit: -hit.cosine)
    return {
        "words": await _articles(store, words),
        "meaning": await _articles(store, plain),
        "rrf": await _articles(store, _rrf(words, plain)),
        "fused": [each.passage.article for each in found.candidates],
    }


def _rrf(words: Sequence[Hit], meaning: Sequence[Hit]) -> list[Hit]:
    """Reciprocal rank fusion, what most peers do."""
    scores: dict[int, float] = {}
    for ranking in (words, meaning):
        for rank, hit in enumerate(ranking, 1):
            scores[hit.passage] = scores.get(hit.passage, 0.0) + 1 / (RRF + rank)
    return [Hit(*each) for each in sorted(scores.items(), key=lambda each: -each[1])]


async def _articles(store: Store, hits: Sequence[Hit]) -> list[int]:
    passages = await store.passages(LIBRARY, [hit.passage for hit in hits])
    return [passage.article for passage in passages]


def halves(chosen: EvaluationSet, half: str, limit: int) -> list[Query]:
    """Give one half of a set's questions, evenly thinned to at most `limit`."""
    part = list(chosen.queries[(half == "aside") :: 2])
    if limit and limit < len(part):
        part = [part[at * len(part) // limit] for at in range(limit)]
    return part


async def main(arguments: argparse.Namespace) -> None:
    embedder = Remembered()
    try:
        for folder in arguments.folders:
            chosen = mixed_set(folder) if folder.name == "mixed" else load_set(folder)
            queries = halves(chosen, arguments.half, arguments.limit)
            got = await measured(chosen, queries, embedder)
            best = max(got["words"], got["meaning"])
            row = {"set": chosen.name, "half": arguments.half, "questions": len(queries)}
            row |= {name: round(value, 3) for name, value in got.items()}
            row["gain"] = round(got["fused"] - best, 3)
            print(json.dumps(row), flush=True)
    finally:
        await embedder.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--half", choices=("tuned", "aside"), default="aside")
    parser.add_argument("--limit", type=int, default=0)
    asyncio.run(main(parser.parse_args()))
