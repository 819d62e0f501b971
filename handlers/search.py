"""/search: the passages nearest to a query, without an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from handlers import phrases
from handlers.answering.candidates import Candidate
from handlers.answering.retrieve import Retriever
from handlers.errors import BadUsage
from handlers.messages import Found, FoundPassage, Reply, Request

LIMIT = 10


async def search(request: Request, *, retriever: Retriever) -> AsyncIterator[Reply]:
    """Yield the best passages, as many as `request.limit` asks for."""
    if not request.text.strip():
        raise BadUsage(phrases.WHICH_WORDS)
    found = await retriever.retrieve(request.library, request.text, request.limit or LIMIT)
    yield Found(request.text, rows_of(found.candidates))


def rows_of(candidates: Iterable[Candidate]) -> tuple[FoundPassage, ...]:
    """Give passages as a list shows them, with their scores."""
    return tuple(
        FoundPassage(
            article=each.passage.article,
            passage=each.passage.id,
            title=each.passage.title,
            heading=each.passage.heading,
            score=round(each.score, 4),
            text=each.passage.text,
        )
        for each in candidates
    )
