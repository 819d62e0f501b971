"""Reads what a feed, a sitemap or a page leads to; nothing that these only name is ever asked."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from contextlib import suppress
from urllib.parse import urljoin

from lxml import etree

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.charsets import decoded
from handlers.reading.entries import feed_of
from handlers.reading.links import web_link
from handlers.reading.outline import GZIP, Leads, Outline, kind_of
from handlers.reading.sitemap import sitemap_of
from handlers.reading.tree import tree_of

MOST_UNPACKED = 50 * 1000 * 1000  # bytes; the largest sitemap that sitemaps.org allows
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
MOST_FEEDS = 20  # of a page
_NAMED = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.:-]{1,40})")
_DECLARED = re.compile(r"\s*<\?xml[^>]*\?>")  # with a charset that it is not in any more


def outline_of(data: bytes, url: str, charset: str | None = None) -> Outline:
    """Read what leads on; raises `Refused` for what defines entities, is broken or leads nowhere.

    `url` is where it was found, to which its links are relative; `charset` what a server declared.
    """
    if data.startswith(GZIP):
        data = _unpacked(data)
    kind = kind_of(data)
    if kind is Leads.FEED:
        return feed_of(_tree(data, url, charset), url)
    if kind is not None:
        return sitemap_of(_tree(data, url, charset), kind, url)
    feeds = _feeds_of(decoded(data, charset) or "", url)
    if not feeds:
        raise Refused(Code.UNSUPPORTED, phrases.NO_FEED)
    return Outline(Leads.PAGE, feeds=feeds)


def _unpacked(data: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            found = file.read(MOST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as fault:
        raise Refused(Code.BROKEN, phrases.BROKEN_FILE) from fault
    if len(found) > MOST_UNPACKED:
        raise Refused(Code.TOO_LARGE, phrases.TOO_MUCH_INSIDE)
    return found


def _tree(data: bytes, url: str, charset: str | None) -> etree._Element:
    """Parse forgivingly what defines nothing of its own; entities are never resolved or loaded."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        remove_comments=True, remove_pis=True, huge_tree=False, recover=True, encoding="utf-8",
    )  # fmt: skip
    text = _DECLARED.sub("", _text(data, charset), count=1)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser, base_url=url)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Refused(Code.BROKEN, phrases.BROKEN_FILE) from fault
    if root is None:
        raise Refused(Code.BROKEN, phrases.BROKEN_FILE)
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(Code.BROKEN, phrases.FEED_DEFINES)
    return root


def _text(data: bytes, charset: str | None) -> str:
    """Decode XML: what it or the server says of its charset counts, unless it is UTF-8 after all.

    One letter of ten thousand tells the charset here; a guess would take it for a slip.
    """
    named = _NAMED.search(data[:200])
    if b"\x00" not in data[:200]:
        said = ("utf-8", named[1].decode() if named else None, charset)
        for name in filter(None, said):
            with suppress(LookupError, UnicodeError):
                return data.decode(name)
    return decoded(data, charset) or ""


def _feeds_of(html: str, url: str) -> tuple[str, ...]:
    """Give the feeds that a page names in its head, those of comments last."""
    if "<" not in html:
        return ()
    root = tree_of(html)
    base = next((each.get("href") for each in root.iter("base") if each.get("href")), "")
    try:
        home = urljoin(url, base)
    except ValueError:  # brackets that are no IPv6 address
        home = url
    found: dict[str, bool] = {}
    for link in root.iter("link"):
        is_feed = (link.get("type") or "").split(";")[0].strip().lower() in _FEED_TYPES
        if is_feed and "alternate" in (link.get("rel") or "").lower().split():
            address = web_link(home, link.get("href"))
            about = f"{link.get('title')} {address}".lower()
            if address:
                found.setdefault(address, "comment" in about)
    return tuple(sorted(found, key=lambda each: found[each]))[:MOST_FEEDS]
