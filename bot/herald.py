"""Tells on one platform what the outbox has for it, each in its place, none waiting for another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.clerk import Undeliverable, Unreached
from handlers.closing import closing
from handlers.outbox import Announcement, Outbox

AT_ONCE = 4  # being told at a time

log = logging.getLogger(__name__)

Tell = Callable[[Announcement], Awaitable[None]]


class Herald:
    """Pulls announcements until closed. `tell` may raise `Undeliverable`."""

    def __init__(self, outbox: Outbox, platform: str, tell: Tell) -> None:
        self._outbox = outbox
        self._platform = platform
        self._tell = tell
        self._room = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._pulling: asyncio.Task[None] | None = None
        self._closed = False

    def begin(self) -> None:
        """Begin to tell, if that was not begun already, or closed."""
        if self._pulling is None and not self._closed:
            self._pulling = self._spawn(self._pull())

    async def close(self) -> None:
        """Stop; what was not told is told at the next start."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _pull(self) -> None:
        async with closing(self._outbox.pull(self._platform)) as pulled:
            async for each in pulled:
                await self._room.acquire()
                self._spawn(self._one(each))

    async def _one(self, announcement: Announcement) -> None:
        try:
            await self._tell(announcement)
        except Unreached as why:
            log.warning("%s; what is to be told is tried again", why)
            self._outbox.later(announcement)
            return
        except Undeliverable as why:
            log.info("could not tell something in %s: %s", announcement.place.id, why)
        finally:
            self._room.release()
        await self._outbox.told(announcement)

    def _spawn(self, work: Awaitable[None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            log.error("an announcement broke off; it is told at the next start", exc_info=fault)
