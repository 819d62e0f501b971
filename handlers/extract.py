"""/extract: reading without storing."""

from __future__ import annotations

from collections.abc import AsyncIterator

from handlers import phrases
from handlers.errors import BadUsage
from handlers.messages import Progress, Reply, Request
from handlers.reading.read import Reader


async def extract(request: Request, *, reader: Reader) -> AsyncIterator[Reply]:
    """Yield what reading makes of one source: its articles and what was cut from them."""
    source = request.upload or request.text.strip()
    if not source:
        raise BadUsage(phrases.WHICH_SOURCE)
    yield Progress(phrases.READING)
    yield await reader.read(source)
