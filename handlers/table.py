"""The table of commands: what the bot can do, built from its parts. A new command is a row here."""

from __future__ import annotations

from functools import partial

from handlers.access import Access, Role
from handlers.answering.embed import Embedder
from handlers.answering.model import Model
from handlers.answering.retrieve import Retriever
from handlers.ask import ask
from handlers.command import Command
from handlers.embedding import EmbeddingWorker
from handlers.extract import extract
from handlers.ingest import ingest
from handlers.library import articles, forget, help_, show, status
from handlers.reading.read import Reader
from handlers.search import search
from storage.store import Store


def commands(
    *,
    store: Store,
    access: Access,
    reader: Reader,
    retriever: Retriever,
    embedder: Embedder | None,
    model: Model | None,
    worker: EmbeddingWorker | None,
) -> tuple[Command, ...]:
    """Give every command, in the order of menus; `help` lists the others and itself."""
    rows = [
        *_questions(store, retriever, embedder, model),
        *_library(store, embedder),
        *_sources(store, reader, worker),
    ]
    helped = partial(help_, access=access, table=rows)
    rows.append(Command("help", "what I can do here", helped, Role.STRANGER))
    return tuple(rows)


def _questions(
    store: Store, retriever: Retriever, embedder: Embedder | None, model: Model | None
) -> list[Command]:
    answer = partial(ask, store=store, retriever=retriever, embedder=embedder, model=model)
    find = partial(search, retriever=retriever)
    return [
        Command("ask", "an answer with its quotes, or an honest no", answer, argument="QUESTION"),
        Command("search", "the passages nearest to some words", find, argument="WORDS"),
    ]


def _library(store: Store, embedder: Embedder | None) -> list[Command]:
    listed, shown = partial(articles, store=store), partial(show, store=store)
    counted = partial(status, store=store, embedder=embedder.name if embedder else "")
    erased = partial(forget, store=store)
    return [
        Command("articles", "what the library holds", listed),
        Command("show", "an article as it is stored", shown, argument="ID [VERSION]"),
        Command("status", "how much the library holds", counted),
        Command("forget", "erase an article for good", erased, Role.ADMIN, "ID"),
    ]


def _sources(store: Store, reader: Reader, worker: EmbeddingWorker | None) -> list[Command]:
    keep = partial(ingest, store=store, reader=reader, worker=worker)
    read = partial(extract, reader=reader)
    return [
        Command("ingest", "store a link, a file or a text", keep, Role.ADMIN, "SOURCE"),
        Command("extract", "read without storing", read, Role.ADMIN, "SOURCE"),
    ]
