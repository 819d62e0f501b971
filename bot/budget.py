"""How often a platform lets itself be called: sliding windows, each shared by all who call."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
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

    def spare(self, *others: Budget, keep: int = 0) -> bool:
        """Count a call that may be left out, where `keep` more stay free; false where they don't.

        A window for a single call keeps nothing back, nor do `others`, which must allow it too.
        """
        now = self._clock()
        if any(each.free(now) <= (keep if each.most > 1 else 0) for each in self._windows):
            return False
        if any(each.wait() for each in others):
            return False
        for each in (self, *others):
            each._count(now)
        return True

    @asynccontextmanager
    async def turn(self, *others: Budget) -> AsyncIterator[None]:
        """Wait until a call is allowed, by `others` too, and let it be made in the context.

        One after the other, whoever came first goes first. A call counts from its end on: nobody
        knows before when it arrived at the platform.
        """
        budgets = (self, *others)
        async with self._turn:
            await _until_free(budgets)
            began = self._clock()
            for each in budgets:
                each._count(began)
            try:
                yield
            finally:
                for each in budgets:
                    each._put_off(began, self._clock())

    @property
    def idle(self) -> bool:
        """Whether no call counts any more, and none waits."""
        now = self._clock()
        return not self._turn.locked() and all(
            each.free(now) == each.most for each in self._windows
        )

    def wait(self) -> float:
        """Give the seconds until one more call is allowed."""
        now = self._clock()
        return max(each.wait(now) for each in self._windows)

    def _count(self, now: float) -> None:
        for window in self._windows:
            window.calls.append(now)

    def _put_off(self, began: float, now: float) -> None:
        for window in self._windows:
            with suppress(ValueError):  # it may have taken longer than the window
                window.calls.remove(began)
            window.calls.append(now)


async def _until_free(budgets: Sequence[Budget]) -> None:
    """Wait until all allow a call at the same time; another chat may be quicker meanwhile."""
    while wait := max(each.wait() for each in budgets):  # noqa: ASYNC110 - a known moment
        await asyncio.sleep(wait)
