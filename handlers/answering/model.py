"""A model that writes: its answers without their reasoning, within every limit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from handlers.answering.breaker import Breaker
from handlers.answering.completion import piece, usage
from handlers.answering.endpoint import Endpoint, Limits, Message
from handlers.answering.meter import Meter
from handlers.answering.reasoning import ReasoningFilter
from handlers.errors import ModelFault


class Model:
    """A model at an endpoint. Every fault of it is a `ModelFault` with a few words why.

    `base_url` of `None` is OpenAI's own; an endpoint without a key takes `None`.
    """

    def __init__(
        self,
        base_url: str | None,
        key: str | None,
        name: str,
        limits: Limits | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self.name = name
        self.breaker = breaker or Breaker()
        self._limits = limits or Limits()
        self._endpoint = Endpoint(base_url, key, name, self._limits)

    async def stream(
        self, messages: Sequence[Message], meter: Meter | None = None
    ) -> AsyncGenerator[str]:
        """Yield the answer in pieces, without reasoning; ends only where the model ended.

        The tokens go to the meter, also where it ends early. Raises `ModelFault`, also after some
        pieces.
        """
        self.breaker.check()
        try:
            async with aclosing(self._answer(messages, meter or Meter())) as pieces:
                async for text in pieces:
                    yield text
        except ModelFault:
            self.breaker.failed()
            raise
        self.breaker.succeeded()

    async def embeddings(self, texts: Sequence[str]) -> list[list[float]]:
        """Give a vector for each text, in order, as the endpoint made them.

        Raises `ModelFault`.
        """
        self.breaker.check()
        try:
            found = await self._endpoint.embeddings(texts)
        except ModelFault:
            self.breaker.failed()
            raise
        self.breaker.succeeded()
        return found

    async def close(self) -> None:
        """Close the connections to the endpoint."""
        await self._endpoint.close()

    async def _answer(self, messages: Sequence[Message], meter: Meter) -> AsyncGenerator[str]:
        """Yield the answer without its reasoning, within every limit."""
        deadline = self._endpoint.deadline()
        thoughts = ReasoningFilter()
        length, received, told = 0, 0, None
        async with aclosing(await self._endpoint.chat(messages, deadline)) as chunks:
            try:
                while True:
                    chunk = await self._endpoint.following(chunks, deadline)
                    if chunk is None:
                        raise ModelFault("stops in mid-answer")
                    text, last = piece(chunk)
                    told = usage(chunk) or told
                    length += len(text)
                    received += len(text.encode("utf-8", "replace"))
                    if length > self._limits.length:
                        raise ModelFault("writes without an end")
                    if shown := thoughts.feed(text) + (thoughts.finish() if last else ""):
                        yield shown
                    if last:
                        told = told or await self._told(chunks, deadline)
                        return
            finally:
                if told:
                    meter.told(*told)
                else:
                    meter.guess([each["content"] for each in messages], received)

    async def _told(
        self, chunks: AsyncGenerator[object], deadline: float
    ) -> tuple[int, int] | None:
        """Wait a moment for what OpenAI sends behind an answer's end: how many tokens it took."""
        end = min(deadline, asyncio.get_running_loop().time() + self._limits.tail)
        try:
            while (chunk := await self._endpoint.following(chunks, end)) is not None:
                if told := usage(chunk):
                    return told
        except ModelFault:
            pass
        return None
