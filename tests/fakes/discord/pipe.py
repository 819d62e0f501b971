"""One gateway socket's way out: a queue, written in order, compressed where the client asked."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiohttp import web


class Pipe:
    """What is put leaves in its order; `close` says why in a code."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self._socket = socket
        self._transport = request.transport
        self.ended = False  # by us: what code the client then says means nothing
        wanted = request.query.get("compress") == "zlib-stream"
        self._squeeze = zlib.compressobj() if wanted else None
        self._queue: asyncio.Queue[str | tuple[int, bytes]] = asyncio.Queue()

    def put(self, message: dict[str, Any]) -> None:
        self._queue.put_nowait(json.dumps({"s": None, "t": None, "d": None, **message}))

    def close(self, code: int, why: bytes = b"") -> None:
        self.ended = True
        self._queue.put_nowait((code, why))

    def cut(self) -> None:
        if self._transport:
            self._transport.abort()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Pipe]:
        writing = asyncio.create_task(self._write())
        try:
            yield self
        finally:
            if self.ended:
                await asyncio.wait({writing}, timeout=1)
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)

    async def _write(self) -> None:
        with suppress(ConnectionError):  # the reader notices that the client has gone
            while isinstance(message := await self._queue.get(), str):
                await self._send(message)
            code, why = message
            await self._socket.close(code=code, message=why)

    async def _send(self, message: str) -> None:
        if self._squeeze is None:
            await self._socket.send_str(message)
            return
        data = self._squeeze.compress(message.encode())
        await self._socket.send_bytes(data + self._squeeze.flush(zlib.Z_SYNC_FLUSH))
