"""The fake's clock, which a test can move, and the ids that are made from it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

EPOCH = 1_420_070_400_000  # Discord's ids count milliseconds from the start of 2015


@dataclass
class Clock:
    """Real time plus what the test moved it by, in seconds."""

    moved: float = 0.0
    _steps: count[int] = field(default_factory=count)

    def now(self) -> float:
        return time.time() + self.moved

    def stamp(self, at: float | None = None) -> str:
        """A moment as Discord writes it."""
        moment = datetime.fromtimestamp(self.now() if at is None else at, UTC)
        return moment.isoformat(timespec="microseconds")

    def made(self, id_: int) -> float:
        """When an id was made, in seconds."""
        return ((id_ >> 22) + EPOCH) / 1000

    def id(self) -> int:
        """A snowflake: later ids are greater, and two are never equal."""
        step = next(self._steps)
        return ((int(self.now() * 1000) - EPOCH) << 22) + step
