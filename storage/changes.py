"""What changed in what can be found: so that a copy beside the file can catch up."""

from __future__ import annotations

from sqlite_utils import Database

from storage.connection import rows

KEPT = 200_000  # changes that a copy may lag behind before it is made anew


def latest(db: Database) -> int:
    """Give the number of the newest change of any library."""
    return int(db.execute("select coalesce(max(id), 0) from changes").fetchone()[0])


def latest_of_words(db: Database) -> int:
    """Give the number of the newest change that was more than a new vector."""
    sql = "select coalesce(max(id), 0) from changes where vector = 0"
    return int(db.execute(sql).fetchone()[0])


def since(db: Database, library: str, seen: int, *, vectors: bool) -> list[int] | None:
    """Give the passages that changed after one change; None where that is too long ago."""
    first = db.execute("select min(id) from changes").fetchone()[0]
    if first is not None and seen < first - 1:
        return None
    sql = """select distinct passage_id as passage from changes where id > ? and vector <= ?
             and library_id = (select id from libraries where name = ?)"""
    return [row["passage"] for row in rows(db, sql, [seen, int(vectors), library])]


def prune(db: Database, kept: int = KEPT) -> None:
    """Forget changes that are long past, once they are as many as those kept."""
    ((first, last),) = db.execute("select min(id), max(id) from changes").fetchall()
    if last is not None and last - first >= 2 * kept:
        db.execute("delete from changes where id <= ?", [last - kept])
