"""Fetches a public page, within bounds."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urljoin

import httpcore2
import httpx2

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.addresses import Target, target
from handlers.reading.dial import CheckedTransport, Dial, Resolver, dial, resolve
from handlers.reading.loopback import loopback
from handlers.reading.robots import MOST_BYTES as MOST_ROBOTS
from handlers.reading.robots import Robots

AGENT = "FootnoteBot/0.1 (reads articles that people share; obeys robots.txt)"
MIB = 1024 * 1024
HOPS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WALLS = frozenset({401, 402, 403, 407, 451})


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a fetch may take, in seconds, how large a page may be, in bytes as inflated."""

    total: float = 20.0
    connect: float = 5.0
    silence: float = 10.0
    gap: float = 1.0
    html: int = 5 * MIB
    other: int = 20 * MIB


@dataclass(frozen=True, slots=True)
class Page:
    """What a link gave. `url` is where it was found in the end; a 304 has no body."""

    url: str
    status: int
    body: bytes
    content_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None


class Fetcher:
    """Asks for pages: one at a time of each host, only public addresses, only what robots allow.

    Every failure is a `Refused` with its code and a sentence.
    """

    def __init__(
        self,
        resolver: Resolver = resolve,
        dialler: Dial = dial,
        tls: ssl.SSLContext | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self._bounds = bounds or Bounds()
        self._network = (resolver, dialler, tls)
        self._held: httpx2.AsyncClient | None = None
        self._robots = Robots(AGENT, self._ask_robots)
        self._turns: dict[str, asyncio.Lock] = {}
        self._last: dict[str, float] = {}

    async def fetch(self, link: str, etag: str | None = None, modified: str | None = None) -> Page:
        """Give the page behind a link, or a 304 where it is still what it was."""
        since = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in since.items() if value}
        wanted = target(link)
        try:
            async with asyncio.timeout(self._bounds.total):
                return await self._follow(wanted, headers)
        except (TimeoutError, httpx2.TimeoutException, httpcore2.TimeoutException) as fault:
            raise Refused(Code.TIMEOUT, phrases.too_slow(wanted.host)) from fault
        except (
            httpx2.HTTPError,
            httpcore2.NetworkError,
            httpcore2.ProtocolError,
            OSError,
        ) as fault:
            raise Refused(Code.UNREACHABLE, phrases.unreachable(wanted.host)) from fault

    async def close(self) -> None:
        if self._held is not None:
            await self._held.aclose()
            self._held = None

    async def _follow(self, wanted: Target, headers: dict[str, str]) -> Page:
        for _ in range(HOPS + 1):
            await self._robots.check(wanted)
            async with self._turn(wanted.host):
                page, onward = await self._get(wanted, headers, None)
            if onward is None:
                return _usable(page)
            wanted = onward
        raise Refused(Code.UNREACHABLE, phrases.TOO_MANY_REDIRECTS)

    async def _ask_robots(self, wanted: Target) -> tuple[int, bytes]:
        for _ in range(HOPS + 1):
            page, onward = await self._get(wanted, {}, MOST_ROBOTS)
            if onward is None:
                return page.status, page.body
            wanted = onward
        return 404, b""  # RFC 9309: after five redirects, as if there were none

    async def _get(
        self, wanted: Target, headers: dict[str, str], cut: int | None
    ) -> tuple[Page, Target | None]:
        """Make one request; `cut` ends a body there instead of refusing it as too large."""
        async with self._client().stream("GET", wanted.url, headers=headers) as answer:
            if answer.status_code in _REDIRECTS and "location" in answer.headers:
                return _page(wanted, answer, b""), _onward(wanted, answer.headers["location"])
            body = await self._body(answer, cut) if answer.status_code < 400 else b""
            return _page(wanted, answer, body), None

    async def _body(self, answer: httpx2.Response, cut: int | None) -> bytes:
        kind = answer.headers.get("content-type", "")
        most = cut or (self._bounds.html if "html" in kind else self._bounds.other)
        body = bytearray()
        async for piece in answer.aiter_bytes():
            body += piece
            if len(body) > most:
                if cut:
                    break
                raise Refused(Code.TOO_LARGE, phrases.too_large(most))
        return bytes(body[:most])

    @asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        """Wait until nobody else asks this host, and a moment has passed since it was asked."""
        async with self._turns.setdefault(host, asyncio.Lock()):
            since = time.monotonic() - self._last.get(host, -self._bounds.gap)
            await asyncio.sleep(max(0.0, self._bounds.gap - since))
            try:
                yield
            finally:
                self._last[host] = time.monotonic()
        self._forget_idle()

    def _forget_idle(self) -> None:
        if len(self._turns) > 1_000:
            idle = [host for host, turn in self._turns.items() if not turn.locked()]
            for host in idle:
                del self._turns[host]
                self._last.pop(host, None)

    def _client(self) -> httpx2.AsyncClient:
        if self._held is None:
            bounds = self._bounds
            self._held = httpx2.AsyncClient(
                transport=CheckedTransport(*self._network),
                headers={"User-Agent": AGENT, "Accept-Encoding": "gzip", "Accept": "*/*"},
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
                timeout=httpx2.Timeout(bounds.silence, connect=bounds.connect),
                follow_redirects=False,
                trust_env=False,
            )
        return self._held


def fetcher_from(seam: str | None) -> Fetcher:
    """Give a fetcher for the internet, or for the loopback server that a test has set."""
    if not seam:
        return Fetcher()
    resolver, dialler, tls = loopback(seam)
    return Fetcher(resolver, dialler, tls)


def _onward(wanted: Target, location: str) -> Target:
    """Read where a redirect leads, as strictly as the first link."""
    onward = target(location if "://" in location else _joined(wanted, location))
    if wanted.scheme == "https" and onward.scheme == "http":
        raise Refused(Code.FORBIDDEN, phrases.DOWNGRADE)
    return onward


def _joined(wanted: Target, location: str) -> str:
    if "\\" in location:
        raise Refused(Code.FORBIDDEN, phrases.BAD_LINK)
    return urljoin(wanted.url, location)


def _page(wanted: Target, answer: httpx2.Response, body: bytes) -> Page:
    headers = answer.headers
    return Page(
        url=wanted.url,
        status=answer.status_code,
        body=body,
        content_type=headers.get("content-type", ""),
        charset=answer.charset_encoding,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
    )


def _usable(page: Page) -> Page:
    """Give the page if it is one; raises `Refused` with what its status means otherwise."""
    if page.status in _WALLS:
        raise Refused(Code.WALL, phrases.WALL)
    if page.status == 429:
        raise Refused(Code.UNREACHABLE, phrases.TOO_OFTEN)
    if page.status in (404, 410):
        raise Refused(Code.UNREACHABLE, phrases.GONE)
    if page.status >= 300 and page.status != 304:
        raise Refused(Code.UNREACHABLE, phrases.bad_status(page.status))
    return page
