"""/revert makes an older version of an article the newest again."""

from __future__ import annotations

from collections.abc import AsyncIterator

from handlers import phrases
from handlers.article import version_of
from handlers.embedding import Worker
from handlers.errors import BadUsage, NotFound
from handlers.markdown import escape, one_line
from handlers.messages import Action, Notice, Reply, Request
from handlers.numbers import numbers
from storage.store import Store


async def revert(request: Request, *, store: Store, worker: Worker | None) -> AsyncIterator[Reply]:
    """Revert to a version, as a new one: the text is `ID VERSION`, or `ID` for the one before."""
    number, *rest = numbers(request, most=2)
    held, newest = await version_of(store, request.library, number, None)
    wanted = rest[0] if rest else newest.number - 1
    if wanted == newest.number:
        raise BadUsage(phrases.is_newest(number, wanted))
    if not wanted and not rest:
        raise BadUsage(phrases.only_one_version(one_line(held.title), number))
    await version_of(store, request.library, number, wanted)
    now = await store.revert(request.library, number, wanted, by=request.person.id)
    if now is None:
        raise NotFound(phrases.CHANGED_SINCE)
    if worker is not None:
        worker.poke()
    title = escape(one_line(now.title))
    yield Notice(
        phrases.reverted(title, number, wanted, now.version),
        after_change(number, now.version),
        detail={"article": number, "version": now.version},
    )


def after_change(number: int, version: int) -> tuple[Action, ...]:
    """Give the buttons under the news that an article has a new version."""
    return (
        Action(phrases.WHAT_CHANGED, "diff", f"{number} {version - 1} {version}", beside=True),
        Action(phrases.UNDO, "undo", f"{number}/{version}"),
    )
