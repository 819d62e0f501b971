"""Measures finding in made libraries of several sizes, beside the floor in the same run.

python -m bench.finding_speed 10000 100000 [--folder DIR]...

Words, meaning, fusion and reading the passages, top 10, warm, on one core; embedding the question
is not counted. CPU is that of the whole process. The floor is a bare tantivy query plus a flat scan
of faiss codes, ten hits each, none of them read or compared. Agreement is the share of the top ten
that exact BM25 over every posting gives as well, recall that of exact cosines.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from bench.filled import EMBEDDER, LIBRARY, QUESTIONS, fill
from bench.remembered import Remembered, where
from bot.beir import load_set
from bot.metrics import percentile
from handlers.answering.retrieve import Retriever
from handlers.reading.chunk import chunk
from storage.exact import scored
from storage.sqlite import SqliteStore
from storage.vectors import Query

Vector = NDArray[np.float32]

WARM = 20  # questions before the clock starts
COMPARED = 30  # questions whose rankings are compared with exact ones


class Given:
    """An embedder that gives vectors made before: their cost is not what is measured."""

    name = EMBEDDER

    def __init__(self, rows: dict[str, Vector]) -> None:
        self._rows = rows

    async def question(self, text: str) -> Vector:
        """Give the vector that belongs to the question."""
        return self._rows[text]

    async def passages(self, texts: Sequence[str]) -> Vector:
        """Never asked for here."""
        raise NotImplementedError

    async def close(self) -> None:
        """Nothing to let go of."""


async def measured(path: Path, size: int, asked: dict[str, Vector]) -> dict[str, object]:
    """Give the figures of one library."""
    store = SqliteStore(str(path))
    await store.open()
    retriever = Retriever(store, Given(asked))
    questions = list(asked)
    began = time.perf_counter()
    await retriever.retrieve(LIBRARY, questions[0], 10)
    index = store._index(LIBRARY)
    if index._beside._making is not None:
        await asyncio.to_thread(index._beside._making.join)
    ready = time.perf_counter() - began
    for question in questions[:WARM]:
        await retriever.retrieve(LIBRARY, question, 10)
    spent = [await _cost(lambda q=q: retriever.retrieve(LIBRARY, q, 10)) for q in questions]
    cpu = sorted(each for each, _ in spent)
    figures: dict[str, object] = {
        "passages": size,
        "cpu_ms": round(statistics.median(cpu), 2),
        "cpu_p95_ms": round(percentile(cpu, 0.95), 2),
        "wall_ms": round(statistics.median(wall for _, wall in spent), 2),
        "wall_p95_ms": round(percentile([wall for _, wall in spent], 0.95), 2),
        "ready_s": round(ready, 1),
        "memory_mb": memory(),
    }
    figures |= await store._call(lambda: _compared(store, asked, size))
    await store.close()
    return figures


def memory() -> int:
    """Give the process's own memory in MB, pages of files not counted (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("RssAnon")).split()[1]) // 1024


