"""What a robots.txt leads to: the sitemaps that it names (sitemaps.org, RFC 9309)."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from handlers.reading.links import same_site, web_link
from handlers.reading.outline import Entry, Leads, Outline, first_element

PATH = "/robots.txt"


def is_robots(url: str, body: bytes) -> bool:
    """Say whether an address is a site's robots.txt, and no page stands there instead."""
    return urlsplit(url).path == PATH and first_element(body) == ""


def robots_of(url: str) -> str:
    """Give the address of the robots.txt of a link's site."""
    return urljoin(url, PATH)


def is_root(url: str) -> bool:
    """Say whether a link is that of a whole site."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def is_map(url: str) -> bool:
    """Say whether a link is called as sitemaps are."""
    name = urlsplit(url).path.rpartition("/")[2].lower()
    return name.startswith("sitemap") and name.endswith((".xml", ".xml.gz"))


def maps_in(body: bytes, url: str) -> Outline | None:
    """Give the sitemaps of its own site that a robots.txt names; None where there is none."""
    # What fetches is not loaded before the first page.
    from protego import Protego  # noqa: PLC0415

    from handlers.reading.robots import MOST_BYTES  # noqa: PLC0415

    text = body[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    links = (web_link(url, each) for each in Protego.parse(text).sitemaps)
    found = dict.fromkeys(link for link in links if link and same_site(link, url))
    entries = tuple(Entry(link, link) for link in found)
    title = urlsplit(url).hostname or ""
    return Outline(Leads.INDEX, title, entries, len(entries)) if entries else None
