"""What a feed, a sitemap or a page leads to, as it travels, and how to tell that bytes are one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_LOOKED_AT = 64 * 1024  # bytes in which the first element begins
_NAME = re.compile(r"<([A-Za-z][\w:.-]*)")
_PROLOGUE = {"<?": "?>", "<!--": "-->", "<!": ">"}
_FEEDS = frozenset({"rss", "feed", "rdf:rdf"})
_MAPS = frozenset({"urlset", "sitemapindex"})
GZIP = b"\x1f\x8b"


class Leads(StrEnum):
    """What kind of thing leads on."""

    FEED = "feed"
    SITEMAP = "sitemap"
    INDEX = "index"  # a sitemap of sitemaps
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a feed or a sitemap leads to.

    `key` is what it is known by. `published` and `updated` are seconds since 1970, `text` is HTML
    that the feed itself has of it.
    """

    key: str
    link: str | None = None
    title: str = ""
    author: str | None = None
    published: float | None = None
    updated: float | None = None
    text: str = ""

    @property
    def stamp(self) -> float | None:
        """When it last changed, as far as it says."""
        said = [each for each in (self.updated, self.published) if each is not None]
        return max(said, default=None)


@dataclass(frozen=True, slots=True)
class Outline:
    """All that a source leads to, the newest first; `total` counts what was left out too.

    `feeds` are those that a page names. `ttl` is in minutes, `skip_hours` are hours of the day in
    UTC and `skip_days` days of the week from Monday (0) on, in which a feed asks not to be read.
    """

    kind: Leads
    title: str = ""
    entries: tuple[Entry, ...] = ()
    total: int = 0
    feeds: tuple[str, ...] = ()
    ttl: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


def outline_from(told: dict[str, Any]) -> Outline:
    """Make an outline of what JSON brought."""
    lists = {name: tuple(told[name]) for name in ("feeds", "skip_hours", "skip_days")}
    entries = tuple(Entry(**each) for each in told["entries"])
    return Outline(**{**told, **lists, "kind": Leads(told["kind"]), "entries": entries})


def kind_of(data: bytes) -> Leads | None:
    """Say what bytes lead on as, by their first element; gzip is taken for a sitemap."""
    if data.startswith(GZIP):
        return Leads.SITEMAP
    name = first_element(data)
    if name in _FEEDS:
        return Leads.FEED
    if name in _MAPS:
        return Leads.INDEX if name == "sitemapindex" else Leads.SITEMAP
    return None


def first_element(data: bytes) -> str:
    """Give the name of the first element of XML or HTML in small letters; empty without one."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    head = data[:_LOOKED_AT].decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff")
    at = 0
    while True:
        at = len(head) - len(head[at:].lstrip())
        opening = next((each for each in ("<!--", "<?", "<!") if head.startswith(each, at)), None)
        if opening is None:
            match = _NAME.match(head, at)
            return match[1].lower() if match else ""
        end = head.find(_PROLOGUE[opening], at)
        if end < 0:
            return ""
        at = end + len(_PROLOGUE[opening])
