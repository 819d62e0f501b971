"""Waiting for something to become true, woken by each change instead of looking again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Pulse:
    """Beats when anything changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)

    async def until(self, look: Callable[[], T | None], seconds: float) -> T | None:
        """Give what `look` finds as soon as it finds something, or what it gives at the end."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not (found := look()) and loop.time() < end:
            waiting = loop.create_future()
            self._waiting.add(waiting)
            try:
                await asyncio.wait({waiting}, timeout=end - loop.time())
            finally:
                self._waiting.discard(waiting)
        return found
