"""/ingest: from a link, a file or a text to stored articles, with a receipt."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from handlers import phrases
from handlers.closing import closing
from handlers.embedding import Worker
from handlers.errors import BadUsage, Refused
from handlers.gathering import gather
from handlers.messages import (
    Action,
    Batch,
    Failure,
    Progress,
    Receipt,
    Reply,
    Request,
    Upload,
)
from handlers.reading.outline import Outline
from handlers.reading.read import Reader, addresses_in
from handlers.shelf import Shelf, undo_of
from storage.store import Store


async def ingest(
    request: Request, *, store: Store, reader: Reader, worker: Worker | None
) -> AsyncIterator[Reply]:
    """Read the sources, store each one's articles in one transaction, and yield the receipt.

    The articles can be found by their words at once; the worker fills in their meaning. Of several
    sources, one that is refused does not keep the others from being stored.
    """
    sources = sources_of(request)
    if not sources:
        raise BadUsage(phrases.WHICH_SOURCE)
    shelf = Shelf(request, store, reader, worker)
    if len(sources) == 1:
        yield Progress(phrases.READING)
        async with closing(_one(shelf, sources[0])) as pictures:
            async for picture in pictures:
                yield picture
        return
    results: list[Receipt | Failure] = []
    for done, source in enumerate(sources):
        yield Progress(phrases.READING, done, len(sources))
        try:
            results.append(await shelf.take(source))
        except Refused as refused:
            results.append(Failure(str(refused), refused.code, name_of(source)))
    yield Batch(tuple(results), _undo_of_all(results))


async def _one(shelf: Shelf, source: Upload | str) -> AsyncIterator[Reply]:
    """Store one source, which may lead to many pages."""
    if isinstance(source, Upload):
        yield await shelf.take(source)
        return
    found = await shelf.look(source)
    if isinstance(found, Outline):
        async with closing(gather(shelf, source, found, shelf.request.limit)) as pictures:
            async for picture in pictures:
                yield picture
        return
    yield Progress(phrases.STORING)
    yield await shelf.said(source, found)


def sources_of(request: Request) -> list[Upload | str]:
    """Give what a request hands over: its files, else its text, or each of the links that it is."""
    text = request.text.strip()
    if request.uploads or not text:
        return list(request.uploads)
    links = addresses_in(text)
    return list(links) if len(links) > 1 else [text]


def name_of(source: Upload | str) -> str:
    """Give what a source is called in a receipt: its file name, or itself."""
    return source.name if isinstance(source, Upload) else source


def _undo_of_all(results: Sequence[Receipt | Failure]) -> tuple[Action, ...]:
    return undo_of(
        [kept for each in results if isinstance(each, Receipt) for kept in each.articles]
    )
