"""The one place where all is put together: settings → a bot that answers requests."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.service import Service
from bot.settings import Settings
from bot.supervise import supervise
from handlers.access import Access
from handlers.answering.embed import (
    BackgroundEmbedder,
    Embedder,
    EndpointEmbedder,
    LocalEmbedder,
    why_not_local,
)
from handlers.answering.model import Model
from handlers.answering.retrieve import Retriever
from handlers.budget import Budget, Prices
from handlers.buttons import Buttons
from handlers.conversations import Conversations
from handlers.dispatch import Dispatcher
from handlers.embedding import EmbeddingWorker
from handlers.following import Follower
from handlers.messages import Reply, Request
from handlers.outbox import Outbox
from handlers.polling import Poller
from handlers.reading.later import Later
from handlers.reading.read import Reader
from handlers.table import commands
from storage.engines import open_store
from storage.store import Store

if TYPE_CHECKING:
    from handlers.reading.fetch import Fetcher

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """A bot, open for requests. The engine of meaning and the model load when first used."""

    settings: Settings
    store: Store
    embedder: Embedder | None
    model: Model | None
    worker: EmbeddingWorker | None
    dispatcher: Dispatcher
    service: Service
    follower: Follower
    outbox: Outbox
    poller: Poller

    def reply(self, request: Request) -> AsyncIterator[Reply]:
        """Give the pictures of one reply (handlers/dispatch.py)."""
        return self.dispatcher.reply(request)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Let the workers run in the background, and cancel them on the way out."""
        tasks = [
            asyncio.create_task(self.follower.run(), name="follower"),
            asyncio.create_task(supervise({"feeds": self.poller.run}), name="feeds"),
        ]
        if self.worker is not None:
            tasks.append(asyncio.create_task(self.worker.run(), name="embedding worker"))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def open_app(settings: Settings, db: str = "") -> AsyncIterator[App]:
    """Open the store and build the bot on it; everything is closed on the way out.

    Raises `StoreError` where the store cannot be opened.
    """
    async with AsyncExitStack() as stack:
        where = db or settings.database_url
        store = await open_store(where)
        log.debug("opened %s", where)
        stack.push_async_callback(store.close)
        embedder = embedder_of(settings)
        if embedder:
            stack.push_async_callback(embedder.close)
        background = BackgroundEmbedder(embedder) if isinstance(embedder, LocalEmbedder) else None
        if background:
            stack.push_async_callback(background.close)
        model = model_of(settings, settings.model) if settings.model_mode else None
        if model:
            stack.push_async_callback(model.close)
        fetcher = Later(lambda: fetcher_of(settings))
        stack.push_async_callback(fetcher.close)
        reader = Reader(fetcher)
        stack.push_async_callback(reader.close)
        yield _built(settings, store, embedder, background or embedder, model, reader)


def _built(
    settings: Settings,
    store: Store,
    embedder: Embedder | None,
    slow: Embedder | None,
    model: Model | None,
    reader: Reader,
) -> App:
    """Put the parts together; `slow` is the embedder that may take its time."""
    access = Access(store, owners=settings.owners, default_library=settings.default_library or "")
    retriever = Retriever(store, embedder)
    outbox = Outbox(store, lambda request: dispatcher.reply(request))
    follower = Follower(store, retriever, embedder, found=outbox.poke)
    worker = EmbeddingWorker(store, slow, then=follower.poke) if slow else None
    poller = Poller(store, reader, worker or follower, found=outbox.poke)
    table = commands(
        store=store,
        access=access,
        reader=reader,
        retriever=retriever,
        embedder=embedder,
        model=model,
        worker=worker or follower,
        follower=follower,
        budget=budget_of(settings, store),
        poller=poller,
    )
    dispatcher = Dispatcher(table, access)
    service = Service(dispatcher, Buttons(store), Conversations(store))
    return App(
        settings, store, embedder, model, worker, dispatcher, service, follower, outbox, poller
    )


def budget_of(settings: Settings, store: Store) -> Budget:
    """Give what answers may cost by the settings."""
    prices = Prices(settings.openai_price_sent, settings.openai_price_received)
    return Budget(
        store, prices, person=settings.person_tokens_a_day, chat=settings.chat_tokens_a_day
    )


def embedder_of(settings: Settings) -> Embedder | None:
    """Give the embedder that the settings name; without one, words alone find passages."""
    if settings.embeddings == "none":
        return None
    if settings.embeddings != "local":
        return EndpointEmbedder(model_of(settings, settings.embeddings))
    if why := why_not_local():
        log.warning("EMBEDDINGS=local does not work here: %s; words alone find passages", why)
        return None
    return LocalEmbedder()


def fetcher_of(settings: Settings) -> Fetcher:
    """Give what fetches pages; tests in other processes bring their sites by `FETCH_LOOPBACK`."""
    from handlers.reading.fetch import fetcher_from  # noqa: PLC0415 - httpx2: 60 ms

    seam = settings.fetch_loopback
    return fetcher_from(",".join(str(part) for part in seam if part) if seam else None)


def model_of(settings: Settings, name: str) -> Model:
    """Give a model by its name at the endpoint of the settings."""
    key = settings.openai_api_key
    return Model(settings.openai_base_url, key.get_secret_value() if key else None, name)
