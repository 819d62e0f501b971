"""A library of two articles, and what is asked of it; each answer is checked on its way."""

from __future__ import annotations

import pytest

from handlers.answering.embed import Embedder
from handlers.answering.model import Model
from handlers.answering.retrieve import Retriever
from handlers.ask import ask
from handlers.embedding import EmbeddingWorker
from handlers.messages import Answer, Person, Place, Request
from handlers.reading.chunk import chunk
from storage.records import NewArticle
from storage.store import Store

MILL = """The mill at Ostley closed in March 2019 after 140 years.

## What went wrong

Two things hurt the mill in its last winter:

- The river froze for nine weeks and the wheel stood still.
- The price of rye rose by 60 percent.

These blows left the miller, Ada Quill, no money for the new roof, and she gave up.

## Afterwards

Quill opened a bakery in Marden with 12 of her workers. The town bought the building for 85,000
crowns."""
FERRY = """Die Fähre von Port Vane fährt seit Mai wieder nachts.

Kapitänin Oona Brisk nennt den Grund: Die Brücke wird bis Oktober gesperrt, weil zwei Pfeiler Risse
haben."""


def new(title: str, text: str, language: str, **facts: str) -> NewArticle:
    return NewArticle(title, text, language, chunk(text, language), **facts)


@pytest.fixture
async def library(store: Store, embedder: Embedder) -> Store:
    articles = [
        new("The Mill at Ostley", MILL, "en", published="2019-04-02", url="https://mill.example/a"),
        new("Nachtfähre", FERRY, "de"),
    ]
    await store.save("main", articles, [], source="test", by="test")
    await EmbeddingWorker(store, embedder).drain()
    return store


async def asked(
    store: Store,
    embedder: Embedder | None,
    question: str,
    after: str = "",
    model: Model | None = None,
) -> Answer:
    request = Request(
        "ask",
        question,
        Person("terminal:owner"),
        Place("terminal:here"),
        library="main",
        after=after,
    )
    replies = ask(
        request,
        store=store,
        retriever=Retriever(store, embedder),
        embedder=embedder,
        model=model,
    )
    last = [reply async for reply in replies][-1]
    assert isinstance(last, Answer)
    await check(store, last)
    return last


async def check(store: Store, answer: Answer) -> None:
    """What holds for every answer: quotes are slices of stored versions, and each [n] has one."""
    for source in answer.sources:
        version = await store.version("main", source.article, source.version)
        assert version is not None
        assert version.text[source.start : source.end] == source.quote
        assert f"[{source.n}]" in answer.text
    assert answer.answered == bool(answer.sources)
    assert answer.answered or not answer.text.count("[1]")


def quotes(answer: Answer) -> str:
    return " ".join(source.quote for source in answer.sources)
