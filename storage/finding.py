"""Finds passages in the file itself: by words in the full-text index, and by their ids."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from storage.connection import rows
from storage.exact import Collection
from storage.records import Passage
from storage.words import match_any

# `order by bm25(...)` stops at the limit; `order by rank` sorts all (research: 1.3 to 1.9 times)
_BY_WORDS = """
    select passages_fts.rowid from passages_fts {join}
    where passages_fts match :match order by bm25(passages_fts), passages_fts.rowid limit :limit
"""
_COUNT = "select count(*) from passages_fts {join} where passages_fts match :match"
# The index is one for all libraries of a file; where there is but one, nothing need be joined.
_JOIN = """
    join passages on passages.id = passages_fts.rowid
        and passages.library_id = (select id from libraries where name = :library)
"""
_PASSAGES = """
    select passages.id, passages.article_id as article, versions.number as version,
           articles.title, passages.heading, passages.start, passages."end", passages.text
    from passages
    join versions on versions.id = passages.version_id
    join articles on articles.id = passages.article_id
    join libraries on libraries.id = passages.library_id
    where libraries.name = :library and {condition}
    order by passages.id
"""


def by_words(db: Database, library: str, terms: Sequence[str], limit: int) -> list[int]:
    """Give the best passages by the index's own BM25 over any of the terms."""
    arguments = {"match": match_any(terms), "library": library, "limit": limit}
    found = db.execute(_sql(db, _BY_WORDS), arguments).fetchall()
    return [passage for (passage,) in found]


def count(db: Database, library: str, terms: Sequence[str]) -> int:
    """Count the library's passages that hold any of the terms."""
    arguments = {"match": match_any(terms), "library": library}
    return int(db.execute(_sql(db, _COUNT), arguments).fetchone()[0])


def collection(db: Database, library: str) -> Collection:
    """Give what a library's newest versions come to."""
    sql = """select passages, terms from totals
             where library_id = (select id from libraries where name = ?)"""
    found = rows(db, sql, [library])
    if not found or not found[0]["passages"]:
        return Collection(0, 0.0)
    return Collection(found[0]["passages"], found[0]["terms"] / found[0]["passages"])


def languages(db: Database, library: str) -> dict[str, int]:
    """Count the library's passages by the language of their article."""
    sql = """select articles.language, count(*) as held from passages
             join articles on articles.id = passages.article_id
             where passages.library_id = (select id from libraries where name = ?)
               and passages.current = 1 group by articles.language"""
    return {row["language"]: row["held"] for row in rows(db, sql, [library])}


def passages(db: Database, library: str, ids: Sequence[int]) -> list[Passage]:
    """Give passages by their ids, in that order."""
    marks = ", ".join(str(int(each)) for each in ids) or "null"
    sql = _PASSAGES.format(condition=f"passages.id in ({marks})")
    found = {row["id"]: Passage(**row) for row in rows(db, sql, {"library": library})}
    return [found[each] for each in ids if each in found]


def passages_of(db: Database, library: str, article: int, number: int) -> list[Passage]:
    """Give the passages of one version, in reading order."""
    sql = _PASSAGES.format(condition="passages.article_id = :article and versions.number = :number")
    arguments = {"library": library, "article": article, "number": number}
    return [Passage(**row) for row in rows(db, sql, arguments)]


def _sql(db: Database, form: str) -> str:
    used = db.execute("select count(*) from totals where passages > 0").fetchone()[0]
    return form.format(join=_JOIN if used > 1 else "")
