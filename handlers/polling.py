"""The background work that reads feeds again, each when it is due."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable
from contextlib import suppress

from handlers import phrases
from handlers.embedding import Worker
from handlers.errors import NotAllowed, Refused
from handlers.gathering import Taken
from handlers.reading.read import Reader
from handlers.visits import Polled, Visits
from storage.records import Status
from storage.store import Store, StoreError

GAP = 2.0  # seconds between two feeds, so that those that are overdue at start do not rush
SELDOM = 60.0  # seconds; another process may subscribe without a word to this one
NAMED = 5  # new articles that are named to those who want to hear of them

log = logging.getLogger(__name__)


class Poller(Visits):
    """Reads every feed when it is due, one after the other, `gap` seconds apart."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        worker: Worker | None,
        *,
        found: Callable[[], None] | None = None,
        clock: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
        gap: float = GAP,
    ) -> None:
        super().__init__(store, reader, worker, found=found, clock=clock, chance=chance)
        self._gap = gap
        self._woken = asyncio.Event()

    def poke(self) -> None:
        """Say that feeds have changed."""
        self._woken.set()

    async def run(self) -> None:
        """Work until cancelled; what fails is tried again."""
        while True:
            self._woken.clear()
            try:
                await self.step()
                due = await self._store.next_due()
            except StoreError as fault:
                log.warning("could not look at the feeds: %s", fault)
                due = None
            wait = SELDOM if due is None else min(max(due - self._clock(), 1.0), SELDOM)
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._woken.wait()

    async def step(self) -> None:
        """Read every feed that is due, one after the other. Raises `StoreError`."""
        for feed in await self._store.due_feeds(self._clock()):
            try:
                async for step in self.poll(feed):
                    if isinstance(step, Polled) and step.feed.loud:
                        await self._announce(step)
            except (Refused, NotAllowed) as why:
                log.info("feed %d: %s", feed.id, why)
            await asyncio.sleep(self._gap)

    async def _announce(self, polled: Polled) -> None:
        """Tell the place of a feed of what is new in it, if anything."""
        titles = [
            each.article.title
            for result in polled.results
            if isinstance(result, Taken)
            for each in result.receipt.articles
            if each.status == Status.STORED
        ]
        if titles:
            named, title = titles[:NAMED], polled.feed.title
            said = phrases.feed_news(title, named, len(titles) - len(named))
            await self._told(polled.feed, said)
