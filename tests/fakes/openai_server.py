"""An OpenAI-compatible endpoint on loopback that says and breaks what a test scripts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Script = Callable[[asyncio.StreamWriter], Awaitable[None]]
FOREVER = 3600.0


@dataclass
class OpenAIServer:
    """Plays its scripts, one for each request, the last one for ever."""

    scripts: list[Script]
    base_url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        try:
            await self._read(reader)
            script = self.scripts[min(len(self.requests), len(self.scripts)) - 1]
            await script(writer)
        except (ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines if line)
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.paths.append(first.split()[1])
        self.headers.append(headers)
        self.requests.append(json.loads(body or b"{}"))


@asynccontextmanager
async def openai_server(*scripts: Script) -> AsyncIterator[OpenAIServer]:
    """Serve scripts on a free port of 127.0.0.1."""
    fake = OpenAIServer(list(scripts))
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
    fake.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield fake
    finally:
        server.close()
        await fake.stop()
        await server.wait_closed()


def head(status: int = 200, kind: str = "text/event-stream", **extra: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Said", f"Content-Type: {kind}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in extra.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def chunk(content: Any = None, finish: str | None = None, **delta: Any) -> bytes:
    """One event of a stream."""
    choice = {"index": 0, "delta": {"content": content, **delta}, "finish_reason": finish}
    return event({"id": "c", "object": "chat.completion.chunk", "choices": [choice]})


def event(data: Any) -> bytes:
    return b"data: " + json.dumps(data).encode() + b"\n\n"


def says(*pieces: str, finish: str | None = "stop") -> Script:
    """Stream an answer in pieces, as a good endpoint does."""
    return sends(head(), *map(chunk, pieces), chunk(None, finish), b"data: [DONE]\n\n")


def sends(*parts: bytes, then: float = 0.0, gap: float = 0.0) -> Script:
    """Send raw bytes; wait `gap` seconds before each part but the first, and `then` at the end."""

    async def play(writer: asyncio.StreamWriter) -> None:
        for place, part in enumerate(parts):
            await asyncio.sleep(gap if place else 0)
            writer.write(part)
            await writer.drain()
        await asyncio.sleep(then)

    return play


def drips(data: bytes, gap: float) -> Script:
    """Send one byte at a time."""
    return sends(*(bytes([byte]) for byte in data), gap=gap)


def refuses(status: int, body: str = '{"error": {"message": "no"}}', **extra: str) -> Script:
    return sends(head(status, "application/json", **extra) + body.encode())


def answers_json(body: Any, kind: str = "application/json") -> Script:
    text = body if isinstance(body, str) else json.dumps(body)
    return sends(head(200, kind) + text.encode())


def completion(content: Any, finish: str | None = "stop", **message: Any) -> dict[str, Any]:
    """A whole completion, as an endpoint that cannot stream sends it."""
    said = {"role": "assistant", "content": content, **message}
    return {"choices": [{"index": 0, "message": said, "finish_reason": finish}]}


def resets(*parts: bytes) -> Script:
    """Send some bytes, then break the connection off."""

    async def play(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
        await writer.drain()
        writer.transport.abort()

    return play


def silent() -> Script:
    return sends(b"", then=FOREVER)
