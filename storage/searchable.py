"""Passages in and out of both searches: by words and by meaning."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from storage.connection import rows
from storage.insert import insert_all
from storage.records import NewArticle, Span
from storage.terms import terms

_PASSAGE = (
    *("version_id", "article_id", "library_id", "current"),
    *("heading", "start", "end", "text", "length", "language"),
)


def embeddable(title: str, heading: str, text: str) -> str:
    """Give a passage as it is indexed and embedded: under its title and headings."""
    return "\n".join(part for part in (title, heading, text) if part)


def enter(db: Database, owner: int, number: int, version: int, new: NewArticle) -> None:
    """Store the passages of a new version (by its row's id), to be found from now on."""
    words = [_terms_of(new, span) for span in new.spans]
    rows_ = [
        (
            *(version, number, owner, 1, span.heading, span.start, span.end),
            *(new.text[span.start : span.end], len(held), new.language),
        )
        for span, held in zip(new.spans, words, strict=True)
    ]
    insert_all(db, "passages", _PASSAGE, rows_)
    _index(db, version, [" ".join(held) for held in words])


def leave(db: Database, number: int) -> None:
    """Take an article's passages out of both searches; they stay for citations to open."""
    db.execute(
        """delete from passages_fts where rowid in
           (select id from passages where article_id = ? and current = 1)""",
        [number],
    )
    db.execute("update passages set current = 0 where article_id = ?", [number])


def come_back(db: Database, version: int, title: str) -> None:
    """Put the passages of an earlier version (by its row's id) into both searches again."""
    sql = "select heading, text, language from passages where version_id = ? order by id"
    words = [
        " ".join(terms(embeddable(title, row["heading"], row["text"]), row["language"]))
        for row in rows(db, sql, [version])
    ]
    db.execute("update passages set current = 1 where version_id = ?", [version])
    _index(db, version, words)


def _terms_of(new: NewArticle, span: Span) -> list[str]:
    text = embeddable(new.title, span.heading, new.text[span.start : span.end])
    return terms(text, new.language)


def _index(db: Database, version: int, words: Sequence[str]) -> None:
    """Put a version's passages into the full-text index by their terms, in order."""
    ids = rows(db, "select id from passages where version_id = ? order by id", [version])
    rows_ = [(each["id"], held) for each, held in zip(ids, words, strict=True)]
    insert_all(db, "passages_fts", ("rowid", "words"), rows_)
