"""Reads one source: a link, a file or a text becomes clean articles."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.messages import Reading, Upload
from handlers.reading.outline import Entry, Outline, kind_of
from handlers.reading.signposts import is_map, is_robots, is_root, maps_in, robots_of
from handlers.reading.workers import Job, Workers, shared
from storage.records import Validators

if TYPE_CHECKING:
    from handlers.reading.fetch import Page

PASTED = "text"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
_GONE = frozenset({404, 410})  # statuses of what is not there
MOST_AROUND = 30  # words beside a link, about a headline and a sentence


class Pages(Protocol):
    """Gives the page behind a link; every failure is a `Refused`."""

    async def fetch(self, link: str, etag: str | None = None, modified: str | None = None) -> Page:
        """Fetch a page, unless it is what `etag` and `modified` say of it."""
        ...


class Reader:
    """Reads sources, in child processes. Every refusal is a `Refused` with its code and sentence.

    Without `workers` of its own a reader shares those of the whole process.
    """

    def __init__(self, fetcher: Pages, workers: Workers | None = None) -> None:
        self._fetcher = fetcher
        self._own = workers
        self._workers = workers or shared()

    async def close(self) -> None:
        """Stop child processes of its own; those of the whole process end with that."""
        if self._own:
            await self._own.close()

    async def read(self, source: Upload | str) -> Reading:
        """Read a file, or a text that is a link or the article itself."""
        if isinstance(source, Upload):
            return await self._workers.run(Job(source.name, source.data, name=source.name))
        if address := address_in(source):
            return await self.page(address, source)
        return await self._workers.run(Job(PASTED, source.encode("utf-8", "replace"), name=None))

    async def page(self, address: str, source: str = "") -> Reading:
        """Read the page behind a link and nothing that it leads to."""
        return await self._page(await self._fetcher.fetch(address), source or address)

    async def again(self, address: str, known: Validators) -> Reading | None:
        """Read a page once more; None where its site says that it is still what it was."""
        page = await self._fetcher.fetch(address, known.etag, known.modified)
        return None if page.unchanged else await self._page(page, address)

    async def look(self, source: Upload | str) -> Reading | Outline:
        """Read a source; where it is a link to a feed or a sitemap, give what that leads to.

        A robots.txt leads to the sitemaps that it names, and so does a link that is called like a
        sitemap, or is that of a whole site, where nothing can be read.
        """
        address = None if isinstance(source, Upload) else address_in(source)
        if isinstance(source, Upload) or address is None:
            return await self.read(source)
        try:
            page = await self._fetcher.fetch(address)
            if is_robots(page.url, page.body):
                return maps_in(page.body, page.url) or await self._page(page, source)
            return await (self.outline(page) if kind_of(page.body) else self._page(page, source))
        except Refused as refused:
            if found := await self._maps_instead(address, refused):
                return found
            raise

    async def maps(self, address: str) -> Outline | None:
        """Give the sitemaps that the robots.txt of a link's site names, if there are any."""
        try:
            page = await self._fetcher.fetch(robots_of(address))
        except Refused:
            return None
        return maps_in(page.body, page.url) if is_robots(page.url, page.body) else None

    async def _maps_instead(self, address: str, refused: Refused) -> Outline | None:
        """Give a site's sitemaps where the one that was asked for, or its first page, fails."""
        gone = refused.code is Code.UNREACHABLE and refused.status in _GONE and is_map(address)
        bare = refused.code is Code.EMPTY and is_root(address)
        return await self.maps(address) if gone or bare else None

    async def fetch(
        self, address: str, etag: str | None = None, modified: str | None = None
    ) -> Page:
        """Give a page as it is; `unchanged` if it still is what these say."""
        return await self._fetcher.fetch(address, etag, modified)

    async def outline(self, page: Page) -> Outline:
        """Read what a feed, a sitemap or a page leads to."""
        return await self._workers.outline(
            Job(page.url, page.body, name=None, charset=page.charset, url=page.url)
        )

    async def entry(self, entry: Entry) -> Reading:
        """Read what a feed itself has of an entry."""
        day = datetime.fromtimestamp(entry.published, UTC).date() if entry.published else None
        said = {
            "title": entry.title or None,
            "author": entry.author,
            "published": day.isoformat() if day else None,
        }
        html = entry.text.encode("utf-8", "replace")
        source = entry.link or entry.title or entry.key
        return await self._workers.run(Job(source, html, "entry", url=entry.link, said=said))

    async def _page(self, page: Page, source: str) -> Reading:
        if is_robots(page.url, page.body):  # a text that would be stored as an article
            raise Refused(Code.UNSUPPORTED, phrases.ROBOTS_FILE)
        job = Job(source, page.body, name=page.url, charset=page.charset, url=page.url)
        reading = await self._workers.run(job)
        return replace(reading, page=Validators(page.etag, page.last_modified))


def address_in(text: str) -> str | None:
    """Give the link that a text is, where it is nothing else."""
    text = text.strip()
    if _ADDRESS.fullmatch(text):
        return text
    return f"https://{text}" if _BARE_ADDRESS.fullmatch(text) else None


def addresses_in(text: str) -> list[str]:
    """Give the links that a text is, where it is nothing else; several have a scheme each."""
    if address := address_in(text):
        return [address]
    words = [word.strip(",;") for word in text.split()]
    several = len(words) > 1 and all(_ADDRESS.fullmatch(word) for word in words)
    return list(dict.fromkeys(words)) if several else []


def links_of(text: str) -> list[str]:
    """Give the links that stand in a text, each once."""
    return list(dict.fromkeys(_LINK.findall(text)))


def link_in(text: str) -> str | None:
    """Give the link of a message that only points to an article: little else is said in it."""
    links = _LINK.findall(text)
    around = _LINK.sub(" ", text).split()
    return links[0] if links and len(around) <= MOST_AROUND else None


def read_file(file: Upload) -> Reading:
    """Read the bytes of a file in this very process; blocks for as long as that takes."""
    # trafilatura and its like take half a second to import: the bot leaves that to its children
    from handlers.reading.sources import read_bytes  # noqa: PLC0415

    return read_bytes(file.name, file.data, name=file.name)
