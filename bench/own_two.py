"""Measures answers to messages that ask several things of our own articles, question by question.

python -m bench.own_two [--show]

Of a question that has an answer: its proof is `whole` in the quotes, and stands in the paragraph
of that question (`placed`). Of one that has none: it is said so (`honest`). Of a message that only
looks like several: it is left `uncut`. Even rows are there to be looked at, odd ones for counting.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from bench.own import ROOT, stored
from handlers.answering.embed import LocalEmbedder
from handlers.answering.parts import parts_of
from handlers.embedding import EmbeddingWorker
from handlers.messages import Answer, Upload
from storage.engines import open_store
from tests.test_ask import asked

ROWS = ROOT / "tests" / "questions" / "two.json"
SAID_NO = "The articles don't"


def judged(row: dict[str, Any], answer: Answer) -> Counter[str]:
    """Count what a message's answer brought, question by question."""
    if row["kind"] == "single":
        uncut = len(parts_of(row["message"])) == 1
        return Counter({"single": 1, "uncut": uncut})
    shown = "\n".join(source.quote for source in answer.sources)
    paragraphs = answer.text.split("\n\n")
    found: Counter[str] = Counter(cut=len(parts_of(row["message"])) == len(row["parts"]), several=1)
    for place, wanted in enumerate(row["parts"]):
        there = paragraphs[place] if len(paragraphs) == len(row["parts"]) else ""
        if wanted:
            found["asked"] += 1
            found["whole"] += all(part in shown for part in wanted)
            found["placed"] += all(part in there for part in wanted)
        else:
            found["unknown"] += 1
            found["honest"] += there.startswith(SAID_NO)
    wrong = sum(
        wanted != []
        for wanted, said in zip(row["parts"], paragraphs, strict=False)
        if said.startswith(SAID_NO) and len(paragraphs) == len(row["parts"])
    )
    return found + Counter(refused=wrong, characters=len(shown), quotes=len(answer.sources))


async def answers(rows: list[dict[str, Any]]) -> list[Answer]:
    """Ask every message of a library that holds all samples and all articles of `reading`."""
    store, embedder = await open_store("sqlite://"), LocalEmbedder()
    folders = (ROOT / "docs" / "samples", ROOT / "tests" / "questions" / "reading")
    try:
        for path in (path for folder in folders for path in sorted(folder.iterdir())):
            await stored(store, Upload(path.name, Path(path).read_bytes()))
        await EmbeddingWorker(store, embedder).drain()
        return [await asked(store, embedder, row["message"]) for row in rows]
    finally:
        await embedder.close()
        await store.close()


if __name__ == "__main__":
    rows = json.loads(ROWS.read_text(encoding="utf-8"))
    given = asyncio.run(answers(rows))
    read = [judged(row, answer) for row, answer in zip(rows, given, strict=True)]
    if "--show" in sys.argv:
        for row, answer, each in list(zip(rows, given, read, strict=True))[::2]:
            print(row["message"], dict(each), answer.text, sep="\n", end="\n\n")
    for name, first in (("even", 0), ("odd", 1)):
        print(json.dumps({"rows": name, **sum(read[first::2], Counter())}))
