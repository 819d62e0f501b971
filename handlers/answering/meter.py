"""Counts the tokens of a model's answers: as the endpoint says, or estimated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BYTES_A_TOKEN = 4  # of UTF-8: near the truth for English, a little high for Russian or Chinese


@dataclass(slots=True)
class Meter:
    """What was used so far; `estimated` means that the endpoint did not say it all."""

    sent: int = 0
    received: int = 0
    estimated: bool = False

    @property
    def used(self) -> bool:
        """Whether a model was asked at all."""
        return bool(self.sent or self.received)

    def told(self, sent: int, received: int) -> None:
        """Add what an endpoint says of one call."""
        self.sent += sent
        self.received += received

    def guess(self, sent: Iterable[str], received: int) -> None:
        """Add one call by its texts: those sent, and the bytes of what came back."""
        self.sent += -(-sum(len(text.encode("utf-8", "replace")) for text in sent) // BYTES_A_TOKEN)
        self.received += -(-received // BYTES_A_TOKEN)
        self.estimated = True
