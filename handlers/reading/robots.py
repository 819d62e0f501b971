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

Ask = Callable[[Target], Awaitable[tuple[int, bytes]]]


@dataclass(slots=True)
class _Site:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    until: float = 0.0  # seconds, of the monotonic clock
    rules: Protego | None = None  # without rules nothing may be fetched


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
        if len(self._sites) > MOST_SITES:
            self._sites.popitem(last=False)
        async with site.lock:
            if time.monotonic() >= site.until:
                status, body = await ask(Target(*wanted.origin, "/robots.txt"))
                site.rules = await asyncio.to_thread(_rules, status, body)
                site.until = time.monotonic() + (KEPT if site.rules else KEPT_FAILED)
        if site.rules is None or not site.rules.can_fetch(wanted.url, self._agent):
            raise Refused(Code.ROBOTS, phrases.ROBOTS)


def _rules(status: int, body: bytes) -> Protego | None:
    if status >= 500:
        return None
    text = body[:MOST_BYTES].decode("utf-8", "replace") if status < 300 else ""
    return Protego.parse(text.removeprefix("\ufeff"))
