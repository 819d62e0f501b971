"""/diff: what changed between two versions of an article."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from handlers import phrases
from handlers.article import version_of
from handlers.changes import Change, Run, changes, numbers, runs
from handlers.markdown import escape, one_line
from handlers.messages import Notice, Reply, Request
from handlers.numbers import numbers as numbers_of
from handlers.paging import page_of, turns
from storage.records import Article
from storage.store import Store

PAGE = 6  # changes of a page
LONGEST = 350  # characters of a sentence that is new or gone, in a paged place
AROUND = 60  # characters that stay of a stretch that did not change, on each side of what did


async def diff(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """Show what changed: the text is `ID`, `ID FROM` or `ID FROM TO`, in a paged place and a page.

    Without versions the last two are compared.
    """
    number, *rest = numbers_of(request, most=4 if request.place.paged else 3)
    held, newest = await version_of(store, request.library, number, None)
    title = escape(one_line(held.title))
    last = newest.number
    if last == 1:
        yield Notice(phrases.only_one_version(title, number), detail={"changes": []})
        return
    before = rest[0] if rest else last - 1
    after = rest[1] if len(rest) > 1 else last
    _, old = await version_of(store, request.library, number, before)
    _, new = await version_of(store, request.library, number, after)
    found = await asyncio.to_thread(changes, old.text, new.text, held.language)
    page = rest[2] if len(rest) > 2 else 1
    yield _shown(held, (before, after), found, page if request.place.paged else None)


def counted(found: Sequence[Change]) -> str:
    """Say how many sentences are new, gone and changed."""
    kinds = [each.kind for each in found]
    return phrases.changed(kinds.count("added"), kinds.count("removed"), kinds.count("changed"))


def _shown(
    held: Article, between: tuple[int, int], found: Sequence[Change], page: int | None
) -> Notice:
    before, after = between
    part, page, pages = page_of(found, page or 1, PAGE if page else len(found))
    title = escape(one_line(held.title))
    what = counted(found) if found else phrases.NOTHING_CHANGED
    blocks = [phrases.changes_of(title, held.id, before, after, what)]
    if pages > 1:
        blocks.append(f"*{phrases.page(page, pages)}*")
    pairs = [pair for each in part for pair in numbers(each)]
    if pairs:
        told = ", ".join(f"{escape(one)} → **{escape(other)}**" for one, other in pairs)
        blocks.append(f"{phrases.NUMBERS_CHANGED} {told}")
    blocks += [_block(each, short=pages > 1) for each in part]
    detail = {"article": held.id, "from": before, "to": after, "changes": list(map(_told, found))}
    turning = turns("diff", page, pages, f"{held.id} {before} {after} ")
    return Notice("\n\n".join(blocks), turning, detail=detail)


def _block(change: Change, *, short: bool) -> str:
    """Give a sentence as it was and as it is, with what differs strong."""
    if change.kind == "changed":
        before, after = runs(change)
        lines = [("−", _marked(before, short=short)), ("+", _marked(after, short=short))]
    else:
        sign = "+" if change.kind == "added" else "−"
        text = one_line(change.after or change.before, LONGEST if short else 0)
        lines = [(sign, escape(text))]
    return "  \n".join(f"> {sign} {text}" for sign, text in lines)


def _marked(stretches: Sequence[Run], *, short: bool) -> str:
    """Mark what differs; of the rest only what stands beside it, where it shall be `short`."""
    parts = []
    last = len(stretches) - 1
    for at, each in enumerate(stretches):
        text = " ".join(each.text.split())
        if each.same and short:
            text = _shortened(text, begins=at == 0, ends=at == last)
        edge = each.text[:1].isspace(), each.text[-1:].isspace()
        words = escape(text) if each.same or not text else f"**{escape(text)}**"
        parts.append(f"{' ' * edge[0]}{words}{' ' * (edge[1] and bool(text))}")
    return "".join(parts).strip()


def _shortened(text: str, *, begins: bool, ends: bool) -> str:
    """Keep the ends of a long stretch that stand beside a change."""
    if len(text) <= 2 * AROUND:
        return text
    head, tail = text[:AROUND].rpartition(" ")[0], text[-AROUND:].partition(" ")[2]
    if begins:
        return f"… {tail or text[-AROUND:]}"
    return f"{head or text[:AROUND]} …" if ends else f"{head} … {tail}"


def _told(change: Change) -> dict[str, object]:
    told: dict[str, object] = {"kind": change.kind}
    if change.before:
        told["before"] = change.before
    if change.after:
        told["after"] = change.after
    if pairs := numbers(change):
        told["numbers"] = [list(pair) for pair in pairs]
    return told
