"""What must be right on this machine, looked at one by one, with what to do where it is not."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal

from bot.app import embedder_of, model_of
from bot.platforms import accounts
from bot.settings import Settings
from bot.supervise import Hopeless
from handlers import phrases
from handlers.access import TERMINAL_OWNER
from handlers.answering.embed import Embedder
from handlers.answering.endpoint import Message
from handlers.errors import ModelFault
from storage.engines import open_store
from storage.facts import facts
from storage.records import Stats
from storage.store import StoreError

State = Literal["ok", "warn", "fail"]
DEADLINE = 10.0  # seconds for an engine or an endpoint to answer
GREETING = Message(role="user", content="Say yes.")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `name` is a word, `message` says how it is and what to do."""

    name: str
    state: State
    message: str


async def checks(settings: Settings, db: str) -> AsyncIterator[Check]:
    """Look at each part in turn; one that fails does not keep the others from being looked at."""
    yield Check("python", "ok", sys.version.split()[0])
    yield Check("settings", "ok", phrases.settings_read(settings.platforms))
    for name, ask in accounts(settings).items():
        yield await _platform(name, ask)
    yield _sqlite()
    embedder = embedder_of(settings)
    async for check in _database(db or settings.database_url, embedder):
        yield check
    yield await _meaning(settings, embedder)
    yield await _model(settings)


async def _platform(name: str, ask: Callable[[], Awaitable[str]]) -> Check:
    """Ask a platform whose the token is. Where nobody answers, the token may still be right."""
    try:
        async with asyncio.timeout(DEADLINE):
            account = await ask()
    except Hopeless as fault:
        return Check(name.lower(), "fail", phrases.wrong_token(name, str(fault)))
    except (OSError, TimeoutError) as fault:
        return Check(name.lower(), "warn", phrases.no_platform(name, str(fault)))
    return Check(name.lower(), "ok", phrases.knows_token(name, account))


def _sqlite() -> Check:
    engine = facts()
    if not engine.fts5:
        return Check("sqlite", "fail", phrases.no_fts5(engine.version))
    if engine.note:
        return Check("sqlite", "warn", f"{engine.version}: {engine.note}")
    return Check("sqlite", "ok", engine.version)


async def _database(where: str, embedder: Embedder | None) -> AsyncIterator[Check]:
    """Open the database, write a line to its audit, and count what each library holds."""
    try:
        store = await open_store(where)
    except StoreError as fault:
        yield Check("database", "fail", str(fault))
        return
    try:
        await store.audit(TERMINAL_OWNER, "doctor", "looked")
        yield Check("database", "ok", phrases.writable(where))
        name = embedder.name if embedder else ""
        for library in await store.libraries():
            yield _library(library, await store.stats(library, name), counted=bool(embedder))
    except StoreError as fault:
        yield Check("database", "fail", str(fault))
    finally:
        await store.close()


def _library(library: str, stats: Stats, *, counted: bool) -> Check:
    embedded = stats.embedded if counted else stats.passages
    said = phrases.status(phrases.named(library), stats.articles, stats.passages, embedded)
    if embedded < stats.passages:
        return Check("library", "warn", f"{said} {phrases.EMBED_THE_REST}")
    return Check("library", "ok", said)


async def _meaning(settings: Settings, embedder: Embedder | None) -> Check:
    if embedder is None:
        chosen = settings.embeddings == "none"
        return Check("embeddings", "ok" if chosen else "warn", phrases.WORDS_ONLY)
    try:
        async with asyncio.timeout(DEADLINE):
            vector = await embedder.question("footnote")
    except (ModelFault, TimeoutError) as fault:
        return Check("embeddings", "fail", phrases.no_embedding(embedder.name, str(fault)))
    finally:
        await embedder.close()
    return Check("embeddings", "ok", phrases.embeds(embedder.name, len(vector)))


async def _model(settings: Settings) -> Check:
    """Ask the endpoint for a word, where one is configured."""
    if not settings.model_mode:
        return Check("model", "ok", phrases.NO_MODEL)
    model = model_of(settings, settings.model)
    try:
        async with asyncio.timeout(DEADLINE), aclosing(model.stream([GREETING])) as pieces:
            await anext(pieces, None)
    except (ModelFault, TimeoutError) as fault:
        return Check("model", "fail", phrases.no_model(settings.model, str(fault)))
    finally:
        await model.close()
    return Check("model", "ok", phrases.model_answers(settings.model))
