"""Wakes everybody who waits for something to happen in the fake world."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Rung after each change; nobody polls."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    async def wait(self) -> None:
        """Return at the next ring."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)

    async def until(self, look: Callable[[], T], seconds: float) -> T | None:
        """Give the first true thing that `look` sees, or what it sees last (a false one)."""
        try:
            async with asyncio.timeout(seconds):
                while not (seen := look()):
                    await self.wait()
                return seen
        except TimeoutError:
            return look()
