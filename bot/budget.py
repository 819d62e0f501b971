"""How often a platform lets itself be called: sliding windows, each shared by all who call."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Window:
    most: int
    seconds: float
    calls: deque[float] = field(default_factory=deque)

    def free(self, now: float) -> int:
        while self.calls and self.calls[0] <= now - self.seconds:
            self.calls.popleft()
        return self.most - len(self.calls)

    def wait(self, now: float) -> float:
        """Give the seconds until one more call is allowed."""
        return 0.0 if self.free(now) > 0 else self.calls[0] + self.seconds - now


class Budget:
    """Allows at most `most` calls in any `seconds`, for each pair given."""

    def __init__(
        self, *limits: tuple[int, float], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._windows = [_Window(most, seconds) for most, seconds in limits]
        self._clock = clock
        self._turn = asyncio.Lock()

    def spare(self, keep: int = 0) -> bool:
        """Count a call that may be left out, where `keep` more stay free; false where they don't.

        A window for a single call keeps nothing back.
        """
        now = self._clock()
        if any(each.free(now) <= (keep if each.most > 1 else 0) for each in self._windows):
            return False
        self._count(now)
        return True

    async def take(self) -> None:
        """Wait until a call is allowed, and count it; whoever came first goes first."""
        async with self._turn:
            await asyncio.sleep(max(each.wait(self._clock()) for each in self._windows))
            self._count(self._clock())

    @property
    def idle(self) -> bool:
        """Whether no call counts any more."""
        now = self._clock()
        return all(each.free(now) == each.most for each in self._windows)

    def _count(self, now: float) -> None:
        for window in self._windows:
            window.calls.append(now)
