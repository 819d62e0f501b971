"""The embedded engine's part for files that were read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from storage.audit import now
from storage.connection import rows
from storage.feeds import FileRead
from storage.libraries import library_id
from storage.units import Units

_FILE = """
    select files.id, path, hash from files join libraries on libraries.id = files.library_id
    where libraries.name = ? and {column} = ? order by files.id desc limit 1
"""
_ARTICLES = """
    select article_id, version, (select version from articles where id = article_id) as newest
    from file_articles where file_id = ? order by n
"""
_ALONE = """
    select article_id, version from file_articles as mine
    where file_id = :file and not exists (
        select 1 from file_articles join files on files.id = file_id
        where article_id = mine.article_id and path <> :path)
    order by n
"""


class SqliteFiles(Units):
    """What `FileStore` asks, on the units of work of the engine."""

    async def file(self, library: str, digest: str) -> FileRead | None:
        def work(db: Database) -> FileRead | None:
            row = _found(db, library, "hash", digest)
            made = rows(db, _ARTICLES, [row["id"]]) if row else []
            as_it_was = made and all(each["version"] == each["newest"] for each in made)
            return _read(row, made) if row and as_it_was else None

        return await self._read(work)

    async def file_at(self, library: str, path: str) -> FileRead | None:
        def work(db: Database) -> FileRead | None:
            row = _found(db, library, "path", path)
            if row is None:
                return None
            return _read(row, rows(db, _ALONE, {"file": row["id"], "path": path}))

        return await self._read(work)

    async def note_file(self, library: str, file: FileRead) -> None:
        def work(db: Database) -> None:
            owner = library_id(db, library)
            where = [owner, file.path, file.hash]
            db.execute(
                """delete from files where library_id = ? and path = ? and (path <> '' or hash = ?)
                """,
                where,
            )
            sql = "insert into files (library_id, path, hash, made) values (?, ?, ?, ?)"
            made = db.execute(sql, [*where, now()]).lastrowid
            for n, (article, version) in enumerate(file.articles):
                db.execute(
                    """insert into file_articles (file_id, n, article_id, version)
                       select ?, ?, id, ? from articles where id = ?""",
                    [made, n, version, article],
                )

        await self._write(work)


def _found(db: Database, library: str, column: str, value: str) -> dict[str, Any] | None:
    found = rows(db, _FILE.format(column=column), [library, value])
    return found[0] if found else None


def _read(row: dict[str, Any], made: Sequence[dict[str, Any]]) -> FileRead:
    articles = tuple((each["article_id"], each["version"]) for each in made)
    return FileRead(row["path"], row["hash"], articles)
