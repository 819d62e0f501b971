"""/extract: reading without storing."""

from __future__ import annotations

from collections.abc import AsyncIterator

from handlers import phrases
from handlers.errors import BadUsage
from handlers.ingest import loaded, sources_of
from handlers.messages import Progress, Reply, Request
from handlers.reading.read import Reader


async def extract(request: Request, *, reader: Reader) -> AsyncIterator[Reply]:
    """Yield what reading makes of one source: its articles and what was cut from them."""
    sources = sources_of(request)
    if not sources:
        raise BadUsage(phrases.WHICH_SOURCE)
    yield Progress(phrases.READING)
    yield await reader.read(await loaded(sources[0]))
