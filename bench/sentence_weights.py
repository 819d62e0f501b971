"""Fits what each sign of a sentence weighs (handlers/answering/rank.toml), and prints that file.

python -m bench.sentence_weights FOLDER... [--limit N]

FOLDER is a set in BEIR form with `answers`, or FOLDER=OTHER where the answers stand in another set
under the same ids (questions in one language to passages in another). Only the first, third,
fifth … question is used. The likelihood of a sentence is the softmax over those of its question;
the weights make likely what holds an answer (the mean of its logarithm over questions, each set
counting the same, with a small penalty on large weights), by Adam (Kingma & Ba, 2015). `closely` is
for questions in another language than the passages, and of those that the weights in use leave
open: there each set between two languages counts as much as all of one language together.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.finding_quality import LIBRARY, fill_store, halves
from bench.remembered import Remembered
from bot.beir import Query, load_set
from handlers.answering.features import BY_MEANING, BY_WORDS, by_meaning, by_words
from handlers.answering.gather import LIMIT
from handlers.answering.interaction import interaction
from handlers.answering.pool import pooled
from handlers.answering.question import asks
from handlers.answering.rank import CLOSELY, PASSAGES, by_all
from handlers.answering.retrieve import Retriever
from storage.engines import open_store
from storage.store import Store

Floats = NDArray[np.float64]

PENALTY = 1e-3
STEPS = 500
RATE, FIRST, SECOND = 0.05, 0.9, 0.99


@dataclass(frozen=True, slots=True)
class Judged:
    """A question's sentences: their signs, a row each, and which of them hold an answer.

    The last sign is not a number where the passages were not read closely.
    """

    of: str
    signs: Floats
    holds: NDArray[np.bool_]


async def judged(name: str, limit: int) -> list[Judged]:
    """Give the questions of a set that some of their sentences answer, but not all."""
    folder, _, other = name.partition("=")
    chosen = load_set(Path(folder))
    queries = halves(chosen, "tuned", limit)
    if other:
        answers = {each.id: each.answers for each in load_set(Path(other)).queries}
        queries = [replace(each, answers=answers[each.id]) for each in queries]
    store, embedder = await open_store("sqlite://"), Remembered()
    try:
        await fill_store(store, chosen, embedder)
        rows = [await _judged(name, store, embedder, each) for each in queries if each.answers]
    finally:
        await embedder.close()
        await store.close()
    return [row for row in rows if row.holds.any() and not row.holds.all()]


async def _judged(name: str, store: Store, embedder: Remembered, query: Query) -> Judged:
    found = await Retriever(store, embedder).retrieve(LIBRARY, query.text, LIMIT)
    best = found.candidates[:PASSAGES]
    texts = {
        source: version.text
        for source in {each.source for each in best}
        if (version := await store.version(LIBRARY, *source))
    }
    pool = pooled(best, texts)
    cosines = await embedder.passages([each.text for each in pool]) @ found.vector
    kind = asks(query.text, found.language)
    signs = np.concatenate([by_words(found, kind, pool), by_meaning(cosines, pool)], axis=1)
    near = await interaction(query.text, pool, range(len(pool)), by_all(signs), embedder)
    signs = np.column_stack([signs, np.full(len(pool), np.nan) if near is None else near])
    wanted = [_plain(answer) for answer in query.answers]
    holds = [any(answer in _plain(each.text) for answer in wanted) for each in pool]
    return Judged(name, signs.astype(np.float64), np.array(holds))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def fitted(rows: Sequence[Judged], columns: int) -> Floats:
    """Give the weights of the first `columns` signs."""
    signs = np.concatenate([row.signs[:, :columns] for row in rows])
    spread = signs.std(axis=0) + 1e-6
    signs = (signs - signs.mean(axis=0)) / spread
    holds = np.concatenate([row.holds for row in rows]).astype(np.float64)
    sizes = [len(row.holds) for row in rows]
    starts, owner = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(rows)), sizes)
    counts = {row.of: sum(other.of == row.of for other in rows) for row in rows}
    share = np.array([1 / counts[row.of] for row in rows]) / len(counts)
    weights, mean, square = (np.zeros(columns) for _ in range(3))
    for step in range(1, STEPS + 1):
        likely = _softmax(signs @ weights, starts, owner)
        right = likely * holds
        right /= np.add.reduceat(right, starts)[owner]
        slope = signs.T @ ((likely - right) * share[owner]) + PENALTY * weights
        mean = FIRST * mean + (1 - FIRST) * slope
        square = SECOND * square + (1 - SECOND) * slope**2
        pace = np.sqrt(square / (1 - SECOND**step)) + 1e-8
        weights = weights - RATE * mean / (1 - FIRST**step) / pace
    return np.asarray(weights / spread)


def _softmax(scores: Floats, starts: Floats, owner: Floats) -> Floats:
    raised = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
    return np.asarray(raised / np.add.reduceat(raised, starts)[owner])


async def main(arguments: argparse.Namespace) -> None:
    rows = [row for name in arguments.sets for row in await judged(name, arguments.limit)]
    read = [
        replace(row, of=row.of if "=" in row.of else "of one language")
        for row in rows
        if not np.isnan(row.signs).any()
    ]
    tables = (
        ("words", BY_WORDS, rows),
        ("all", (*BY_WORDS, *BY_MEANING), rows),
        ("closely", CLOSELY, read),
    )
    for table, names, told in tables:
        print(f"[{table}]")
        for name, weight in zip(names, fitted(told, len(names)), strict=True):
            print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--limit", type=int, default=0)
    asyncio.run(main(parser.parse_args()))
