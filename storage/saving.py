"""Stores and erases articles with all that hangs on them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from storage.acts import Act, digest_of, keep_removed, new_act
from storage.articles import also, article
from storage.audit import now
from storage.connection import rows
from storage.insert import insert
from storage.known import learn, unlearn
from storage.libraries import library_id
from storage.records import Article, NewArticle, Removed, Saved, Status, Validators
from storage.searchable import enter, leave


def save(
    db: Database,
    library: str,
    articles: Sequence[NewArticle],
    cut: Sequence[Removed],
    source: str,
    by: str,
    page: Validators | None = None,
) -> list[Saved]:
    """Store the articles of one source; what was cut is kept with the version that it was cut from,
    or, where nobody knows that, with the first new one.
    """
    owner = library_id(db, library)
    act = new_act(db, source, page or Validators())
    saved = []
    loose: set[int | None] = {None}  # what nobody knows the article of
    for at, new in enumerate(articles):
        status, number, made = _save_one(db, owner, new, act, by)
        saved.append(Saved(number, status))
        if made is not None:
            keep_removed(db, made, (each for each in cut if each.article in {at, *loose}))
            loose = set()
    return [replace(each, also=tuple(also(db, library, each.article))) for each in saved]


def forget(db: Database, library: str, number: int) -> Article | None:
    """Erase an article with its versions, passages, index, vectors and what was cut from it."""
    gone = article(db, library, number)
    if gone is not None:
        leave(db, number)
        unlearn(db, number)
        db.execute("delete from articles where id = ?", [number])
    return gone


def _save_one(
    db: Database, owner: int, new: NewArticle, act: Act, by: str
) -> tuple[Status, int, int | None]:
    digest = digest_of(new.text)
    same = rows(
        db,
        """select articles.id from articles
           join versions on versions.article_id = articles.id
                        and versions.number = articles.version
           where articles.library_id = ? and versions.hash = ?""",
        [owner, digest],
    )
    if same:
        return Status.DUPLICATE, same[0]["id"], None
    known = _earlier(db, owner, new)
    if known:
        number, which = known[0]["id"], known[0]["version"] + 1
        return Status.UPDATED, number, add_newest(db, owner, number, which, new, digest, act)
    facts = {**_facts(new), "library_id": owner, "url": new.url, "added": now()}
    number = insert(db, "articles", {**facts, "added_by": by, "version": 1})
    return Status.STORED, number, _add_version(db, owner, number, 1, new, digest, act)


def add_newest(
    db: Database, owner: int, number: int, which: int, new: NewArticle, digest: str, act: Act
) -> int:
    """Give an article a further version, found in place of the one before; give its row's id.

    `digest` is that of the text as its source has it, which an admin may have changed since.
    """
    leave(db, number)
    db.table("articles").update(number, {**_facts(new), "version": which})
    return _add_version(db, owner, number, which, new, digest, act)


def _earlier(db: Database, owner: int, new: NewArticle) -> list[dict[str, Any]]:
    """Give the article that is there already: by its address, else as reading knows it."""
    sql = "select id, version from articles where library_id = ? and {} = ? order by id desc"
    found = rows(db, sql.format("url"), [owner, new.url]) if new.url else []
    if not found and new.replaces is not None:
        found = rows(db, sql.format("id"), [owner, new.replaces])
    return found


def _facts(new: NewArticle) -> dict[str, Any]:
    return {
        "title": new.title,
        "author": new.author,
        "site": new.site,
        "published": new.published,
        "language": new.language,
    }


def _add_version(
    db: Database, owner: int, number: int, which: int, new: NewArticle, digest: str, act: Act
) -> int:
    made = insert(
        db,
        "versions",
        {
            "article_id": number,
            "number": which,
            "text": new.text,
            "hash": digest,
            "source": act.source,
            "fetched": now(),
            "facts": json.dumps(_facts(new), ensure_ascii=False),
            "act": act.number,
            "etag": act.page.etag,
            "modified": act.page.modified,
        },
    )
    learn(db, owner, number, new.text)
    enter(db, owner, number, made, new)
    return made
