"""The one door to `openai`: an endpoint that speaks OpenAI's API, each call within its time."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypedDict, TypeVar

from handlers.answering.completion import vectors, whole
from handlers.answering.faults import PassingFault, RequestFault, fault_of
from handlers.errors import ModelFault

if TYPE_CHECKING:
    import openai

T = TypeVar("T")


class Message(TypedDict):
    """One message of a chat."""

    role: Literal["system", "user"]
    content: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait for an endpoint, in seconds, and for how much, in characters.

    `gap` is the longest silence, before the first word too; `tail` is for what may come behind the
    end. The SDK's own waits are of no use here: 600 s for a request, and for each read, so that a
    stream that drips never times out.
    """

    total: float = 25.0
    gap: float = 10.0
    tail: float = 0.5
    length: int = 8_000


class Endpoint:
    """Where a model is called. Every fault there is a `ModelFault` with a few words why.

    `base_url` of `None` is OpenAI's own; an endpoint without a key takes `None`.
    """

    def __init__(self, base_url: str | None, key: str | None, name: str, limits: Limits) -> None:
        self._limits = limits
        self._name = name
        self._base_url = base_url
        self._key = key
        self._client: openai.AsyncOpenAI | None = None
        self._says_usage = True

    def deadline(self) -> float:
        """Give the time of the loop until which an answer that begins now may take."""
        return asyncio.get_running_loop().time() + self._limits.total

    async def chat(self, messages: Sequence[Message], deadline: float) -> AsyncGenerator[object]:
        """Ask, and give the chunks of the answer: one, where an endpoint cannot stream.

        Raises `ModelFault`, as `following` does for each chunk.
        """
        try:
            raw = await self._asked(messages, deadline, usage_too=self._says_usage)
        except RequestFault:
            if not self._says_usage:
                raise
            raw = await self._asked(messages, deadline, usage_too=False)
            self._says_usage = False  # it was that which it does not know
        kind = raw.headers.get("content-type", "")
        if "html" in kind:
            await raw.http_response.aclose()
            raise ModelFault("answers with a page instead of a completion")
        return self._body(raw.http_response) if "json" in kind else _chunks(raw.parse())

    async def embeddings(self, texts: Sequence[str]) -> list[list[float]]:
        """Give a vector for each text, in order, as the endpoint made them; raises `ModelFault`."""
        deadline = self.deadline()
        client = await self._connected()
        answer = await self._retried(
            deadline,
            lambda: client.embeddings.create(
                model=self._name, input=[*texts], encoding_format="float"
            ),
        )
        return vectors(answer, len(texts))

    async def following(self, chunks: AsyncGenerator[object], deadline: float) -> object | None:
        """Give the next chunk of an answer, `None` at its end."""
        return await self._within(deadline, lambda: anext(chunks, None))

    async def close(self) -> None:
        """Close the connections, if any were opened."""
        if self._client:
            await self._client.close()

    async def _asked(self, messages: Sequence[Message], deadline: float, *, usage_too: bool) -> Any:
        client = await self._connected()
        more: dict[str, Any] = {"stream_options": {"include_usage": True}} if usage_too else {}
        return await self._retried(
            deadline,
            lambda: client.chat.completions.with_raw_response.create(
                model=self._name,
                messages=[*messages],  # type: ignore[list-item]
                stream=True,
                **more,
            ),
        )

    async def _body(self, response: Any) -> AsyncGenerator[object]:
        """Read a completion sent whole, of no more bytes than a long answer could fill."""
        body = bytearray()
        async with aclosing(response.aiter_bytes()) as pieces:
            async for part in pieces:
                body += part
                if len(body) > 16 * self._limits.length:
                    raise ModelFault("writes without an end")
        yield whole(bytes(body))

    async def _retried(self, deadline: float, call: Callable[[], Awaitable[T]]) -> T:
        """Call once, and once more where the fault may pass and time remains."""
        try:
            return await self._within(deadline, call)
        except PassingFault as fault:
            remaining = deadline - asyncio.get_running_loop().time()
            if fault.wait >= remaining:
                raise ModelFault(str(fault)) from None
            await asyncio.sleep(fault.wait)
        return await self._within(deadline, call)

    async def _within(self, deadline: float, call: Callable[[], Awaitable[T]]) -> T:
        """Await one answer of the endpoint: before the deadline, and before a gap gets too long."""
        now = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout_at(min(deadline, now + self._limits.gap)):
                return await call()
        except TimeoutError:
            raise ModelFault("does not answer in time") from None
        except _errors() as error:
            raise fault_of(error) from None

    async def _connected(self) -> openai.AsyncOpenAI:
        if self._client is None:
            # Heavy (0.28 s), so it stays out of start-up and off the event loop.
            sdk = await asyncio.to_thread(importlib.import_module, "openai")
            self._client = sdk.AsyncOpenAI(
                api_key=self._key or "none",
                base_url=self._base_url,
                timeout=self._limits.total,
                max_retries=0,
            )
        return self._client


async def _chunks(stream: Any) -> AsyncGenerator[object]:
    async with stream:
        async for chunk in stream:
            yield chunk


def _errors() -> tuple[type[Exception], ...]:
    """Name all that the SDK may raise; broken JSON and bytes come as `ValueError`."""
    import httpx2  # noqa: PLC0415 - heavy, loaded with the SDK
    import openai  # noqa: PLC0415 - heavy, loaded by now

    return (
        openai.OpenAIError,
        httpx2.HTTPError,
        httpx2.StreamError,
        httpx2.InvalidURL,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
        RecursionError,
    )
