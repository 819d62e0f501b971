"""Finds passages: by words in the full-text index, by meaning among the stored vectors."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from storage.connection import rows
from storage.records import Hit, Passage
from storage.vectors import Vectors
from storage.words import match_any, match_word

# `order by bm25(...)` stops at the limit; `order by rank` sorts all (research: 1.3 to 1.9 times)
_BY_WORDS = """
    select passages_fts.rowid as passage, -bm25(passages_fts) as score
    from passages_fts join passages on passages.id = passages_fts.rowid
    where passages_fts match :match
      and passages.library_id = (select id from libraries where name = :library)
    order by bm25(passages_fts), passages_fts.rowid limit :limit
"""
_COUNT = """
    select count(*) as held
    from passages_fts join passages on passages.id = passages_fts.rowid
    where passages_fts match :match
      and passages.library_id = (select id from libraries where name = :library)
"""
_VECTORS = """
    select embeddings.passage_id as passage, embeddings.vector as vector
    from passages join embeddings on embeddings.passage_id = passages.id
    where passages.library_id = (select id from libraries where name = :library)
      and passages.current = 1 and embeddings.embedder = :embedder
    order by passages.id
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


def by_words(db: Database, library: str, words: Sequence[str], limit: int) -> list[Hit]:
    """Give the best passages by BM25 over any of the words."""
    match = match_any(words)
    if not match:
        return []
    found = rows(db, _BY_WORDS, {"match": match, "library": library, "limit": limit})
    return [Hit(row["passage"], row["score"]) for row in found]


def frequencies(db: Database, library: str, words: Sequence[str]) -> tuple[dict[str, int], int]:
    """Count the library's passages that hold each word, and all of them."""
    held = {}
    for word in words:
        match = match_word(word)
        found = rows(db, _COUNT, {"match": match, "library": library}) if match else []
        held[word] = found[0]["held"] if found else 0
    total = rows(
        db,
        """select count(*) as total from passages where current = 1
           and library_id = (select id from libraries where name = ?)""",
        [library],
    )
    return held, total[0]["total"]


def vectors(db: Database, library: str, embedder: str) -> Vectors:
    """Load the vectors of a library's newest versions."""
    found = rows(db, _VECTORS, {"library": library, "embedder": embedder})
    return Vectors.unpacked([row["passage"] for row in found], [row["vector"] for row in found])


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
