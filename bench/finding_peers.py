"""Writes sets with their embeddings for other retrievers, and prints our own row for each.

python -m bench.finding_peers TARGET FOLDER... [--limit N]; then bench/peers.py TARGET in the peers'
environment. Questions are those kept aside.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from bench.finding_quality import LIBRARY, fill_store, halves
from bench.mixed import mixed_set
from bench.remembered import Remembered
from bot.beir import EvaluationSet, Query, load_set
from bot.metrics import ndcg
from handlers.answering.retrieve import Retriever
from storage.engines import open_store
from storage.records import Passage
from storage.searchable import embeddable
from storage.store import Store

FOUND = 10


async def ours(
    chosen: EvaluationSet, queries: list[Query], embedder: Remembered, target: Path
) -> dict[str, object]:
    """Measure finding as the bot does it, and write down what the peers need."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "library.db"
        store = await open_store(str(path))
        began = time.perf_counter()
        documents = await fill_store(store, chosen, embedder)
        indexed = time.perf_counter() - began
        retriever = Retriever(store, embedder)
        scores, spent = [], []
        for query in queries:
            await embedder.question(query.text)  # remembered from here on: not counted
            cpu = time.process_time()
            found = await retriever.retrieve(LIBRARY, query.text, FOUND)
            spent.append((time.process_time() - cpu) * 1000)
            articles = dict.fromkeys(each.passage.article for each in found.candidates)
            ranking = [each for article in articles for each in documents[article]]
            scores.append(ndcg(ranking, chosen.judged[query.id], 10))
        passages = await _passages(store)
        await store.close()
        size = path.stat().st_size
    given = {
        "texts": [embeddable(each.title, each.heading, each.text) for each in passages],
        "documents": [documents[each.article][0] for each in passages],
        "questions": [{"text": each.text, "gains": chosen.judged[each.id]} for each in queries],
    }
    await _hand_over(given, embedder, target)
    return {
        "set": chosen.name,
        "engine": "footnote",
        "ndcg@10": round(statistics.fmean(scores), 3),
        "cpu_ms": round(statistics.median(spent), 2),
        "bytes_a_passage": round(size / len(passages)),
        "index_s": round(indexed, 2),
        "lines_of_setup": 4,
    }


async def _passages(store: Store) -> list[Passage]:
    return [
        passage
        for article in await store.articles(LIBRARY)
        if (version := await store.version(LIBRARY, article.id, 1))
        for passage in version.passages
    ]


async def _hand_over(given: dict[str, Any], embedder: Remembered, target: Path) -> None:
    """Write down the texts, questions and vectors that every peer is given."""
    target.mkdir(parents=True, exist_ok=True)
    (target / "set.json").write_text(json.dumps(given), encoding="utf-8")
    np.save(target / "passages.npy", await embedder.passages(given["texts"]))
    asked = [await embedder.question(each["text"]) for each in given["questions"]]
    np.save(target / "questions.npy", np.stack(asked))


async def main(arguments: argparse.Namespace) -> None:
    embedder = Remembered()
    try:
        for folder in arguments.folders:
            chosen = mixed_set(folder) if folder.name == "mixed" else load_set(folder)
            queries = halves(chosen, "aside", arguments.limit)
            row = await ours(chosen, queries, embedder, arguments.target / chosen.name)
            print(json.dumps(row), flush=True)
    finally:
        await embedder.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=100)
    asyncio.run(main(parser.parse_args()))
