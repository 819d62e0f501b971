"""What a test makes go wrong, and the flood limits of the platform."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.fakes.telegram.errors import ApiError, too_many
from tests.fakes.telegram.world import Chat, now

What = Literal["answer", "hang", "drop", "lose"]


@dataclass
class Fault:
    """The next `times` calls of a method fail, all of them when it is None."""

    method: str
    what: What
    times: int | None = 1
    chat: int | None = None
    error: ApiError | None = None
    raw: tuple[int, bytes] | None = None

    def fits(self, method: str, chat: str) -> bool:
        here = self.chat is None or str(self.chat) == chat
        return here and self.times != 0 and self.method.lower() in {method.lower(), "*"}


class Faults(list[Fault]):
    """Faults in the order in which they were asked for."""

    def take(self, method: str, chat: str) -> Fault | None:
        for fault in self:
            if fault.fits(method, chat):
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None


def error(status: int, description: str, retry_after: int, **parameters: Any) -> ApiError:
    """Give the error of an injected fault, worded as Telegram does where nothing is said."""
    if status == 429:
        made = too_many(retry_after or 1)
        made.description = description or made.description
        return made
    usual = {500: "Internal Server Error", 403: "Forbidden: bot was blocked by the user"}
    return ApiError(status, description or usual.get(status, "Bad Request: no"), **parameters)


@dataclass
class Flood:
    """Limits as published, off by default; each can be set. `window` is a group's minute."""

    strict: bool = False
    private_gap: float = 1.0
    private_counts_edits: bool = False
    group_most: int = 20
    window: float = 60.0
    most_a_second: int = 30
    refused: int = 0
    _seen: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def spend(self, chat: Chat, *, edit: bool = False) -> None:
        """Count a message or edit, or refuse it with 429."""
        if not self.strict:
            return
        limits = [("all", self.most_a_second, 1.0)]
        if chat.group:
            limits.append((str(chat.id), self.group_most, self.window))
        elif not edit or self.private_counts_edits:
            limits.append((str(chat.id), 1, self.private_gap))
        wait = max(self._wait(*limit) for limit in limits)
        if wait > 0:
            self.refused += 1
            raise too_many(max(1, math.ceil(wait)))
        for key, _, _ in limits:
            self._seen[key].append(now())

    def _wait(self, key: str, most: int, window: float) -> float:
        seen = self._seen[key]
        while seen and seen[0] <= now() - window:
            seen.popleft()
        return seen[-most] + window - now() if len(seen) >= most else 0.0
