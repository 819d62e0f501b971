"""Questions to our own articles: each finds its proof, or gets an honest no."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from handlers.answering.embed import Embedder
from handlers.embedding import EmbeddingWorker
from handlers.ingest import ingest
from handlers.messages import Person, Place, Receipt, Request, Upload
from handlers.reading.fetch import Fetcher
from handlers.reading.read import Reader
from storage.engines import open_store
from storage.store import Store
from tests.asking import asked

ROOT = Path(__file__).parents[1]
ROWS = json.loads((ROOT / "tests/questions/own.json").read_text(encoding="utf-8"))
SOURCES = [
    *sorted((ROOT / "docs/samples").iterdir()),
    *sorted((ROOT / "tests/messy/first").glob("*.txt")),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own") / "library.db"


@pytest.fixture
async def library(path: Path, embedder: Embedder) -> AsyncIterator[Store]:
    store = await open_store(str(path))
    if not await store.articles("main"):
        for source in SOURCES:
            upload = Upload(source.name, source.read_bytes())
            request = Request("ingest", "", Person("o"), Place("p"), (upload,), "main")
            replies = ingest(request, store=store, reader=Reader(Fetcher()), worker=None)
            assert isinstance([reply async for reply in replies][-1], Receipt)
        await EmbeddingWorker(store, embedder).drain()
    yield store
    await store.close()


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["article"]], ids=lambda row: row["question"]
)
async def test_the_proof_is_quoted(library: Store, embedder: Embedder, row: dict[str, Any]) -> None:
    answer = await asked(library, embedder, row["question"])
    shown = [source.quote for source in answer.sources]
    assert [part for part in row["quote_has"] if not any(part in quote for quote in shown)] == []


@pytest.mark.parametrize(
    "row", [row for row in ROWS if not row["article"]], ids=lambda row: row["question"]
)
async def test_what_no_article_answers_gets_an_honest_no(
    library: Store, embedder: Embedder, row: dict[str, Any]
) -> None:
    answer = await asked(library, embedder, row["question"])
    assert not answer.answered
    assert answer.nearest
