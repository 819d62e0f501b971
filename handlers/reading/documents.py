"""A document as file readers give it: Markdown, and what the file says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from handlers.reading.files import seen
from handlers.sound import sound

LONGEST = 300  # characters of a title, or of all authors
_DAY = re.compile(r"(?:D:)?((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)")


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds. `published` is an ISO date; `text` is Markdown without the title."""

    text: str
    title: str | None = None
    author: str | None = None
    published: str | None = None


def field(value: str | None) -> str | None:
    """Give one line of what a file says of itself, cut at a sane length; None where it is empty."""
    line = " ".join(seen(sound(value or "")).split())
    return (
        line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0] + "…" if line else None
    )


def local_name(element: etree._Element) -> str:
    """Give an element's name without its namespace, even if it is none; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def day(value: str | None) -> str | None:
    """Read the day of a date as ISO 8601 or PDF ("D:20260309…") write it."""
    match = _DAY.match((value or "").strip())
    return "-".join(match.groups()) if match else None
