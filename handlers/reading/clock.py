"""How long sites may keep us, all together, and what else can go wrong with them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import httpcore2
import httpx2

from handlers import phrases
from handlers.errors import Code, Refused


class Clock:
    """The seconds that a fetch may take; it runs only while a site is asked."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @asynccontextmanager
    async def running(self, host: str) -> AsyncIterator[None]:
        """Raise `Refused` where the seconds run out or the site cannot be asked."""
        began = time.monotonic()
        try:
            with _refusing(host):
                async with asyncio.timeout(self._left):
                    yield
        finally:
            self._left -= time.monotonic() - began


@contextmanager
def _refusing(host: str) -> Iterator[None]:
    """Turn what can go wrong between us and a site into a `Refused`."""
    try:
        yield
    except (TimeoutError, httpx2.TimeoutException, httpcore2.TimeoutException) as fault:
        raise Refused(Code.TIMEOUT, phrases.too_slow(host)) from fault
    except httpx2.InvalidURL as fault:
        raise Refused(Code.FORBIDDEN, phrases.BAD_LINK) from fault
    except (
        httpx2.HTTPError,
        httpcore2.NetworkError,
        httpcore2.ProtocolError,
        OSError,
    ) as fault:
        raise Refused(Code.UNREACHABLE, phrases.unreachable(host)) from fault
