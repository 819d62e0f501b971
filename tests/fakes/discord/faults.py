"""Faults for the next calls of a route: limits, errors, silence, a broken line."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass
class Fault:
    """What happens to the next `times` calls of a route, given as `METHOD /path/{with}/{names}`.

    A `status` of 429 tells to wait `retry_after` seconds, for all routes if `everywhere`; as
    `cloudflare` it is a page without the header that marks Discord's own. `hang` says nothing until
    the client gives up, `drop` breaks the line; with `after` the call takes effect all the same.
    """

    route: str
    times: int = 1
    status: int = 0
    retry_after: float = 0.2
    everywhere: bool = False
    cloudflare: bool = False
    hang: bool = False
    drop: bool = False
    after: bool = False
    hits: int = 0

    def hit(self, route: str) -> bool:
        if self.hits >= self.times or not fnmatchcase(route, self.route.replace("[", "[[]")):
            return False
        self.hits += 1
        return True


@dataclass
class Bucket:
    """A limit of `calls` in `seconds`, for a route in one channel."""

    calls: int
    seconds: float
    left: int = 0
    ends: float = 0.0

    def take(self, now: float) -> float:
        """Take one; give how long to wait where none is left."""
        if now >= self.ends:
            self.left, self.ends = self.calls, now + self.seconds
        if self.left == 0:
            return self.ends - now
        self.left -= 1
        return 0.0
