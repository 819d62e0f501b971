"""One request at a time of each host, with a pause between them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

MOST_HOSTS = 1_000  # remembered; from there on the idle ones are forgotten


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    in_line: int = 0
    free_at: float = 0.0  # seconds, of the monotonic clock


class Turns:
    """Lets in who asks a host in the order of their coming; `gap` is in seconds."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def of(self, name: str) -> AsyncIterator[None]:
        """Wait until nobody else asks this host and the pause since the last one is over."""
        host = self._hosts.setdefault(name, _Host())
        host.in_line += 1
        try:
            async with host.lock:
                await asyncio.sleep(max(0.0, host.free_at - time.monotonic()))
                try:
                    yield
                finally:
                    host.free_at = time.monotonic() + self._gap
        finally:
            host.in_line -= 1
            self._forget_idle()

    def __len__(self) -> int:
        """How many hosts are remembered."""
        return len(self._hosts)

    def _forget_idle(self) -> None:
        if len(self._hosts) > MOST_HOSTS:
            now = time.monotonic()
            self._hosts = {
                name: host
                for name, host in self._hosts.items()
                if host.in_line or host.free_at > now
            }
