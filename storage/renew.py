"""Gives a stored article a further version: read again, changed by an admin, or an older one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from storage import articles as kept
from storage.acts import digest_of, keep_removed, new_act
from storage.connection import rows
from storage.records import Article, NewArticle, Removed, Saved, Span, Status, Validators
from storage.saving import add_newest

_NEWEST = """
    select versions.id, versions.number, versions.text, versions.hash, versions.source,
           versions.etag, versions.modified, articles.library_id
    from versions join articles on articles.id = versions.article_id
                               and articles.version = versions.number
    join libraries on libraries.id = articles.library_id
    where libraries.name = ? and articles.id = ?
"""


def renewed(
    db: Database,
    library: str,
    number: int,
    new: NewArticle,
    cut: Sequence[Removed],
    page: Validators,
    after: int,
) -> Saved | None:
    """Store what an article's source says now; `None` where version `after` is not the newest.

    `duplicate` where it says what it said when it was last read; then only `page` is kept.
    """
    newest = _newest(db, library, number, after)
    if newest is None:
        return None
    digest = digest_of(new.text)
    if digest == newest["hash"] or new.text == newest["text"]:
        changes = {"etag": page.etag, "modified": page.modified}
        db.table("versions").update(newest["id"], changes)
        return Saved(number, Status.DUPLICATE)
    act = new_act(db, newest["source"], page)
    made = add_newest(db, newest["library_id"], number, after + 1, new, digest, act)
    keep_removed(db, made, cut)
    return Saved(number, Status.UPDATED, tuple(kept.also(db, library, number)))


def amended(
    db: Database,
    library: str,
    number: int,
    new: NewArticle,
    cut: Sequence[Removed],
    after: int,
) -> Article | None:
    """Store a text that an admin changed; what its source said last stays in mind.

    `None` where version `after` is not the newest.
    """
    newest = _newest(db, library, number, after)
    return _next(db, library, number, newest, new, cut) if newest else None


def reverted(db: Database, library: str, number: int, which: int) -> Article | None:
    """Make an older version the newest again; `None` where there is none or it is the newest."""
    newest = _newest(db, library, number)
    older = kept.version(db, library, number, which)
    if newest is None or older is None or newest["number"] == which:
        return None
    facts = _facts_of(db, library, number, which)
    spans = tuple(Span(each.start, each.end, each.heading) for each in older.passages)
    new = NewArticle(**facts, text=older.text, spans=spans)
    return _next(db, library, number, newest, new, kept.removed(db, library, number, which))


def _next(
    db: Database,
    library: str,
    number: int,
    newest: dict[str, Any],
    new: NewArticle,
    cut: Sequence[Removed],
) -> Article | None:
    act = new_act(db, newest["source"], Validators(newest["etag"], newest["modified"]))
    which = newest["number"] + 1
    made = add_newest(db, newest["library_id"], number, which, new, newest["hash"], act)
    keep_removed(db, made, cut)
    return kept.article(db, library, number)


def _newest(
    db: Database, library: str, number: int, after: int | None = None
) -> dict[str, Any] | None:
    found = rows(db, _NEWEST, [library, number])
    return found[0] if found and after in (None, found[0]["number"]) else None


def _facts_of(db: Database, library: str, number: int, which: int) -> dict[str, Any]:
    """Give what a version said of itself; one of an early library says what the article says."""
    (row,) = rows(
        db, "select facts from versions where article_id = ? and number = ?", [number, which]
    )
    if row["facts"]:
        facts: dict[str, Any] = json.loads(row["facts"])
        return facts
    now = kept.article(db, library, number)
    names = ("title", "author", "site", "published", "language")
    return {name: getattr(now, name) for name in names}
