"""Measures how answers to questions about our own articles read: what leads, what is beside.

python -m bench.own_reading [--show]

`first`: the first quote holds what a good answer must; `whole`: so do all together, with the rest;
`beside`: a quote holds nothing of it, or something that nobody asked for is shown; `good`: whole,
led by its answer, and nothing beside it. All articles of `tests/questions/reading` stand in one
library. `--show` prints the answers to read them.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.own import ROOT, stored
from handlers.answering.embed import LocalEmbedder
from handlers.embedding import EmbeddingWorker
from handlers.messages import Answer, Upload
from storage.engines import open_store
from tests.test_ask import asked

ROWS = ROOT / "tests" / "questions" / "reading.json"


@dataclass(frozen=True, slots=True)
class Read:
    """One answer as a critical reader would judge it."""

    answered: bool
    first: bool
    whole: bool
    beside: bool
    quotes: int
    characters: int

    @property
    def good(self) -> bool:
        return self.first and self.whole and not self.beside


def judged(row: dict[str, Any], answer: Answer) -> Read:
    """Judge an answer by what its first quote and all its quotes must and must not hold."""
    shown = [source.quote for source in answer.sources]
    every, wanted = "\n".join(shown), [*row["first_has"], *row["quote_has"]]
    idle = any(all(part not in quote for part in wanted) for quote in shown)
    return Read(
        answer.answered,
        bool(shown) and all(part in shown[0] for part in row["first_has"]),
        all(part in every for part in wanted),
        idle or any(part in every for part in row["beside"]),
        len(shown),
        len(every),
    )


async def answers(rows: list[dict[str, Any]]) -> list[Answer]:
    """Ask every question of a library that holds all the articles."""
    store, embedder = await open_store("sqlite://"), LocalEmbedder()
    try:
        for source in sorted({row["article"] for row in rows}):
            await stored(store, Upload(Path(source).name, (ROOT / source).read_bytes()))
        await EmbeddingWorker(store, embedder).drain()
        return [await asked(store, embedder, row["question"]) for row in rows]
    finally:
        await embedder.close()
        await store.close()


def _printed(row: dict[str, Any], answer: Answer, read: Read) -> None:
    print("good" if read.good else "BAD ", row["kind"], "|", row["question"])
    for source in answer.sources or ():
        print(f"    [{source.n}] {source.quote}".replace("\n", " / "))


if __name__ == "__main__":
    rows = json.loads(ROWS.read_text(encoding="utf-8"))
    given = asyncio.run(answers(rows))
    read = [judged(row, answer) for row, answer in zip(rows, given, strict=True)]
    if "--show" in sys.argv:
        for row, answer, each in zip(rows, given, read, strict=True):
            _printed(row, answer, each)
    figures = {
        name: sum(getattr(each, name) for each in read)
        for name in ("answered", "first", "whole", "beside", "good")
    }
    means = {
        name: round(statistics.fmean(getattr(each, name) for each in read), 2)
        for name in ("quotes", "characters")
    }
    print(json.dumps({"questions": len(rows), **figures, **means}))
