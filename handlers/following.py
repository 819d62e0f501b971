"""The background work that looks whether new articles answer what people wait for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from handlers.answering.embed import Embedder
from handlers.answering.gather import gather
from handlers.answering.retrieve import Retriever
from storage.asked import Follow
from storage.store import Store, StoreError

SELDOM = 60.0  # seconds; another process may store articles without a word to this one

log = logging.getLogger(__name__)


class Follower:
    """Searches anew for questions that are followed, once what was stored is embedded.

    What is still to be looked at stands in the store, so a restart loses nothing. `found` is
    called when there is something to tell.
    """

    def __init__(
        self,
        store: Store,
        retriever: Retriever,
        embedder: Embedder | None,
        found: Callable[[], None],
    ) -> None:
        self._store = store
        self._retriever = retriever
        self._embedder = embedder
        self._found = found
        self._woken = asyncio.Event()
        self._woken.set()

    def poke(self) -> None:
        """Say that articles were stored and embedded, or that a question is followed."""
        self._woken.set()

    async def run(self) -> None:
        """Work until cancelled; what fails is tried again."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(SELDOM):
                    await self._woken.wait()
            self._woken.clear()
            try:
                await self.check()
            except StoreError as fault:
                log.warning("could not look at what people follow: %s", fault)

    async def check(self) -> None:
        """Look at every followed question whose library got passages since. Raises `StoreError`."""
        for follow in await self._store.unchecked():
            if not await self._ready(follow.library):
                continue
            if (answers := await self._answers(follow)) is None:
                continue
            await self._store.checked(follow, due=answers)
            if answers:
                self._found()

    async def _ready(self, library: str) -> bool:
        if self._embedder is None:
            return True
        stats = await self._store.stats(library, self._embedder.name)
        return stats.embedded == stats.passages

    async def _answers(self, follow: Follow) -> bool | None:
        """Say whether the library seems to answer now; nothing where that can't be told."""
        evidence = await gather(
            follow.library,
            follow.alone,
            store=self._store,
            retriever=self._retriever,
            embedder=self._embedder,
        )
        if self._embedder is not None and evidence.found.vector is None:
            return None
        return evidence.is_enough
