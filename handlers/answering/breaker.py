"""A circuit breaker: lets a broken endpoint rest instead of making everybody wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable

from handlers.errors import ModelFault

FAULTS = 5  # in a row, until calls stop
REST = 30.0  # seconds until one call may try again


class Breaker:
    """Counts faults in a row; open, it refuses calls but for one probe after each rest.

    `rest` is in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, rest: float = REST) -> None:
        self._clock = clock
        self._rest = rest
        self._faults = 0
        self._rests_until = 0.0

    @property
    def open(self) -> bool:
        """Whether calls are refused or probed just now."""
        return self._faults >= FAULTS

    @property
    def faults(self) -> int:
        """How many calls in a row have failed."""
        return self._faults

    @property
    def rest(self) -> float:
        """Seconds until a call may try again; 0 where one may now."""
        return max(0.0, self._rests_until - self._clock()) if self.open else 0.0

    def check(self) -> None:
        """Let a call through, or raise `ModelFault`. The call after a rest is the only probe."""
        if not self.open:
            return
        now = self._clock()
        if now < self._rests_until:
            raise ModelFault(f"resting after {self._faults} faults in a row")
        self._rests_until = now + self._rest

    def failed(self) -> None:
        """Count a call that failed; enough of them in a row, and calls rest."""
        self._faults += 1
        self._rests_until = self._clock() + self._rest

    def succeeded(self) -> None:
        """Note that a call went well: the faults before it count no more."""
        self._faults = 0
