"""Measures cleaning and answering on our own texts: counts only, so that `aside` stays unseen.

python -m bench.own [messy]

`words_f1`: the words of the articles beside those of the lines to keep, mean of the texts.
`whole`: texts that give as many articles as they hold. With `messy` only cleaning is measured.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from handlers.answering.embed import Embedder, LocalEmbedder
from handlers.embedding import EmbeddingWorker
from handlers.ingest import ingest
from handlers.messages import Person, Place, Request, Upload
from handlers.reading.fetch import Fetcher
from handlers.reading.read import Reader
from storage.engines import open_store
from storage.store import Store
from tests.messy_sets import bare, judge, words_f1
from tests.test_ask import asked

ROOT = Path(__file__).parents[1]


def messy(folder: Path) -> dict[str, object]:
    """Give precision and recall of the cut lines, and how many articles were found whole."""
    paths = sorted(folder.glob("*.json"))
    texts = [judge(path) for path in paths]
    right = sum(each.to_cut - len(each.missed) for each in texts)
    wrong = sum(len(each.lost) for each in texts)
    titles = sum(
        any(bare(got.title) == bare(wanted["title"]) for got in each.articles)
        for each in texts
        for wanted in each.wanted
        if wanted["title"]
    )
    return {
        "texts": len(texts),
        "precision": round(right / max(1, right + wrong), 3),
        "recall": round(right / max(1, sum(each.to_cut for each in texts)), 3),
        "cut": f"{right} of {sum(each.to_cut for each in texts)}, {wrong} wrongly",
        "articles": sum(len(each.articles) for each in texts),
        "wanted": sum(len(each.wanted) for each in texts),
        "whole": sum(len(each.articles) == len(each.wanted) for each in texts),
        "titles": titles,
        "titled": sum(bool(wanted["title"]) for each in texts for wanted in each.wanted),
        "words_f1": round(sum(words_f1(path) for path in paths) / len(paths), 3),
    }


async def questions(path: Path) -> dict[str, object]:
    """Give how many questions found their whole proof, and how many noes were honest."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    store, embedder = await open_store("sqlite://"), LocalEmbedder()
    try:
        for source in sorted({row["article"] for row in rows if row["article"]}):
            await stored(store, Upload(source, (ROOT / source).read_bytes()))
        await EmbeddingWorker(store, embedder).drain()
        outcomes = [await _outcome(store, embedder, row) for row in rows]
    finally:
        await embedder.close()
        await store.close()
    answerable = [good for row, good in zip(rows, outcomes, strict=True) if row["article"]]
    others = [good for row, good in zip(rows, outcomes, strict=True) if not row["article"]]
    return {
        "answerable": len(answerable),
        "whole_proof": sum(answerable),
        "unanswerable": len(others),
        "honest_no": sum(others),
    }


async def stored(store: Store, upload: Upload) -> None:
    """Take a text in, as an admin would by sending the file."""
    request = Request("ingest", "", Person("o"), Place("p"), uploads=(upload,), library="main")
    async for _ in ingest(request, store=store, reader=Reader(Fetcher()), worker=None):
        pass


async def _outcome(store: Store, embedder: Embedder, row: dict[str, Any]) -> bool:
    answer = await asked(store, embedder, row["question"])
    if not row["article"]:
        return not answer.answered
    shown = [source.quote for source in answer.sources]
    return all(any(part in quote for quote in shown) for part in row["quote_has"])


if __name__ == "__main__":
    for name in (
        "first",
        "aside",
        "long/first",
        "long/aside",
        "wide/first",
        "wide/aside",
        "strange/first",
        "strange/aside",
        "fresh/first",
        "fresh/aside",
        "fresh/second",
    ):
        print(json.dumps({"messy": name, **messy(ROOT / "tests" / "messy" / name)}))
    for name in () if "messy" in sys.argv else ("own", "first", "aside"):
        outcome = asyncio.run(questions(ROOT / "tests" / "questions" / f"{name}.json"))
        print(json.dumps({"questions": name, **outcome}))
