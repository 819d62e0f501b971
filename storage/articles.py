"""Articles of a library as they are stored, with their versions and what was cut from them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from storage.acts import page_of
from storage.connection import rows
from storage.finding import passages_of
from storage.records import Article, Removed, Version

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


def listed(db: Database, library: str, most: int = -1) -> list[Article]:
    """Give the articles of a library, newest first; all, or the newest `most`."""
    sql = _ARTICLES.format(plus="", condition="") + " limit :most"
    return [Article(**row) for row in rows(db, sql, {"library": library, "most": most})]


def some(db: Database, library: str, ids: Sequence[int]) -> list[Article]:
    """Give the articles with these ids."""
    marks = ",".join(map(str, map(int, ids))) or "null"
    sql = _ARTICLES.format(plus="+", condition=f"and articles.id in ({marks})")
    return [Article(**row) for row in rows(db, sql, {"library": library})]


def article(db: Database, library: str, number: int) -> Article | None:
    """Give an article by its number, if this library holds it."""
    sql = _ARTICLES.format(plus="+", condition="and articles.id = :id")
    found = rows(db, sql, {"library": library, "id": number})
    return Article(**found[0]) if found else None


def at(db: Database, library: str, urls: Sequence[str]) -> Article | None:
    """Give the newest article of a library that came from one of these addresses."""
    marks = ",".join(f":url{n}" for n in range(len(urls))) or "null"
    sql = _ARTICLES.format(plus="", condition=f"and articles.url in ({marks})")
    values = {f"url{n}": url for n, url in enumerate(urls)}
    found = rows(db, sql, {"library": library, **values})
    return Article(**found[0]) if found else None


def version(db: Database, library: str, number: int, which: int) -> Version | None:
    """Give version `which` of an article with its passages, if there is one."""
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
    """Give what was cut from a version, in its order."""
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
