"""The background work that gives every stored passage its vector."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from handlers.answering.embed import Embedder
from handlers.errors import ModelFault
from storage.store import Store, StoreError

BATCH = 32  # passages between two writes
FIRST_PAUSE = 1.0  # seconds after a fault, doubled up to the longest
LONGEST_PAUSE = 300.0

log = logging.getLogger(__name__)


class Worker(Protocol):
    """What is to hear of new passages."""

    def poke(self) -> None:
        """Hear that passages were stored."""
        ...


class EmbeddingWorker:
    """Fills in missing vectors. What is missing stands in the store, so a restart loses nothing.

    `then` is called whenever nothing is missing any more.
    """

    def __init__(
        self, store: Store, embedder: Embedder, then: Callable[[], None] | None = None
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._then = then
        self._woken = asyncio.Event()
        self._woken.set()

    def poke(self) -> None:
        """Say that new passages were stored."""
        self._woken.set()

    async def run(self) -> None:
        """Work until cancelled; a fault is logged and tried again after a growing pause."""
        pause = FIRST_PAUSE
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                await self.drain()
                if self._then:
                    self._then()
                pause = FIRST_PAUSE
            except (ModelFault, StoreError) as fault:
                log.warning("embedding stopped, next try in %.0f s: %s", pause, fault)
                await self._rest(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                self._woken.set()

    async def drain(self, progress: Callable[[int], None] | None = None) -> None:
        """Embed until nothing is missing, telling `progress` how many were done so far.

        Raises `ModelFault` or `StoreError`.
        """
        done = 0
        while missing := await self._store.unembedded(self._embedder.name, BATCH):
            vectors = await self._embedder.passages([text for _, text in missing])
            ids = [passage for passage, _ in missing]
            await self._store.embed(self._embedder.name, list(zip(ids, vectors, strict=True)))
            done += len(missing)
            if progress:
                progress(done)

    async def _rest(self, seconds: float) -> None:
        """Wait, but no longer than until something new is stored."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), seconds)
