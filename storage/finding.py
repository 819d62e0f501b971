"""Finds passages in the file itself: by words in the full-text index, and by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from storage.connection import rows
from storage.exact import Collection
from storage.records import Found, Passage
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
           articles.title, passages.heading, passages.start, passages."end", passages.text {more}
    from passages
    join versions on versions.id = passages.version_id
    join articles on articles.id = passages.article_id
    join libraries on libraries.id = +passages.library_id  -- by id; the library has very many
    where libraries.name = :library and {condition}
    order by passages.id
"""

_OF_PASSAGE = 8  # columns that are the passage's own
_OF_ARTICLE = ", articles.url, articles.site, articles.published, articles.language"


def by_words(db: Database, library: str | None, terms: Sequence[str], limit: int) -> list[int]:
    """Give the best passages by the index's own BM25 over any of the terms.

    Of all libraries where none is named.
    """
    arguments = {"match": match_any(terms), "library": library, "limit": limit}
    found = db.execute(_BY_WORDS.format(join=_JOIN if library else ""), arguments).fetchall()
    return [passage for (passage,) in found]


def count(db: Database, library: str | None, terms: Sequence[str]) -> int:
    """Count the passages that hold any of the terms, in one library or in all."""
    arguments = {"match": match_any(terms), "library": library}
    return int(db.execute(_COUNT.format(join=_JOIN if library else ""), arguments).fetchone()[0])


def several(db: Database) -> bool:
    """Say whether more than one library of the file has passages to find."""
    sql = "select count(distinct library_id) from totals where passages > 0"
    return int(db.execute(sql).fetchone()[0]) > 1


def collection(db: Database, library: str) -> Collection:
    """Give what a library's newest versions come to."""
    sql = """select coalesce(sum(passages), 0) as passages, coalesce(sum(terms), 0) as terms
             from totals where library_id = (select id from libraries where name = ?)"""
    ((passages, terms),) = db.execute(sql, [library]).fetchall()
    return Collection(passages, terms / passages if passages else 0.0)


def languages(db: Database, library: str) -> dict[str, int]:
    """Count the library's passages by the language of their article."""
    sql = """select language, passages from totals
             where library_id = (select id from libraries where name = ?) and passages > 0"""
    return {row["language"]: row["passages"] for row in rows(db, sql, [library])}


def terms_of(
    db: Database, library: str, ids: Sequence[int] | None = None
) -> Iterator[tuple[int, str]]:
    """Yield the indexed terms of the library's newest versions, or of some of its passages."""
    plus, condition = "", ""
    if ids is not None:  # the plus keeps SQLite from going through the whole library
        plus, condition = "+", f"and passages.id in ({','.join(map(str, map(int, ids)))})"
    sql = f"""select passages.id, c0 from passages
              join passages_fts_content on passages_fts_content.id = passages.id
              where {plus}library_id = (select id from libraries where name = ?)
                and current = 1 {condition}"""  # noqa: S608
    yield from db.execute(sql, [library])


def passages(db: Database, library: str, ids: Sequence[int]) -> list[Passage]:
    """Give passages by their ids, in that order."""
    marks = ", ".join(str(int(each)) for each in ids) or "null"
    sql = _PASSAGES.format(more="", condition=f"passages.id in ({marks})")
    found = {row["id"]: Passage(**row) for row in rows(db, sql, {"library": library})}
    return [found[each] for each in ids if each in found]


def found(db: Database, library: str, ids: Sequence[int]) -> list[Found]:
    """Give passages by their ids, in that order, with what is known of their articles."""
    marks = ", ".join(str(int(each)) for each in ids) or "null"
    sql = _PASSAGES.format(more=_OF_ARTICLE, condition=f"passages.id in ({marks})")
    held = {
        row[0]: Found(Passage(*row[:_OF_PASSAGE]), *row[_OF_PASSAGE:])
        for row in db.execute(sql, {"library": library}).fetchall()
    }
    return [held[each] for each in ids if each in held]


def passages_of(db: Database, library: str, article: int, number: int) -> list[Passage]:
    """Give the passages of one version, in reading order."""
    sql = _PASSAGES.format(
        more="", condition="passages.article_id = :article and versions.number = :number"
    )
    arguments = {"library": library, "article": article, "number": number}
    return [Passage(**row) for row in rows(db, sql, arguments)]
