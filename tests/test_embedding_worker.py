"""The background work on a real store: nothing stays without a vector, whatever breaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.answering.embed import EndpointEmbedder
from handlers.answering.model import Limits, Model
from handlers.embedding import EmbeddingWorker
from handlers.errors import ModelFault
from storage.records import NewArticle, Span
from storage.store import Store
from tests.fakes.openai_server import Script, answers_json, openai_server, refuses

engines = pytest.importorskip("storage.engines")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await engines.open_store(f"sqlite:///{tmp_path / 'library.db'}")
    yield opened
    await opened.close()


def vectors(count: int) -> Script:
    rows = [{"index": n, "embedding": [1.0, 0.0]} for n in range(count)]
    return answers_json({"data": rows})


def at(base_url: str) -> EndpointEmbedder:
    return EndpointEmbedder(Model(base_url, None, "e5", Limits(total=5, gap=2)))


async def save(store: Store, count: int, title: str = "Bridge") -> None:
    text = "".join(f"Bridge {n:02d} is open. " for n in range(count))
    spans = tuple(Span(19 * n, 19 * n + 18) for n in range(count))
    article = NewArticle(title, text, "en", spans, url=f"https://a.example/{title}")
    await store.save("main", [article], [], source=title, by="terminal:owner")


async def missing(store: Store) -> int:
    stats = await store.stats("main", "endpoint/e5")
    return stats.passages - stats.embedded


async def until_none_is_missing(store: Store) -> None:
    async with asyncio.timeout(30):
        while await missing(store):  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.01)


async def test_draining_embeds_every_passage_in_batches_and_tells_how_far_it_is(
    store: Store,
) -> None:
    await save(store, 40)
    told: list[int] = []
    async with openai_server(vectors(32), vectors(8)) as server:
        embedder = at(server.base_url)
        await EmbeddingWorker(store, embedder).drain(told.append)
        await embedder.close()
    assert told == [32, 40]
    assert await missing(store) == 0


async def test_draining_tells_a_fault_and_keeps_what_was_done_for_the_next_time(
    store: Store,
) -> None:
    await save(store, 40)
    async with openai_server(vectors(32), refuses(401), vectors(8)) as server:
        embedder = at(server.base_url)
        with pytest.raises(ModelFault):
            await EmbeddingWorker(store, embedder).drain()
        assert await missing(store) == 8
        await EmbeddingWorker(store, embedder).drain()
        await embedder.close()
    assert await missing(store) == 0


async def test_the_worker_embeds_what_was_there_before_it_and_what_it_is_poked_for(
    store: Store,
) -> None:
    await save(store, 3)
    async with openai_server(vectors(3), vectors(2)) as server:
        embedder = at(server.base_url)
        worker = EmbeddingWorker(store, embedder)
        running = asyncio.create_task(worker.run())
        await until_none_is_missing(store)
        await save(store, 2, "Ferry")
        worker.poke()
        await until_none_is_missing(store)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await embedder.close()


async def test_the_worker_outlives_a_fault(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    await save(store, 3)
    async with openai_server(refuses(401), vectors(3)) as server:
        embedder = at(server.base_url)
        running = asyncio.create_task(EmbeddingWorker(store, embedder).run())
        await until_none_is_missing(store)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await embedder.close()
    assert "401" in caplog.text
