"""Measures answers to who said what, what happened when, and what is named nowhere, on own texts.

python -m bench.own_facts [--show]

All articles of `tests/questions/said`, of `said_fresh` and of `docs/samples` stand in one library.
`led`: the first quote holds one of what a good answer must; `refused`: an honest no where the
library answers; `honest`: one where it does not. `idle`: quotes that hold nothing of it. Names
that are nowhere there come first, in many forms. Even rows are there to be looked at: `--show`
prints them alone.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from bench.own import ROOT, stored
from handlers.answering.embed import Embedder, LocalEmbedder
from handlers.embedding import EmbeddingWorker
from handlers.messages import Answer, Upload
from storage.engines import open_store
from storage.store import Store
from tests.test_ask import asked

QUESTIONS = ROOT / "tests" / "questions"
FOLDERS = (QUESTIONS / "said", QUESTIONS / "said_fresh")
SETS = ("said", "dated", "named", "said_fresh")


def is_good(row: dict[str, Any], answer: Answer) -> bool:
    """Say whether an answer is led by what it must hold, or is the honest no that is due."""
    if not row["article"]:
        return not answer.answered
    first = answer.sources[0].quote if answer.sources else ""
    return any(part in first for part in row["first_any"])


def counted(rows: list[dict[str, Any]], answers: list[Answer]) -> dict[str, str]:
    """Give how many of so many were led by their answer, refused wrongly, and refused honestly."""
    pairs = list(zip(rows, answers, strict=True))
    there = [(row, answer) for row, answer in pairs if row["article"]]
    nowhere = [answer for row, answer in pairs if not row["article"]]
    shown = [
        [all(part not in source.quote for part in row["first_any"]) for source in answer.sources]
        for row, answer in there
    ]
    return {
        "led": f"{sum(is_good(*pair) for pair in there)} of {len(there)}",
        "refused": f"{sum(not answer.answered for _, answer in there)} of {len(there)}",
        "idle": f"{sum(map(sum, shown))} of {sum(map(len, shown))}",
        "honest": f"{sum(not answer.answered for answer in nowhere)} of {len(nowhere)}",
    }


def _printed(row: dict[str, Any], answer: Answer) -> None:
    print("good" if is_good(row, answer) else "BAD ", row["kind"], "|", row["question"])
    for source in answer.sources or ():
        print(f"    [{source.n}] {source.quote}".replace("\n", " / "))


async def _named(store: Store, embedder: Embedder) -> None:
    """Ask for names that are nowhere there, and in English for some that are, in every form."""
    table = json.loads((QUESTIONS / "nowhere.json").read_text(encoding="utf-8"))
    for half, at in (("even", 0), ("odd", 1)):
        for kind, language in [*(("nowhere", each) for each in table["forms"]), ("there", "en")]:
            questions = [
                form.format(name)
                for name in table[kind][at::2]
                for form in table["forms"][language]
            ]
            no = [each for each in questions if not (await asked(store, embedder, each)).answered]
            if "--show" in sys.argv and half == "even":
                wrong = set(no) if kind == "there" else set(questions) - set(no)
                print("BAD ", sorted(wrong))
            count = f"{len(no)} of {len(questions)}"
            print(json.dumps({"names": kind, "language": language, "half": half, "refused": count}))


async def main() -> None:
    store, embedder = await open_store("sqlite://"), LocalEmbedder()
    try:
        for folder in (*FOLDERS, ROOT / "docs" / "samples"):
            for source in sorted(folder.iterdir()):
                await stored(store, Upload(Path(source).name, source.read_bytes()))
        await EmbeddingWorker(store, embedder).drain()
        await _named(store, embedder)
        for name in SETS:
            rows = json.loads((QUESTIONS / f"{name}.json").read_text(encoding="utf-8"))
            answers = [await asked(store, embedder, row["question"]) for row in rows]
            if "--show" in sys.argv:
                for row, answer in list(zip(rows, answers, strict=True))[::2]:
                    _printed(row, answer)
            for half, at in (("even", 0), ("odd", 1)):
                counts = counted(rows[at::2], answers[at::2])
                print(json.dumps({"set": name, "half": half, **counts}))
    finally:
        await embedder.close()
        await store.close()


if __name__ == "__main__":
    asyncio.run(main())
