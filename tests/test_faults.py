"""Whatever a model's endpoint does, a proven answer comes in time, and one sentence says so."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trustme

from handlers import phrases
from handlers.answering.breaker import FAULTS, Breaker
from handlers.answering.model import Limits, Model
from handlers.answering.retrieve import Retriever
from handlers.ask import ask
from handlers.messages import Answer, Person, Place, Request
from handlers.reading.chunk import chunk as passages
from storage.records import NewArticle
from storage.store import Store
from tests.fakes.openai_server import (
    FOREVER,
    OpenAIServer,
    Script,
    answers_json,
    chunk,
    drips,
    event,
    head,
    openai_server,
    refuses,
    resets,
    says,
    sends,
    silent,
)

MILL = "The mill at Ostley closed in March 2019 after 140 years."
SAID = "The mill at Ostley closed in March 2019 [1]. "
LIMITS = Limits(total=2.0, gap=0.4, tail=0.1)
IN_TIME = 15.0  # seconds; far more than the limits, for a busy machine
FAULTS_OF_ENDPOINTS: dict[str, Script] = {
    "wrong key": refuses(401),
    "no such model": refuses(404, '{"error": {"message": "The model `x` does not exist"}}'),
    "wrong model name": refuses(400, '{"error": {"message": "model not found: x"}}'),
    "too many, for long": refuses(429, retry_after="600"),
    "too many, again and again": refuses(429, retry_after="0"),
    "broken": refuses(500),
    "overloaded": refuses(503),
    "slow first token": silent(),
    "slow first token behind a head": sends(head(), then=FOREVER),
    "silence in mid-stream": sends(head(), chunk(SAID), then=FOREVER),
    "dripping": drips(head() + chunk(SAID) * 20 + chunk(None, "stop"), 0.01),
    "dripping chunks": sends(head(), *[chunk("a ")] * 200, gap=0.05),
    "kept alive by comments": sends(head(), *[b": still here\n\n"] * 200, gap=0.05),
    "cut": sends(head(), chunk(SAID)),
    "reset": resets(head(), chunk(SAID)),
    "no finish reason": sends(head(), chunk(SAID), b"data: [DONE]\n\n"),
    "content filter": says(SAID, finish="content_filter"),
    "length limit": says(SAID, finish="length"),
    "empty choices": sends(head(), event({"choices": []}), b"data: [DONE]\n\n"),
    "a page for JSON": answers_json("<html>Sign in</html>", "text/html"),
    "a page called JSON": answers_json("<html>Sign in</html>"),
    "broken JSON": sends(head(), b'data: {"choices": [{"del\n\n'),
}


@pytest.fixture
async def library(store: Store) -> Store:
    article = NewArticle("The Mill", MILL, "en", passages(MILL, "en"))
    await store.save("main", [article], [], source="s", by="me")
    return store


@asynccontextmanager
async def at(base_url: str, breaker: Breaker | None = None) -> AsyncIterator[Model]:
    model = Model(base_url, None, "x", LIMITS, breaker)
    yield model
    await model.close()


async def asked(store: Store, model: Model) -> Answer:
    """Ask in time, and see that what comes is proven."""
    request = Request("ask", "When did the mill close?", Person("p"), Place("q"), library="main")
    replies = ask(
        request, store=store, retriever=Retriever(store, None), embedder=None, model=model
    )
    async with asyncio.timeout(IN_TIME):
        last = [each async for each in replies][-1]
    assert isinstance(last, Answer)
    assert last.sources[0].quote == MILL
    return last


def is_fallback(answer: Answer) -> bool:
    return (answer.mode, answer.note) == ("extractive", phrases.SUMMARY_OFF)


@pytest.mark.parametrize("fault", FAULTS_OF_ENDPOINTS)
async def test_every_fault_ends_in_a_proven_answer_and_one_sentence(
    library: Store, fault: str
) -> None:
    async with openai_server(FAULTS_OF_ENDPOINTS[fault]) as server, at(server.base_url) as model:
        assert is_fallback(await asked(library, model))


async def test_an_endpoint_that_is_not_there_ends_so_too(library: Store) -> None:
    async with openai_server(says(SAID)) as server:
        gone = server.base_url
    async with at(gone) as model:
        assert is_fallback(await asked(library, model))


async def test_a_wrong_certificate_ends_so_too(library: Store) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("model.example").configure_cert(context)
    fake = OpenAIServer([says(SAID)])
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    async with server, at(f"https://127.0.0.1:{port}/v1") as model:
        assert is_fallback(await asked(library, model))
    await fake.stop()
    assert fake.requests == []


async def test_no_tls_where_tls_is_asked_for_ends_so_too(library: Store) -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, at(f"https://127.0.0.1:{port}/v1") as model:
        assert is_fallback(await asked(library, model))


async def test_a_short_wait_is_waited_and_the_model_writes_after_all(library: Store) -> None:
    script = (refuses(429, retry_after="0"), says(SAID))
    async with openai_server(*script) as server, at(server.base_url) as model:
        answer = await asked(library, model)
    assert (answer.mode, answer.note) == ("model", "")


async def test_after_five_faults_the_endpoint_rests_and_then_is_tried_once_again(
    library: Store,
) -> None:
    now = 0.0
    breaker = Breaker(lambda: now, rest=30.0)
    async with openai_server(refuses(401)) as server, at(server.base_url, breaker) as model:
        for _ in range(FAULTS + 2):
            assert is_fallback(await asked(library, model))
        assert len(server.requests) == FAULTS
        now = 31.0
        assert is_fallback(await asked(library, model))
        assert is_fallback(await asked(library, model))
        assert len(server.requests) == FAULTS + 1
        now = 62.0
        server.scripts[:] = [says(SAID)]
        assert (await asked(library, model)).mode == "model"
        assert not breaker.open
