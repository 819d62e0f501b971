"""What answers may cost: prices, and how many tokens a person and a chat have a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from handlers import phrases
from handlers.answering.meter import Meter
from handlers.messages import Request, Usage
from storage.asked import Spent
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Prices:
    """Money for a million tokens, sent and received, in whatever the operator is billed."""

    sent: float = 0.0
    received: float = 0.0

    def of(self, meter: Meter) -> float:
        """Give what a meter comes to, in the money of the prices."""
        return (meter.sent * self.sent + meter.received * self.received) / 1_000_000


class Budget:
    """Says when a person or a chat has used up a day's tokens; a day begins at midnight UTC.

    `person` and `chat` are tokens a day, 0 for no limit. An answer under way is finished.
    """

    def __init__(
        self,
        store: Store,
        prices: Prices | None = None,
        *,
        person: int = 0,
        chat: int = 0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.prices = prices or Prices()
        self._store = store
        self._person = person
        self._chat = chat
        self._clock = clock

    async def refusal(self, request: Request) -> str:
        """Give the sentence that says why no model writes the answer; empty where one may."""
        since = self._today()
        if self._person:
            spent = await self._store.spent(since, person=request.person.id)
            if spent.sent + spent.received >= self._person:
                return phrases.BUDGET_OF_PERSON
        if self._chat:
            spent = await self._store.spent(since, place=request.place.id)
            if spent.sent + spent.received >= self._chat:
                return phrases.BUDGET_OF_CHAT
        return ""

    async def today(self) -> Spent:
        """Give what all answers of today came to."""
        return await self._store.spent(self._today())

    def usage(self, meter: Meter) -> Usage | None:
        """Give what an answer came to; nothing where no model was asked."""
        if not meter.used:
            return None
        return Usage(meter.sent, meter.received, meter.estimated, self.prices.of(meter))

    def _today(self) -> str:
        return self._clock().date().isoformat()
