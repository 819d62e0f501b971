"""What a site's robots.txt lets us fetch (RFC 9309)."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from protego import Protego

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.addresses import Target

MOST_BYTES = 500 * 1024
KEPT = 24 * 3600.0  # seconds; no longer, says RFC 9309
KEPT_FAILED = 60.0  # seconds until a site whose robots.txt failed is asked again
MOST_SITES = 500
MOST_HELD = (
    2 * 1024 * 1024
)  # bytes of all files together; rules of one star each take 33 times that

Ask = Callable[[Target], Awaitable[tuple[int, bytes]]]


@dataclass(slots=True)
class _Site:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    until: float = 0.0  # seconds, of the monotonic clock
    rules: Protego | None = None  # without rules nothing may be fetched
    size: int = 0  # bytes of the file


class Robots:
    """Remembers the rules of the sites that were asked, for a day; `agent` is a product token."""

    def __init__(self, agent: str) -> None:
        self._agent = agent
        self._sites: OrderedDict[tuple[str, str, int], _Site] = OrderedDict()

    async def check(self, wanted: Target, ask: Ask) -> None:
        """Raise `Refused` where the site does not let us fetch this.

        `ask` gives status and body of a robots.txt; what it raises goes through.
        """
        site = self._sites.setdefault(wanted.origin, _Site())
        self._sites.move_to_end(wanted.origin)
        async with site.lock:
            if time.monotonic() >= site.until:
                status, body = await ask(Target(*wanted.origin, "/robots.txt"))
                site.rules = await asyncio.to_thread(_rules, status, body)
                site.size = len(body)
                site.until = time.monotonic() + (KEPT if site.rules else KEPT_FAILED)
        self._forget_oldest()
        # in a thread: 500 KiB of rules against a long link take 0.4 s
        if site.rules is None or not await asyncio.to_thread(
            site.rules.can_fetch, wanted.url, self._agent
        ):
            raise Refused(Code.ROBOTS, phrases.ROBOTS)

    @property
    def held(self) -> tuple[int, int]:
        """How many sites are remembered, and how many bytes their files had."""
        return len(self._sites), sum(site.size for site in self._sites.values())

    def _forget_oldest(self) -> None:
        sites, size = self.held
        while sites > MOST_SITES or size > MOST_HELD:
            _, oldest = self._sites.popitem(last=False)
            sites, size = sites - 1, size - oldest.size


def _rules(status: int, body: bytes) -> Protego | None:
    if status >= 500:
        return None
    text = body[:MOST_BYTES].decode("utf-8", "replace") if status < 300 else ""
    return Protego.parse(text.removeprefix("\ufeff"))
