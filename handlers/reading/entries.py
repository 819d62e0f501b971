"""Reads the entries of a feed: RSS 2.0, RSS 1.0, Atom (RFC 4287)."""

from __future__ import annotations

import hashlib
import html
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from lxml import etree

from handlers.reading.documents import field, local_name
from handlers.reading.links import web_link
from handlers.reading.outline import Entry, Leads, Outline
from handlers.sound import sound

MOST_ENTRIES = 500
MOST_TEXT = 300_000  # characters of what an entry itself says
LONGEST_KEY = 500  # characters; a longer one is known by its hash
LATEST = 4_102_444_800.0  # 2100; a date after it is none
MOST_TTL = 7 * 24 * 60  # minutes
_MEDIA = "{http://search.yahoo.com/mrss/}"
_TEXTS = ("encoded", "content", "description", "summary")
_PUBLISHED = ("published", "pubDate", "date", "issued", "created")
_UPDATED = ("updated", "modified")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TAG = re.compile(r"<[^<>]*>")

Parts = dict[str, list[etree._Element]]


def feed_of(root: etree._Element, url: str) -> Outline:
    """Give what a feed holds, the newest first, and what it asks of those who read it."""
    elements = list(root.iter("{*}item", "{*}entry"))
    entries = [_entry(each, url) for each in elements[:MOST_ENTRIES]]
    entries.sort(key=lambda each: -(each.stamp or 0.0))
    once = {each.key: each for each in reversed(entries)}
    head = _parts(next(root.iter("{*}channel"), root))
    ttl = _text(head, "ttl")
    return Outline(
        Leads.FEED,
        _line(_text(head, "title")),
        tuple(reversed(once.values())),
        len(elements),
        ttl=min(int(ttl), MOST_TTL) if re.fullmatch("[0-9]{1,9}", ttl) else 0,
        skip_hours=_skipped_hours(head),
        skip_days=_skipped_days(head),
    )


def seconds_of(date: str) -> float | None:
    """Read a date of a feed or sitemap (ISO 8601, RFC 822), in seconds since 1970."""
    date = " ".join(date.split())
    try:
        read = datetime.fromisoformat(date)
    except ValueError:
        try:
            read = parsedate_to_datetime(date)
        except (ValueError, OverflowError, TypeError, IndexError):
            return None
    try:
        seconds = (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
    except (OverflowError, ValueError):
        return None
    return seconds if 0 < seconds < LATEST else None


def _entry(element: etree._Element, url: str) -> Entry:
    parts = _parts(element)
    link = _link(parts, url)
    title = _line(_text(parts, "title"))
    text = _own_text(parts)
    name = _text(parts, "guid") or _text(parts, "id") or link or ""
    if not name or len(name) > LONGEST_KEY:
        name = hashlib.sha256(f"{name}\n{title}\n{text}".encode()).hexdigest()
    return Entry(
        name,
        link,
        title,
        field(_author(parts)) or None,
        _date(parts, _PUBLISHED),
        _date(parts, _UPDATED),
        text[:MOST_TEXT],
    )


def _parts(element: etree._Element) -> Parts:
    """Give the children by their names, whatever their namespace; pictures and films aside."""
    found: Parts = {}
    for each in element:
        if isinstance(each.tag, str) and not each.tag.startswith(_MEDIA):
            found.setdefault(local_name(each), []).append(each)
    return found


def _text(parts: Parts, name: str) -> str:
    texts = ("".join(each.itertext()).strip() for each in parts.get(name, ()))
    return sound(next(filter(None, texts), ""))


def _line(text: str) -> str:
    return field(html.unescape(_TAG.sub("", html.unescape(text)))) or ""


def _link(parts: Parts, url: str) -> str | None:
    """Give where an entry leads: its link, else its id where that is said to be one."""
    for each in parts.get("link", ()):
        wanted = each.get("href") or (each.text or "")
        if each.get("rel", "alternate") == "alternate" and wanted.strip():
            return web_link(_base(each, url), wanted)
    for each in parts.get("guid", ()):
        if each.get("isPermaLink", "true").strip().lower() != "false":
            return web_link("", each.text)
    return None


def _base(element: etree._Element, url: str) -> str:
    try:
        return urljoin(url, str(element.base or ""))
    except ValueError:
        return url


def _author(parts: Parts) -> str:
    for each in parts.get("author", ()):
        if name := _text(_parts(each), "name"):
            return name
    return _text(parts, "creator") or _text(parts, "author")


def _own_text(parts: Parts) -> str:
    """Give what an entry says itself as HTML: the longest kind of text first."""
    for name in _TEXTS:
        for each in parts.get(name, ()):
            if text := _html(each).strip():
                return sound(text)
    return ""


def _html(element: etree._Element) -> str:
    kind = element.get("type", "html").lower()
    if len(element):
        return "".join(str(etree.tostring(each, encoding="unicode")) for each in element)
    text = element.text or ""
    return html.escape(text, quote=False) if kind in ("text", "text/plain") else text


def _date(parts: Parts, names: tuple[str, ...]) -> float | None:
    found = (seconds_of(_text(parts, name)) for name in names if name in parts)
    return next((each for each in found if each is not None), None)


def _skipped_hours(head: Parts) -> tuple[int, ...]:
    said = [
        _number(each) for skip in head.get("skipHours", ()) for each in _parts(skip).get("hour", ())
    ]
    return tuple(sorted({hour % 24 for hour in said if hour is not None and hour <= 24}))


def _number(element: etree._Element) -> int | None:
    text = (element.text or "").strip()
    return int(text) if re.fullmatch("[0-9]{1,2}", text) else None


def _skipped_days(head: Parts) -> tuple[int, ...]:
    days = (each for skip in head.get("skipDays", ()) for each in _parts(skip).get("day", ()))
    names = {(each.text or "").strip().lower() for each in days}
    return tuple(at for at, name in enumerate(_DAYS) if name in names)
