"""Reads the pages that a feed or a sitemap leads to, and stores nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.gathering import MOST_PAGES, is_whole, opened
from handlers.messages import Progress, Reading, Reply
from handlers.reading.outline import Entry, Leads, Outline
from handlers.reading.read import Reader


async def leaf(
    reader: Reader, source: str, outline: Outline, most: int = 0
) -> AsyncIterator[Reply]:
    """Yield how far it is, then what reading makes of the newest pages, as one source.

    `most` is how many, `MOST_PAGES` by default. Raises `Refused` where none can be read.
    """
    if outline.kind is Leads.INDEX:
        yield Progress(phrases.READING_MAPS)
        outline = await opened(outline, reader)
    entries = outline.entries[: most or MOST_PAGES]
    whole = Reading(source, ())
    refusals: list[Refused] = []
    for done, entry in enumerate(entries):
        yield Progress(phrases.READING_PAGES, done, len(entries))
        try:
            whole = _joined(whole, await _page(reader, entry))
        except Refused as fault:
            refusals.append(fault)
    if not whole.articles:
        first = refusals[0] if refusals else Refused(Code.EMPTY, phrases.EMPTY_FILE)
        raise Refused(first.code, phrases.all_refused(max(1, len(refusals)), str(first)))
    yield whole


async def _page(reader: Reader, entry: Entry) -> Reading:
    """Read an entry's page, or the feed's own text of it where the page can't be had."""
    if not entry.link:
        return await reader.entry(entry)
    try:
        return await reader.page(entry.link)
    except Refused as fault:
        if fault.code is Code.FORBIDDEN or not is_whole(entry):
            raise
        return await reader.entry(entry)


def _joined(whole: Reading, page: Reading) -> Reading:
    """Add a page; what was cut from it says in lines of that page where it stood."""
    before = len(whole.articles)
    moved = (
        each if each.article is None else replace(each, article=each.article + before)
        for each in page.removed
    )
    return replace(
        whole, articles=(*whole.articles, *page.articles), removed=(*whole.removed, *moved)
    )
