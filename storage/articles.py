"""Saves, lists and erases articles with all that hangs on them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from storage.acts import Act, digest_of, keep_removed, new_act, page_of
from storage.connection import rows
from storage.finding import passages_of
from storage.insert import insert, insert_all
from storage.known import learn
from storage.records import Article, NewArticle, Removed, Saved, Span, Status, Validators, Version
from storage.terms import terms

_ARTICLES = """
    select articles.id, libraries.name as library, articles.title, articles.language,
           articles.added, articles.version, articles.author, articles.site, articles.url,
           articles.published,
           (select count(*) from versions where article_id = articles.id) as versions,
           (select count(*) from passages where article_id = articles.id and current = 1)
             as passages
    from articles join libraries on libraries.id = {plus}articles.library_id
    where libraries.name = :library {condition}
    order by articles.id desc
"""
_PASSAGE = (
    *("version_id", "article_id", "library_id", "current"),
    *("heading", "start", "end", "text", "length", "language"),
)


def now() -> str:
    """Give the time as it is stored: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def audit(db: Database, by: str, act: str, detail: str) -> None:
    """Note who did what."""
    insert(db, "audit", {"at": now(), "by": by, "act": act, "detail": detail})


def listed(db: Database, library: str) -> list[Article]:
    """Give all articles of a library, newest first."""
    return [
        Article(**row)
        for row in rows(db, _ARTICLES.format(plus="", condition=""), {"library": library})
    ]


def some(db: Database, library: str, ids: Sequence[int]) -> list[Article]:
    """Give the articles with these ids."""
    marks = ",".join(map(str, map(int, ids))) or "null"
    sql = _ARTICLES.format(plus="+", condition=f"and articles.id in ({marks})")
    return [Article(**row) for row in rows(db, sql, {"library": library})]


def article(db: Database, library: str, number: int) -> Article | None:
    sql = _ARTICLES.format(plus="+", condition="and articles.id = :id")
    found = rows(db, sql, {"library": library, "id": number})
    return Article(**found[0]) if found else None


def version(db: Database, library: str, number: int, which: int) -> Version | None:
    found = rows(
        db,
        """select versions.article_id as article, versions.number, versions.text,
                  versions.fetched, versions.source, versions.etag, versions.modified
           from versions join articles on articles.id = versions.article_id
           join libraries on libraries.id = articles.library_id
           where libraries.name = ? and articles.id = ? and versions.number = ?""",
        [library, number, which],
    )
    if not found:
        return None
    row = found[0]
    page = page_of(row)
    return Version(**row, passages=tuple(passages_of(db, library, number, which)), page=page)


def removed(db: Database, library: str, number: int, which: int) -> list[Removed]:
    found = rows(
        db,
        """select removed.text, removed.reason, removed.line, removed.place
           from removed join versions on versions.id = removed.version_id
           join articles on articles.id = versions.article_id
           join libraries on libraries.id = articles.library_id
           where libraries.name = ? and articles.id = ? and versions.number = ?
           order by removed.id""",
        [library, number, which],
    )
    return [Removed(**row) for row in found]


def also(db: Database, library: str, number: int) -> list[int]:
    """Give the articles that tell the same as one, those nearest to it first."""
    found = rows(
        db,
        """select other from (
               select other_id as other, share from alike where article_id = :id
               union all select article_id, share from alike where other_id = :id)
           join articles on articles.id = other
           -- the plus keeps SQLite from going through the whole library
           where +articles.library_id = (select id from libraries where name = :library)
           order by share desc, other""",
        {"id": number, "library": library},
    )
    return [row["other"] for row in found]


def library_id(db: Database, library: str) -> int:
    """Give the id of a library, made if it is not there."""
    db.execute("insert or ignore into libraries (name) values (?)", [library])
    return int(rows(db, "select id from libraries where name = ?", [library])[0]["id"])


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
        leave_index(db, number)
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
    leave_index(db, number)
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
    words = [_terms_of(new, span) for span in new.spans]
    rows_ = [
        (
            *(made, number, owner, 1, span.heading, span.start, span.end),
            *(new.text[span.start : span.end], len(held), new.language),
        )
        for span, held in zip(new.spans, words, strict=True)
    ]
    insert_all(db, "passages", _PASSAGE, rows_)
    _enter_index(db, made, [" ".join(held) for held in words])
    return made


def _terms_of(new: NewArticle, span: Span) -> list[str]:
    text = embeddable(new.title, span.heading, new.text[span.start : span.end])
    return terms(text, new.language)


def embeddable(title: str, heading: str, text: str) -> str:
    """Give a passage as it is indexed and embedded: under its title and headings."""
    return "\n".join(part for part in (title, heading, text) if part)


def come_back(db: Database, version: int, title: str) -> None:
    """Put the passages of an earlier version (by its row's id) into both searches again."""
    sql = "select heading, text, language from passages where version_id = ? order by id"
    words = [
        " ".join(terms(embeddable(title, row["heading"], row["text"]), row["language"]))
        for row in rows(db, sql, [version])
    ]
    db.execute("update passages set current = 1 where version_id = ?", [version])
    _enter_index(db, version, words)


def _enter_index(db: Database, version: int, words: Sequence[str]) -> None:
    """Put a version's passages into the full-text index by their terms, in order."""
    ids = rows(db, "select id from passages where version_id = ? order by id", [version])
    rows_ = [(each["id"], held) for each, held in zip(ids, words, strict=True)]
    insert_all(db, "passages_fts", ("rowid", "words"), rows_)


def leave_index(db: Database, number: int) -> None:
    """Take an article's passages out of both searches; they stay for citations to open."""
    db.execute(
        """delete from passages_fts where rowid in
           (select id from passages where article_id = ? and current = 1)""",
        [number],
    )
    db.execute("update passages set current = 0 where article_id = ?", [number])
