"""/article shows an article as it is stored; source shows a quote in the text around it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from handlers import phrases
from handlers.errors import NotFound
from handlers.messages import Excerpt, Reply, Request, Shown
from handlers.numbers import numbers
from handlers.paging import turns
from storage.records import Article, Version
from storage.store import Store

PAGE = 1_500  # characters of a page, so that it is one message on every platform
AROUND = 350  # characters shown on each side of a quote
_BREAK = re.compile(r"\n\s*\n|\n|(?<=[.!?…。！？])\s*|\s+")


async def article(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """Show one version: the text is `ID`, `ID VERSION` or, in a paged place, `ID VERSION PAGE`."""
    number, *rest = numbers(request, most=3 if request.place.paged else 2)
    held, version = await version_of(store, request.library, number, rest[0] if rest else None)
    if not request.place.paged:
        yield Shown(held, version)
        return
    parts = pages(version.text)
    page = min(max(rest[1] if len(rest) > 1 else 1, 1), len(parts))
    yield Shown(
        held,
        version,
        parts[page - 1],
        page,
        len(parts),
        turns("article", page, len(parts), f"{number} {version.number} "),
    )


async def source(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """Show a quote in its text; the request's text is `ID VERSION START END`."""
    number, which, start, end = numbers(request, least=4, most=4)
    held, version = await version_of(store, request.library, number, which)
    text = version.text
    before = text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND]
    if start > AROUND and (cut := _BREAK.search(before)):
        before = before[cut.end() :]
    if end + AROUND < len(text) and (cuts := list(_BREAK.finditer(after))):
        after = after[: cuts[-1].start()]
    from_start = start - len(before) <= 0
    to_end = end + len(after) >= len(text.rstrip())
    yield Excerpt(held, version.number, before, text[start:end], after, from_start, to_end)


def pages(text: str, size: int = PAGE) -> list[str]:
    """Cut a text into pages of at most `size` characters, at the best break of each second half."""
    parts = []
    while len(text) > size:
        cut = _cut(text, size)
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip("\n")
    return [*parts, text]


def _cut(text: str, size: int) -> int:
    for mark in ("\n\n", "\n", ". ", "。", " "):
        if (cut := text.rfind(mark, size // 2, size)) > 0:
            return cut + len(mark)
    return size


async def version_of(
    store: Store, library: str, number: int, wanted: int | None
) -> tuple[Article, Version]:
    """Give an article and one version of it, without a number the newest; raises `NotFound`."""
    held = await store.article(library, number)
    if held is None:
        raise NotFound(phrases.no_article(number))
    version = await store.version(library, number, wanted or held.version)
    if version is None:
        raise NotFound(phrases.no_version(number, wanted or 0, held.version))
    return held, version
