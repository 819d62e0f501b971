"""Fetches a public page, within bounds."""

from __future__ import annotations

import ssl
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx2

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.addresses import Target, target
from handlers.reading.answers import (
    FOR_GOOD,
    REDIRECTS,
    check_status,
    encoding,
    fresh_for,
    onward,
)
from handlers.reading.clock import Clock
from handlers.reading.dial import CheckedTransport, Dial, Resolver, dial, resolve
from handlers.reading.inflate import inflated
from handlers.reading.loopback import loopback
from handlers.reading.robots import MOST_BYTES as MOST_ROBOTS
from handlers.reading.robots import Robots
from handlers.reading.turns import Turns

NAME = "FootnoteBot"
AGENT = f"{NAME}/0.1 (reads articles that people share; obeys robots.txt)"
MIB = 1024 * 1024
HOPS = 5


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a fetch may take, in seconds, how large a page may be, in bytes as inflated.

    The wait for a host's turn, `gap` seconds after the one before, does not count as fetching.
    """

    total: float = 20.0
    connect: float = 5.0
    silence: float = 10.0
    gap: float = 1.0
    html: int = 5 * MIB
    other: int = 20 * MIB


@dataclass(frozen=True, slots=True)
class Page:
    """What a link gave. `url` is where it was found in the end; a 304 has no body.

    `moved` is the same where all the way there is for good; `fresh` the seconds it stays good for.
    """

    url: str
    status: int
    body: bytes
    content_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    moved: str | None = None
    fresh: int | None = None

    @property
    def unchanged(self) -> bool:
        """Whether it still is what its `etag` or date, given with the question, said."""
        return self.status == 304


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
        self._robots = Robots(NAME)
        self._turns = Turns(self._bounds.gap)

    async def fetch(self, link: str, etag: str | None = None, modified: str | None = None) -> Page:
        """Give the page behind a link, or a 304 where it is still what it was."""
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        # what a site once sent may be anything: only what a header can hold goes back
        headers = {
            name: value
            for name, value in known.items()
            if value and value.isascii() and value.isprintable()
        }
        clock = Clock(self._bounds.total)
        wanted = target(link)
        for_good = True
        for hop in range(HOPS + 1):
            await self._robots.check(wanted, partial(self._ask_robots, clock))
            page, location = await self._ask(wanted, clock, headers)
            if location is None:
                return replace(page, moved=page.url if hop and for_good else None)
            for_good = for_good and page.status in FOR_GOOD
            wanted = onward(wanted, location)
        raise Refused(Code.UNREACHABLE, phrases.TOO_MANY_REDIRECTS)

    async def close(self) -> None:
        """Close all connections; the next fetch opens them anew."""
        if self._held is not None:
            await self._held.aclose()
            self._held = None

    async def _ask_robots(self, clock: Clock, wanted: Target) -> tuple[int, bytes]:
        """Give status and body of a robots.txt; one that leads nowhere good is a broken one."""
        page, location = await self._ask(wanted, clock, {}, cut=MOST_ROBOTS)
        for _ in range(HOPS):
            if location is None:
                return page.status, page.body
            try:
                wanted = onward(wanted, location)
                page, location = await self._ask(wanted, clock, {}, cut=MOST_ROBOTS)
            except Refused:
                return 503, b""
        # RFC 9309: after five redirects, as if there were none
        return (page.status, page.body) if location is None else (404, b"")

    async def _ask(
        self, wanted: Target, clock: Clock, headers: dict[str, str], cut: int | None = None
    ) -> tuple[Page, str | None]:
        """Make one request in the host's turn: a page, and where it leads if elsewhere.

        `cut` takes any status, and ends a body there instead of refusing it as too large.
        """
        async with (
            self._turns.of(wanted.host),
            clock.running(wanted.host),
            self._client().stream("GET", wanted.url, headers=headers) as answer,
        ):
            if answer.status_code in REDIRECTS and "location" in answer.headers:
                return _page(wanted, answer, b""), answer.headers["location"]
            if cut is None:
                check_status(answer, is_known=bool(headers))
            return _page(wanted, answer, await self._body(answer, cut)), None

    async def _body(self, answer: httpx2.Response, cut: int | None) -> bytes:
        kind = answer.headers.get("content-type", "")
        is_html = not kind or "html" in kind.lower()
        most = cut or (self._bounds.html if is_html else self._bounds.other)
        body = bytearray()
        pieces = inflated(answer.aiter_raw(), encoding(answer))
        async with aclosing(pieces):
            async for piece in pieces:
                body += piece
                if len(body) <= most:
                    continue
                if cut is None:
                    raise Refused(Code.TOO_LARGE, phrases.too_large(most))
                del body[most:]
                break
        return bytes(body)

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
        fresh=fresh_for(headers.get("cache-control", "")),
    )
