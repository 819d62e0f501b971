"""/refresh fetches an article's page again, and keeps the stored version where that went wrong."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from handlers import phrases
from handlers.article import version_of
from handlers.changes import changes
from handlers.diff import counted
from handlers.embedding import Worker
from handlers.errors import BadUsage, NotFound, Refused
from handlers.markdown import escape, one_line
from handlers.messages import (
    Failure,
    Notice,
    Progress,
    ReadArticle,
    Reading,
    Reply,
    Request,
)
from handlers.numbers import numbers
from handlers.reading.chunk import weigh
from handlers.reading.read import Reader
from handlers.revert import after_change
from handlers.shelf import with_passages
from storage.records import Article, Removed, Status, Validators, Version
from storage.sketch import overlap, sketch
from storage.store import Store

# Of the words. Set by hand: a paywall leaves some paragraphs, a correction takes few away.
LEAST_LEFT = 0.5
_LINK = re.compile(r"https?://", re.IGNORECASE)


async def refresh(
    request: Request, *, store: Store, reader: Reader, worker: Worker | None
) -> AsyncIterator[Reply]:
    """Fetch an article's page again: unchanged, a new version, or the stored one kept and why."""
    (number,) = numbers(request, most=1)
    held, newest = await version_of(store, request.library, number, None)
    address = newest.source if _LINK.match(newest.source) else held.url
    if address is None:
        raise BadUsage(phrases.no_address(one_line(held.title), number))
    yield Progress(phrases.READING)
    try:
        reading = await reader.again(address, newest.page)
    except Refused as refused:
        yield _kept(held, str(refused), refused.code)
        return
    if reading is None:
        yield _unchanged(held)
        return
    found = await asyncio.to_thread(_nearest, reading, newest)
    if worse := await asyncio.to_thread(_worse, found.read, held, newest):
        yield _kept(held, *worse)
        return
    yield await _stored(request, store, held, newest, found)
    if worker is not None:
        worker.poke()


@dataclass(frozen=True, slots=True)
class _Found:
    """The article of a reading that is the stored one, and what was cut from it."""

    read: ReadArticle
    removed: tuple[Removed, ...]
    page: Validators | None


def _nearest(reading: Reading, newest: Version) -> _Found:
    """Choose of several articles that which has most in common with the stored text."""
    known = sketch(newest.text)
    shares = [overlap(known, sketch(each.text)) for each in reading.articles]
    at = max(range(len(shares)), key=shares.__getitem__)
    removed = tuple(each for each in reading.removed if each.article in (None, at))
    return _Found(reading.articles[at], removed, reading.page)


def _worse(read: ReadArticle, held: Article, newest: Version) -> tuple[str, str] | None:
    """Say why what a page holds now does not take the place of what is stored, if so."""
    if weigh(read.text) < LEAST_LEFT * weigh(newest.text):
        return phrases.SHORTER, "shorter"
    is_other = one_line(read.title).casefold() != one_line(held.title).casefold()
    if is_other and not overlap(sketch(read.text), sketch(newest.text)):
        return phrases.ANOTHER_TEXT, "another"
    return None


async def _stored(
    request: Request, store: Store, held: Article, newest: Version, found: _Found
) -> Notice:
    new = await asyncio.to_thread(with_passages, found.read)
    saved = await store.renew(
        request.library,
        held.id,
        new,
        found.removed,
        after=newest.number,
        by=request.person.id,
        page=found.page,
    )
    if saved is None:
        raise NotFound(phrases.CHANGED_SINCE)
    if saved.status is Status.DUPLICATE:
        return _unchanged(held)
    changed = await asyncio.to_thread(changes, newest.text, new.text, new.language)
    version = newest.number + 1
    return Notice(
        phrases.refreshed(escape(one_line(new.title)), held.id, version, counted(changed)),
        after_change(held.id, version),
        detail={"article": held.id, "version": version, "status": "updated", **_also(saved.also)},
    )


def _also(others: Sequence[int]) -> dict[str, object]:
    return {"also": list(others)} if others else {}


def _unchanged(held: Article) -> Notice:
    said = phrases.unchanged(escape(one_line(held.title)), held.id, held.version)
    detail = {"article": held.id, "version": held.version, "status": "unchanged"}
    return Notice(said, detail=detail)


def _kept(held: Article, why: str, code: str) -> Failure:
    said = phrases.kept_version(one_line(held.title), held.id, held.version, why)
    return Failure(said, code)
