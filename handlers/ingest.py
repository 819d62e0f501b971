"""/ingest: from a link, a file or a text to stored articles, with a receipt."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from handlers import phrases
from handlers.embedding import EmbeddingWorker
from handlers.errors import BadUsage
from handlers.messages import Action, Kept, Progress, ReadArticle, Receipt, Reply, Request
from handlers.reading.chunk import chunk
from handlers.reading.read import Reader
from storage.records import Article, NewArticle, Saved, Status
from storage.store import Store

_BEST_FIRST = (Status.STORED, Status.UPDATED, Status.DUPLICATE)


async def ingest(
    request: Request, *, store: Store, reader: Reader, worker: EmbeddingWorker | None
) -> AsyncIterator[Reply]:
    """Read one source, store its articles in one transaction, and yield the receipt.

    The articles can be found by their words at once; the worker fills in their meaning.
    """
    source = request.upload or request.text.strip()
    if not source:
        raise BadUsage(phrases.WHICH_SOURCE)
    yield Progress(phrases.READING)
    reading = await reader.read(source)
    yield Progress(phrases.STORING)
    articles = await asyncio.to_thread(_passages_of, reading.articles)
    saved = await store.save(
        request.library, articles, reading.removed, source=reading.source, by=request.person.id
    )
    if worker is not None:
        worker.poke()
    kept = [await _kept(store, request.library, each) for each in saved]
    status = min((each.status for each in saved), key=_BEST_FIRST.index)
    undo = tuple(
        Action(phrases.FORGET, "forget", str(each.article))
        for each in saved
        if each.status is Status.STORED
    )
    yield Receipt(reading.source, status, tuple(filter(None, kept)), reading.removed, undo)


def _passages_of(articles: Sequence[ReadArticle]) -> list[NewArticle]:
    return [
        NewArticle(
            title=each.title,
            text=each.text,
            language=each.language,
            spans=chunk(each.text, each.language),
            author=each.author,
            site=each.site,
            url=each.url,
            published=each.published,
        )
        for each in articles
    ]


async def _kept(store: Store, library: str, saved: Saved) -> Kept | None:
    article: Article | None = await store.article(library, saved.article)
    return Kept(article, saved.status) if article else None
