"""Dials only addresses that it has checked: the network side of the fetcher."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from typing import Any

import httpcore2
import httpx2

from handlers.reading.addresses import is_literal, public

_NO_SUCH_NAME = {
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)
}
Resolver = Callable[[str, int], Awaitable[list[str]]]
Dial = Callable[[str, int, float | None], Awaitable[httpcore2.AsyncNetworkStream]]


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system for all addresses of a name; none where there is no such name.

    Raises `OSError` where nobody could be asked.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as fault:
        if fault.errno not in _NO_SUCH_NAME:
            raise
        return []
    except UnicodeError:
        return []
    return list(dict.fromkeys(str(each[4][0]) for each in found))


async def dial(address: str, port: int, seconds: float | None) -> httpcore2.AsyncNetworkStream:
    """Connect to an address."""
    return await httpcore2.AnyIOBackend().connect_tcp(address, port, seconds)


class CheckedBackend(httpcore2.AsyncNetworkBackend):
    """Resolves a name once, checks every answer, and dials one of those, never the name."""

    def __init__(self, resolver: Resolver, dialler: Dial) -> None:
        self._resolve = resolver
        self._dial = dialler

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        addresses = public([host] if is_literal(host) else await self._resolve(host, port))
        for address in addresses[:-1]:
            try:
                return await self._dial(address, port, timeout)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self._dial(addresses[-1], port, timeout)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Body(httpx2.AsyncByteStream):
    def __init__(self, stream: AsyncIterable[bytes]) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        if hasattr(self._stream, "aclose"):
            await self._stream.aclose()


class CheckedTransport(httpx2.AsyncBaseTransport):
    """Sends requests through a pool whose every connection a `CheckedBackend` makes."""

    def __init__(self, resolver: Resolver, dialler: Dial, tls: ssl.SSLContext | None) -> None:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls or httpcore2.default_ssl_context(),
            network_backend=CheckedBackend(resolver, dialler),
            max_connections=None,
            max_keepalive_connections=0,  # each request resolves and checks anew
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = await self._pool.handle_async_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        if not isinstance(answer.stream, AsyncIterable):
            raise TypeError("the pool gave a stream that is not asynchronous")
        return httpx2.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer.stream),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        await self._pool.aclose()
