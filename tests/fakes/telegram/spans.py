"""Stretches of a text with a meaning, counted in characters, on the wire in UTF-16 units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from tests.fakes.telegram.errors import bad

SENT = {  # kinds that a sender may ask for, and what each needs beside its place
    "bold": (),
    "italic": (),
    "underline": (),
    "strikethrough": (),
    "spoiler": (),
    "blockquote": (),
    "expandable_blockquote": (),
    "code": (),
    "pre": ("language",),
    "text_link": ("url",),
    "text_mention": ("user",),
    "custom_emoji": ("custom_emoji_id",),
    "date_time": ("unix_time", "date_time_format"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` are of one kind; `more` are the entity's further fields."""

    kind: str
    start: int
    end: int
    more: tuple[tuple[str, Any], ...] = ()

    def meets(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def within(self, other: Span) -> bool:
        return other.start <= self.start and self.end <= other.end


def utf16(text: str) -> int:
    """Give the length in UTF-16 units, as Telegram counts."""
    return len(text) + sum(char > "\uffff" for char in text)


def _offsets(text: str) -> list[int]:
    return [0, *accumulate(1 + (char > "\uffff") for char in text)]


def to_entities(text: str, spans: Iterable[Span]) -> list[dict[str, Any]]:
    """Give the entities as the Bot API writes them."""
    at = _offsets(text)
    return [
        {"type": s.kind, "offset": at[s.start], "length": at[s.end] - at[s.start], **dict(s.more)}
        for s in spans
    ]


def from_entities(text: str, entities: Iterable[dict[str, Any]]) -> tuple[list[Span], list[str]]:
    """Read a sender's entities; give also what Telegram would silently drop."""
    places = {offset: place for place, offset in enumerate(_offsets(text))}
    spans, dropped = [], []
    for entity in entities:
        start, length, kind = entity["offset"], entity["length"], entity["type"]
        if start < 0 or length < 0:
            raise bad("can't parse entities: entity has incorrect offset or length")
        if kind not in SENT:
            continue
        if length == 0 or start + length > utf16(text):
            dropped.append(f"an entity is empty or ends beyond the text: {entity}")
            continue
        if start not in places or start + length not in places:
            raise bad("can't parse entities: entity begins in a middle of a UTF-16 symbol")
        more = tuple((name, entity[name]) for name in SENT[kind] if entity.get(name))
        if kind in {"text_link", "text_mention", "custom_emoji"} and not more:
            dropped.append(f"an entity lacks what it needs: {entity}")
            continue
        spans.append(Span(kind, places[start], places[start + length], more))
    return spans, dropped


def clean(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """Take out what Telegram takes out: control characters and signs that turn the line."""
    kept, at = [], [0]
    for char in text:
        gone = char == "\r" or "\u2028" <= char <= "\u202e"
        kept.append("" if gone else " " if char < " " and char != "\n" else char)
        at.append(at[-1] + len(kept[-1]))
    return "".join(kept), [replace(s, start=at[s.start], end=at[s.end]) for s in spans]


def trim(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """Take white space from both ends, but at the beginning not out of an entity."""
    spaces = len(text) - len(text.lstrip(" \n"))
    left = min([spaces, *(span.start for span in spans)]) if text.strip(" \n") else spaces
    bare = text[left:].rstrip(" \n")
    moved = [
        replace(s, start=max(0, s.start - left), end=min(len(bare), s.end - left)) for s in spans
    ]
    return bare, [span for span in moved if span.start < span.end]
