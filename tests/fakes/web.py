"""A web of sites on one loopback port, each page scripted; it remembers who was asked for what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpcore2

from handlers.reading.dial import dial


@dataclass(frozen=True)
class Answer:
    """What a site says; `gap` waits before each further piece of the body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})
    pieces: int = 1
    gap: float = 0.0
    raw: bytes | None = None


@dataclass
class Web:
    """Sites by `scheme://host/path`; what is not there is a 404. `names` are its DNS answers."""

    pages: dict[str, Answer]
    names: dict[str, list[list[str]]]
    port: int = 0
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)

    async def resolve(self, host: str, _port: int) -> list[str]:
        """Give a name's answers in their order, the last one for ever."""
        self.resolved.append(host)
        answers = self.names.get(host, [[]])
        return answers[min(self.resolved.count(host), len(answers)) - 1]

    async def dial(
        self, address: str, _port: int, seconds: float | None
    ) -> httpcore2.AsyncNetworkStream:
        self.dialled.append(address)
        return await dial("127.0.0.1", self.port, seconds)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            begun = await reader.readexactly(1)
            if begun == b"\x16":  # a TLS greeting, which nobody here speaks
                return
            rest = await reader.readuntil(b"\r\n\r\n")
            first, *lines = (begun + rest).decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines if line)
            path = first.split()[1]
            self.asked.append(f"{headers['host']}{path}")
            self.headers.append(headers)
            answer = self.pages.get(f"{headers['host']}{path}", Answer(b"no", 404))
            await _say(writer, answer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _say(writer: asyncio.StreamWriter, answer: Answer) -> None:
    if answer.raw is not None:
        writer.write(answer.raw)
    else:
        head = {"Content-Length": str(len(answer.body)), "Connection": "close", **answer.headers}
        lines = [f"HTTP/1.1 {answer.status} Said", *(f"{k}: {v}" for k, v in head.items())]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace"))
    size = max(1, len(answer.body) // answer.pieces)
    for at in range(0, len(answer.body), size):
        await asyncio.sleep(answer.gap)
        writer.write(answer.body[at : at + size])
        await writer.drain()


@asynccontextmanager
async def web(
    pages: dict[str, Answer], names: dict[str, list[list[str]]] | None = None
) -> AsyncIterator[Web]:
    """Serve sites; a name is public unless `names` says otherwise."""
    hosts = {page.split("/", 1)[0] for page in pages}
    made = Web(pages, {host: [["93.184.215.14"]] for host in hosts} | (names or {}))
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        await server.wait_closed()
