"""Reads a sitemap, or an index of sitemaps (sitemaps.org)."""

from __future__ import annotations

from urllib.parse import urlsplit

from lxml import etree

from handlers.reading.entries import seconds_of
from handlers.reading.links import same_site, web_link
from handlers.reading.outline import Entry, Leads, Outline

MOST_LINKS = 1_000  # that are told; the newest


def sitemap_of(root: etree._Element, kind: Leads, url: str) -> Outline:
    """Give the pages of a site, or its other sitemaps, the newest first, those of other sites not.

    The rules of sitemaps let one name its own site alone; else one site could send us to others.
    """
    found: dict[str, Entry] = {}
    for element in root.iter("{*}url", "{*}sitemap"):
        # its own children alone: a picture has a loc too
        link = web_link(url, next((each.text for each in element.iterchildren("{*}loc")), None))
        if link and same_site(link, url):
            found[link] = Entry(link, link, updated=_date(element))
    entries = sorted(found.values(), key=lambda each: -(each.updated or 0.0))
    return Outline(kind, urlsplit(url).hostname or "", tuple(entries[:MOST_LINKS]), len(entries))


def _date(element: etree._Element) -> float | None:
    """Give when a page changed, or when news came out."""
    said = [*element.iterchildren("{*}lastmod"), *element.iter("{*}publication_date")]
    dates = (seconds_of(each.text or "") for each in said)
    return next((each for each in dates if each is not None), None)