async def _cost(work: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    await work()  # type: ignore[misc]
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def _compared(store: SqliteStore, asked: dict[str, Vector], size: int) -> dict[str, object]:
    """Compare rankings with exact ones, and time the floor."""
    db, index = store._opened(), store._index(LIBRARY)
    near = store._near[(LIBRARY, EMBEDDER)]
    rows = db.execute("select vector from embeddings order by passage_id")
    matrix = np.concatenate(
        [
            np.frombuffer(b"".join(row[0] for row in part), np.float16).reshape(len(part), -1)
            for part in iter(lambda: rows.fetchmany(50_000), [])
        ]
    )
    queries = np.stack(list(asked.values()))[:COMPARED]
    exact = _nearest(matrix, queries)
    recall = []
    for query, wanted in zip(queries, exact, strict=True):
        found = near.nearest(db, Query(query), 10)
        recall.append(len({hit.passage for hit in found} & set(wanted)) / 10)
    agreed = []
    for question in list(asked)[: COMPARED // 3 if size > 500_000 else COMPARED]:
        words = question.rstrip("?").split()[4:]
        hits = index.best(db, words, 10)
        agreed.append(_agreement(store, words, [hit.passage for hit in hits]))
    figures: dict[str, object] = {
        "recall": round(statistics.fmean(recall), 4),
        "agreement": round(statistics.fmean(agreed), 4),
    }
    return figures | _floor(store, matrix, asked)


def _nearest(matrix: NDArray[np.float16], queries: Vector) -> list[list[int]]:
    best = np.full((len(queries), 10), -2.0, np.float32)
    places = np.zeros((len(queries), 10), np.int64)
    for at in range(0, len(matrix), 50_000):
        part = matrix[at : at + 50_000].astype(np.float32)
        part /= np.linalg.norm(part, axis=1, keepdims=True)
        scores = np.hstack([best, queries @ part.T])
        ids = np.hstack([places, np.tile(np.arange(at, at + len(part)), (len(queries), 1))])
        order = np.argsort(-scores, axis=1)[:, :10]
        best = np.take_along_axis(scores, order, 1)
        places = np.take_along_axis(ids, order, 1)
    return [[int(each) + 1 for each in row] for row in places]


def _agreement(store: SqliteStore, words: Sequence[str], found: Sequence[int]) -> float:
    """Give the share of the exact top ten that was found; equal scores are equal."""
    db, index = store._opened(), store._index(LIBRARY)
    terms = [term for held in index._terms(db, words).values() for term in held]
    match = " OR ".join(f'"{term}"' for term in terms)
    every = db.execute("select rowid from passages_fts where passages_fts match ?", [match])
    ids = [row[0] for row in every.fetchall()]
    counts = {term: index._count(db, (term,)) for term in terms}
    scores = {}
    for at in range(0, len(ids), 5_000):
        scores |= scored(db, ids[at : at + 5_000], counts, index._collection)
    best = sorted(scores.values(), reverse=True)[:10]
    return sum(scores[each] >= best[-1] - 1e-9 for each in found) / len(best) if best else 1.0


def _floor(
    store: SqliteStore, matrix: NDArray[np.float16], asked: dict[str, Vector]
) -> dict[str, object]:
    """Time a bare tantivy query and a flat scan of codes, the least that these two can cost."""
    from storage.sealed import Sealed

    db = store._opened()
    sealed = Sealed(LIBRARY, None)
    sealed.build(db)
    codes = faiss.IndexRaBitQFastScan(matrix.shape[1], faiss.METRIC_INNER_PRODUCT)
    codes.train(matrix[:50_000].astype(np.float32))
    for at in range(0, len(matrix), 50_000):
        codes.add(matrix[at : at + 50_000].astype(np.float32))
    spent = []
    for question, vector in asked.items():
        terms = [word.lower() for word in question.rstrip("?").split()[4:]]
        began = time.process_time()
        sealed.best(terms, 10)
        codes.search(vector[None], 10)
        spent.append((time.process_time() - began) * 1000)
    return {"floor_ms": round(statistics.median(spent), 2)}


async def real_vectors(folders: Sequence[Path]) -> tuple[Vector, Vector]:
    """Embed the sets' passages and questions, once."""
    embedder = Remembered()
    try:
        sets = [load_set(folder) for folder in folders]
        texts = [
            f"{each.title}\n{each.text[span.start : span.end]}".strip()
            for chosen in sets
            for each in chosen.documents
            for span in chunk(each.text, "en")
        ]
        asked = [query.text for chosen in sets for query in chosen.queries[:100]]
        questions = np.stack([await embedder.question(text) for text in asked])
        return await embedder.passages(texts), questions
    finally:
        await embedder.close()


async def main(arguments: argparse.Namespace) -> None:
    faiss.omp_set_num_threads(1)
    real, asked = await real_vectors(arguments.folder)
    before: dict[str, object] = {}
    for size in arguments.sizes:
        path = where() / f"made-{size}.db"
        if not path.with_suffix(".json").exists():
            fill(path, size, arguments.folder, real)
        questions = json.loads(path.with_suffix(".json").read_text())[:QUESTIONS]
        vectors = {text: asked[at % len(asked)] for at, text in enumerate(questions)}
        got = await measured(path, size, vectors)
        if before:
            grown = float(str(got["cpu_ms"])) / float(str(before["cpu_ms"]))
            got["slope"] = round(math.log(grown) / math.log(size / int(str(before["passages"]))), 2)
        print(json.dumps(got), flush=True)
        before = got


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--folder", action="append", type=Path, required=True)
    asyncio.run(main(parser.parse_args()))
