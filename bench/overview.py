"""Measures what is asked of articles as a whole: the right one, its key points, false alarms.

python -m bench.overview [--words] [--show] [--half even|odd]

All articles of `tests/questions/overview.json` stand in one library. `right`: the answer quotes the
article that was meant and no other; `points`: it holds as many of its key points as a summary must;
`nowhere`: an honest no where no article fits; `open`: asked behind an answer, of that article, and
asked first, not taken for a question of fact; `alarms`: what only looks so. `--words` is without
an embedder. Figures of `--half even` were looked at while rules were set.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.own import ROOT, stored
from handlers.answering.embed import Embedder, LocalEmbedder
from handlers.answering.retrieve import Retriever
from handlers.budget import Budget
from handlers.embedding import EmbeddingWorker
from handlers.messages import Answer, Person, Place, Reply, Request, Upload
from handlers.overview import Tools, as_a_whole
from storage.engines import open_store
from storage.store import Store

ROWS = ROOT / "tests" / "questions" / "overview.json"
LIMIT, QUOTES = 600, 3


@dataclass(frozen=True, slots=True)
class Bench:
    """A library with all the articles, and the number of each."""

    tools: Tools
    numbers: dict[str, int]

    async def reply(self, question: str, after: str = "") -> Reply | None:
        """Give the last picture of an overview; none where it is a question like any other."""
        place = Place("terminal:here")
        request = Request("ask", question, Person("o"), place, library="main", after=after)
        async with aclosing(as_a_whole(request, question, self.tools)) as pictures:
            return ([picture async for picture in pictures] or [None])[-1]


async def library(store: Store, embedder: Embedder | None, sources: list[str]) -> Bench:
    """Take the articles in."""
    numbers: dict[str, int] = {}
    for source in sources:
        await stored(store, Upload(Path(source).name, (ROOT / source).read_bytes()))
        numbers[source] = (await store.articles("main", 1))[0].id
    if embedder:
        await EmbeddingWorker(store, embedder).drain()
    retriever = Retriever(store, embedder)
    return Bench(Tools(store, retriever, embedder, None, Budget(store)), numbers)


def held(points: list[str], reply: Reply | None) -> int:
    """Count the key points that an answer's quotes hold; a point may be said in several ways."""
    if not isinstance(reply, Answer):
        return 0
    said = "\n".join(source.quote for source in reply.sources)
    return sum(any(each in said for each in point.split("|")) for point in points)


def right(reply: Reply | None, number: int) -> bool:
    """Say whether an answer quotes this article alone, and little enough of it."""
    if not isinstance(reply, Answer) or not reply.sources:
        return False
    size = sum(len(source.quote) for source in reply.sources)
    fits = size <= LIMIT and len(reply.sources) <= QUOTES
    return fits and {source.article for source in reply.sources} == {number}


async def measured(bench: Bench, rows: dict[str, Any], half: str) -> dict[str, object]:
    """Ask everything; give counts as `good of all`."""
    counts: dict[str, list[bool]] = {}

    def count(name: str, question: str, good: bool, reply: Reply | None) -> None:
        counts.setdefault(name, []).append(good)
        if "--show" in sys.argv:
            said = reply.text if isinstance(reply, Answer) else reply
            print("ok " if good else "BAD", name, "|", question, "|", said)

    first: Answer | None = None
    for row in chosen(rows["articles"], half):
        number = bench.numbers[row["article"]]
        for question in row["asks"]:
            reply = await bench.reply(question)
            count("right", question, right(reply, number), reply)
            count("points", question, held(row["points"], reply) >= row["least"], reply)
            first = reply if isinstance(reply, Answer) and right(reply, number) else first
    for question in chosen(rows["nowhere"], half):
        reply = await bench.reply(question)
        count("nowhere", question, isinstance(reply, Answer) and not reply.answered, reply)
    for question in chosen(rows["open"], half):
        behind = await bench.reply(question, first.conversation if first else "")
        meant = first.sources[0].article if first else 0
        count("open behind", question, right(behind, meant), behind)
        reply = await bench.reply(question)
        count("open first", question, isinstance(reply, Answer), reply)
    newest = max(bench.numbers.values())
    for question in chosen(rows["newest"], half):
        reply = await bench.reply(question)
        count("newest", question, right(reply, newest), reply)
    for name in ("listing", "news"):
        for question in chosen(rows[name], half):
            reply = await bench.reply(question)
            count(name, question, isinstance(reply, Answer) and reply.answered, reply)
    for question in chosen(rows["others"], half):
        reply = await bench.reply(question)
        count("no alarm", question, reply is None, reply)
    return {name: f"{sum(each)} of {len(each)}" for name, each in counts.items()}


def chosen(rows: list[Any], half: str) -> list[Any]:
    """Give every second one, or all."""
    return rows[{"even": 0, "odd": 1}[half] :: 2] if half else rows


async def main() -> None:
    rows = json.loads(ROWS.read_text(encoding="utf-8"))
    half = sys.argv[sys.argv.index("--half") + 1] if "--half" in sys.argv else ""
    store = await open_store("sqlite://")
    embedder = None if "--words" in sys.argv else LocalEmbedder()
    try:
        bench = await library(store, embedder, [row["article"] for row in rows["articles"]])
        began = time.process_time()
        figures = await measured(bench, rows, half)
        print(json.dumps({**figures, "cpu_seconds": round(time.process_time() - began, 1)}))
    finally:
        if embedder:
            await embedder.close()
        await store.close()


if __name__ == "__main__":
    asyncio.run(main())
