"""/extract: reading without storing."""

from __future__ import annotations

from collections.abc import AsyncIterator

from handlers import phrases
from handlers.closing import closing
from handlers.errors import BadUsage
from handlers.ingest import name_of, sources_of
from handlers.leafing import leaf
from handlers.messages import Progress, Reply, Request
from handlers.reading.outline import Outline
from handlers.reading.read import Reader
from handlers.shelf import loaded


async def extract(request: Request, *, reader: Reader) -> AsyncIterator[Reply]:
    """Yield what reading makes of one source: its articles and what was cut from them.

    Of a feed or a sitemap those are its pages, as in `ingest`.
    """
    sources = sources_of(request)
    if not sources:
        raise BadUsage(phrases.WHICH_SOURCE)
    yield Progress(phrases.READING)
    source = await loaded(sources[0])
    found = await reader.look(source)
    if not isinstance(found, Outline):
        yield found
        return
    pages = leaf(reader, name_of(source), found, request.limit)
    async with closing(pages) as pictures:
        async for picture in pictures:
            yield picture
