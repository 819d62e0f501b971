"""/forget erases an article after a second thought; undo takes back what a receipt stored."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from handlers import phrases
from handlers.errors import BadUsage, NotFound
from handlers.markdown import escape, one_line
from handlers.messages import Action, Notice, Reply, Request
from handlers.numbers import is_number, numbers
from storage.records import Article
from storage.store import Store

YES, NO = "yes", "no"


async def forget(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """Ask whether an article is to be erased (`ID`), or do it (`ID yes`), or leave it (`ID no`)."""
    words = request.text.split()
    decided = words.pop() if words and words[-1].lower() in (YES, NO) else ""
    (number,) = numbers(_with(request, " ".join(words)), most=1)
    article = await store.article(request.library, number)
    if article is None:
        raise NotFound(phrases.no_article(number))
    title = escape(one_line(article.title))
    if decided.lower() == NO:
        yield Notice(phrases.kept(title, number))
    elif decided.lower() == YES:
        if await store.forget(request.library, number, by=request.person.id) is None:
            raise NotFound(phrases.no_article(number))
        yield Notice(phrases.forgot(title, number))
    else:
        yield Notice(
            phrases.forget_it(title, number, article.passages),
            (
                Action(phrases.FORGET_IT, "forget", f"{number} {YES}"),
                Action(phrases.KEEP_IT, "forget", f"{number} {NO}"),
            ),
        )


async def undo(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """Take back stored versions, named as `ARTICLE/VERSION`, that are still the newest.

    `last` in their place means all that was stored at last.
    """
    if request.text.strip().lower() == phrases.LAST:
        last = await store.undo_last(request.library, by=request.person.id)
        if not last:
            raise NotFound(phrases.NOTHING_STORED_YET)
        yield _undone(last)
        return
    pairs = [word.partition("/")[::2] for word in request.text.split()]
    if not pairs or not all(is_number(number) and is_number(which) for number, which in pairs):
        raise BadUsage(phrases.UNDO_WHAT)
    gone = []
    for number, which in pairs:
        was = await store.undo(request.library, int(number), int(which), by=request.person.id)
        if was is not None:
            gone.append(was)
    if not gone:
        raise NotFound(phrases.NOTHING_TO_UNDO)
    yield _undone(gone)


def _undone(gone: Sequence[Article]) -> Notice:
    """Say what was taken back: a version, or an article with its only one."""
    titles = [f"“{escape(one_line(was.title))}” (#{was.id})" for was in gone]
    rows = [{"article": was.id, "version": was.version} for was in gone]
    return Notice(phrases.undone(titles), detail={"undone": rows})


def _with(request: Request, text: str) -> Request:
    return Request(request.command, text, request.person, request.place)
