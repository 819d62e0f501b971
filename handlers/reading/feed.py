"""Reads a feed that was handed over as a file (RSS 2.0, RSS 1.0, Atom): what its entries say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.archive import xml_of
from handlers.reading.documents import Document, field, local_name
from handlers.reading.hidden import drop_hidden
from handlers.reading.pieces import pieces_of, written
from handlers.reading.tree import tree_of, unfold

MOST_ENTRIES = 200
_FEED = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE.{0,4000}?>\s*)?<(?:rss|feed|rdf:RDF)\b", re.S
)
_TEXTS = ("encoded", "content", "description", "summary")


def is_feed(data: bytes) -> bool:
    """Say whether a file is a feed, by its first element."""
    head = data[:8192]
    return bool(_FEED.match(head)) or (b"<!DOCTYPE" in head and b"<rss" in data[:200_000])


def read_feed(data: bytes) -> Document:
    """Give the entries of a feed, a heading and a text each, every one once."""
    root = xml_of(data)
    entries = dict.fromkeys(_entries(root))
    if not entries:
        raise Refused(Code.EMPTY, phrases.EMPTY_FILE)
    titles = (each.text for each in root.iter("{*}title"))
    return Document("\n\n".join(entries), field(next(titles, None)))


def _entries(root: etree._Element) -> Iterator[str]:
    for count, entry in enumerate(root.iter("{*}item", "{*}entry")):
        if count >= MOST_ENTRIES:
            return
        said = {local_name(each): each.text or "" for each in entry}
        title = field(said.get("title")) or ""
        text = next((said[name] for name in _TEXTS if said.get(name, "").strip()), "")
        whole = f"## {title}\n\n{shown(text)}".strip()
        if title or text:
            yield whole


def shown(html: str) -> str:
    """Give what an entry's own HTML shows, as Markdown."""
    if "<" not in html:
        return " ".join(html.split())
    root = tree_of(f"<div>{html}</div>")
    drop_hidden(root)
    unfold(root)
    return written(pieces_of(root))
