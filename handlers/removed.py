"""/removed lists what was cut from an article; a piece or all of one reason can be put back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass

from handlers import phrases
from handlers.article import version_of
from handlers.embedding import Worker
from handlers.errors import BadUsage, NotFound
from handlers.markdown import escape, one_line
from handlers.messages import Action, Notice, Reply, Request
from handlers.numbers import is_number, numbers
from handlers.paging import page_of, turns
from handlers.putback import with_pieces
from handlers.reading.chunk import chunk
from handlers.revert import after_change
from storage.records import Article, NewArticle, Removed, Version
from storage.store import Store

PAGE = 5  # pieces of a page; each has a button
LONGEST = 200  # characters of a piece in a list
MOST_NAMED = 5  # pieces that are named where they were put back
ALL = "all"


async def removed(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """List what was cut: the text is `ID`, `ID VERSION` or, in a paged place, `ID VERSION PAGE`."""
    number, *rest = numbers(request, most=3 if request.place.paged else 2)
    held, version = await version_of(store, request.library, number, rest[0] if rest else None)
    pieces = await store.removed(request.library, number, version.number)
    if not pieces:
        said = phrases.nothing_cut(escape(one_line(held.title)), number, version.number)
        yield Notice(said, detail=_detail(held, version, pieces))
        return
    yield _listed(request, held, version, pieces, rest[1] if len(rest) > 1 else 1)


async def putback(request: Request, *, store: Store, worker: Worker | None) -> AsyncIterator[Reply]:
    """Put pieces back where they stood, as a new version: `ID[/VERSION]` and their numbers.

    `all REASON` in place of numbers means those of one reason, `all` alone every one.
    """
    first, *words = request.text.replace("#", " ").split() or [""]
    number, _, which = first.partition("/")
    if not is_number(number) or not is_number(which or "1") or not words:
        raise BadUsage(phrases.PUT_BACK_WHAT)
    held, newest = await version_of(store, request.library, int(number), None)
    if which and int(which) != newest.number:
        raise NotFound(phrases.CHANGED_SINCE)
    pieces = await store.removed(request.library, held.id, newest.number)
    chosen = _chosen(held.id, pieces, words)
    new, left = await asyncio.to_thread(_changed, held, newest, pieces, chosen)
    now = await store.amend(
        request.library, held.id, new, left, after=newest.number, by=request.person.id
    )
    if now is None:
        raise NotFound(phrases.CHANGED_SINCE)
    if worker is not None:
        worker.poke()
    yield _done(now, [pieces[at].text for at in sorted(chosen)])


def _chosen(number: int, pieces: Sequence[Removed], words: Sequence[str]) -> set[int]:
    """Read which pieces are meant; raises `NotFound` where one is not there."""
    if words[0].lower() == ALL:
        reason = " ".join(words[1:])
        found = {at for at, each in enumerate(pieces) if reason in ("", each.reason)}
    else:
        if not all(map(is_number, words)):
            raise BadUsage(phrases.PUT_BACK_WHAT)
        found = {int(word) - 1 for word in words}
    if not found or not found <= set(range(len(pieces))):
        raise NotFound(phrases.no_such_piece(number))
    return found


def _changed(
    held: Article, newest: Version, pieces: Sequence[Removed], chosen: Collection[int]
) -> tuple[NewArticle, list[Removed]]:
    text, left = with_pieces(newest.text, pieces, chosen)
    new = NewArticle(
        title=held.title,
        text=text,
        language=held.language,
        spans=chunk(text, held.language),
        author=held.author,
        site=held.site,
        url=held.url,
        published=held.published,
    )
    return new, left


def _done(now: Article, texts: Sequence[str]) -> Notice:
    named = [escape(one_line(each, LONGEST)) for each in texts[:MOST_NAMED]]
    if len(texts) > MOST_NAMED:
        named.append(phrases.and_more(len(texts) - MOST_NAMED))
    return Notice(
        phrases.put_back(escape(one_line(now.title)), now.id, now.version, named),
        after_change(now.id, now.version),
        detail={"article": now.id, "version": now.version, "put_back": list(texts)},
    )


def _listed(
    request: Request, held: Article, version: Version, pieces: Sequence[Removed], page: int
) -> Notice:
    size = PAGE if request.place.paged else len(pieces)
    shown, page, pages = page_of(list(enumerate(pieces, 1)), page, size)
    title = escape(one_line(held.title))
    blocks = [phrases.cut_from(title, held.id, version.number, len(pieces))]
    if pages > 1:
        blocks.append(f"*{phrases.page(page, pages)}*")
    limit = LONGEST if request.place.paged else 0
    blocks.append("\n".join(_row(n, each, limit) for n, each in shown))
    turning = turns("removed", page, pages, f"{held.id} {version.number} ")
    buttons: tuple[Action, ...] = ()
    if version.number == held.version and request.place.paged:
        buttons = _buttons(held, shown, pieces)
    elif version.number == held.version:
        blocks.append(phrases.put_back_how(held.id))
    detail = _detail(held, version, pieces)
    return Notice("\n\n".join(blocks), (*buttons, *turning), detail=detail)


def _row(n: int, piece: Removed, limit: int) -> str:
    return f"- {n} · “{escape(one_line(piece.text, limit))}” · {escape(piece.reason)}"


@dataclass(frozen=True, slots=True)
class _Reason:
    name: str
    pieces: int


def _buttons(
    held: Article, shown: Sequence[tuple[int, Removed]], pieces: Sequence[Removed]
) -> tuple[Action, ...]:
    where = f"{held.id}/{held.version}"
    each = [Action(phrases.put_back_button(n), "putback", f"{where} {n}") for n, _ in shown]
    names = dict.fromkeys(piece.reason for _, piece in shown)
    counted = [_Reason(name, sum(one.reason == name for one in pieces)) for name in names]
    whole = [
        Action(
            phrases.put_back_all(reason.name, reason.pieces),
            "putback",
            f"{where} {ALL} {reason.name}",
        )
        for reason in counted
        if reason.pieces > 1
    ]
    return (*each, *whole)


def _detail(held: Article, version: Version, pieces: Sequence[Removed]) -> dict[str, object]:
    rows = []
    for n, each in enumerate(pieces, 1):
        line = {"line": each.line} if each.line is not None else {}
        rows.append({"n": n, **line, "text": each.text, "reason": each.reason})
    return {
        "id": held.id,
        "title": held.title,
        "version": version.number,
        "versions": held.versions,
        "removed": rows,
    }
