"""How often one person may ask."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable

WINDOW = 60.0  # seconds


class Pace:
    """Allows each person `limit` calls in any minute; forgets those who have been quiet."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}
        self._told: set[str] = set()

    def wait(self, person: str) -> int:
        """Count one call; give 0, or the whole seconds to wait where it is one too many."""
        now = self._clock()
        self._forget(now)
        calls = self._calls.setdefault(person, deque())
        if len(calls) >= self._limit:
            return max(1, math.ceil(calls[0] + WINDOW - now))
        calls.append(now)
        self._told.discard(person)
        return 0

    def told(self, person: str) -> bool:
        """Note that a person is told to wait; true where they were told since their last call."""
        known = person in self._told
        self._told.add(person)
        return known

    def _forget(self, now: float) -> None:
        for person, calls in list(self._calls.items()):
            while calls and calls[0] <= now - WINDOW:
                calls.popleft()
            if not calls:
                del self._calls[person]
                self._told.discard(person)
