"""A model that stops in the middle of an answer until a test lets it go on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from tests.fakes.openai_server import chunk, head

FIRST = "They moved into the town because the woods around it were cut down in 1965 [1]."
SECOND = " People leave food for them at the gate of the temple in the evening [1]."


@dataclass
class Slow:
    """A script for the fake endpoint. `begun` counts the answers that were begun."""

    on: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def __call__(self, writer: asyncio.StreamWriter) -> None:
        writer.write(head() + chunk(FIRST) + chunk(SECOND[:5]))
        await writer.drain()
        self.begun.release()
        await self.on.wait()
        writer.write(chunk(SECOND[5:]) + chunk(None, "stop") + b"data: [DONE]\n\n")
        await writer.drain()
