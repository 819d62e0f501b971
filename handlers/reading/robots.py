"""What a site's robots.txt lets us fetch (RFC 9309)."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from protego import Protego

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.addresses import Target

MOST_BYTES = 500 * 1024
KEPT = 24 * 3600.0  # seconds
MOST_SITES = 500

Ask = Callable[[Target], Awaitable[tuple[int, bytes]]]


class Robots:
    """Remembers the rules of the sites that were asked, for a day."""

    def __init__(self, agent: str, ask: Ask) -> None:
        self._agent = agent
        self._ask = ask
        self._known: OrderedDict[tuple[str, str, int], tuple[float, Protego | None]] = OrderedDict()

    async def check(self, wanted: Target) -> None:
        """Raise `Refused` where the site does not let us fetch this."""
        rules = await self._rules(wanted)
        if rules is None or not rules.can_fetch(wanted.url, self._agent):
            raise Refused(Code.ROBOTS, phrases.ROBOTS)

    async def _rules(self, wanted: Target) -> Protego | None:
        known = self._known.get(wanted.origin)
        if known and time.monotonic() - known[0] < KEPT:
            return known[1]
        status, body = await self._ask(Target(*wanted.origin, "/robots.txt"))
        rules: Protego | None = None
        if status < 500:
            text = body[:MOST_BYTES].decode("utf-8", "replace") if status < 300 else ""
            rules = Protego.parse(text)
        self._known[wanted.origin] = (time.monotonic(), rules)
        while len(self._known) > MOST_SITES:
            self._known.popitem(last=False)
        return rules
