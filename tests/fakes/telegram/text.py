"""Makes of what a sender wrote the text and entities that Telegram stores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tests.fakes.telegram.detect import detect
from tests.fakes.telegram.errors import bad
from tests.fakes.telegram.markup import parse_html
from tests.fakes.telegram.spans import Span, clean, from_entities, to_entities, trim, utf16

SOFT = {"bold", "italic", "underline", "strikethrough", "spoiler"}
QUOTES = {"blockquote", "expandable_blockquote"}
CODE = {"code", "pre"}
FIRST = {"blockquote": 0, "expandable_blockquote": 0, "pre": 10, "code": 20, "text_link": 49}
MOST_ENTITIES = 100


def formatted(
    source: str, parse_mode: str = "", entities: list[dict[str, Any]] | None = None
) -> tuple[str, list[dict[str, Any]], list[str]]:
    """Give stored text, stored entities, and what Telegram silently drops of the latter."""
    dropped: list[str] = []
    if parse_mode.lower() == "html":
        text, spans = parse_html(source)
    elif parse_mode:
        raise bad("unsupported parse_mode")
    else:
        text, (spans, dropped) = source, from_entities(source, entities or [])
    text, spans = trim(*clean(text, spans))
    stored = to_entities(text, settle(text, spans))
    if len(stored) > MOST_ENTITIES:
        dropped.append(f"{len(stored) - MOST_ENTITIES} entities beyond the first {MOST_ENTITIES}")
    return text, stored[:MOST_ENTITIES], dropped


def measured(text: str, most: int, reason: str) -> str:
    """Give the text back, or refuse it when it is longer than `most` UTF-16 units."""
    if utf16(text) > most:
        raise bad(reason)
    return text


def settle(text: str, spans: Iterable[Span]) -> list[Span]:
    """Nest the spans as Telegram allows, and add what it finds by itself outside them."""
    given = list(spans)
    quotes = _apart(span for span in given if span.kind in QUOTES)
    solid = _apart(span for span in given if span.kind not in QUOTES | SOFT)
    found = _apart(one for one in detect(text) if not any(one.meets(span) for span in solid))
    solid = [span for span in [*solid, *found] if not _crosses(span, quotes)]
    code = [span for span in solid if span.kind in CODE]
    soft = [part for span in _joined(given) for part in _without(span, code)]
    return sorted([*quotes, *solid, *soft], key=_order)


def _order(span: Span) -> tuple[int, int, int]:
    return span.start, -span.end, FIRST.get(span.kind, 50 if span.kind not in SOFT else 90)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Of spans that meet, keep the first; the longer one of two that begin together."""
    kept: list[Span] = []
    for span in sorted(spans, key=_order):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _crosses(span: Span, quotes: list[Span]) -> bool:
    return any(span.meets(quote) and not span.within(quote) for quote in quotes)


def _joined(spans: list[Span]) -> list[Span]:
    """Join soft spans of one kind that touch."""
    joined: list[Span] = []
    for kind in sorted(SOFT):
        begun = len(joined)
        for span in sorted((s for s in spans if s.kind == kind), key=_order):
            if len(joined) > begun and span.start <= joined[-1].end:
                joined[-1] = replace(joined[-1], end=max(span.end, joined[-1].end))
            else:
                joined.append(span)
    return joined


def _without(span: Span, code: list[Span]) -> list[Span]:
    """Cut code out of a soft span: bold code does not exist."""
    parts = [span]
    for hole in code:
        cut = []
        for part in parts:
            if not part.meets(hole):
                cut.append(part)
                continue
            cut += [replace(part, end=hole.start), replace(part, start=hole.end)]
        parts = [part for part in cut if part.start < part.end]
    return parts
