"""Libraries by their names."""

from __future__ import annotations

from sqlite_utils import Database

from storage.connection import rows

_OF_LIBRARY = (
    *("articles", "passages", "prints", "questions"),
    *("bindings", "members", "feeds", "files"),
)


def library_id(db: Database, library: str) -> int:
    """Give the id of a library, made if it is not there."""
    db.execute("insert or ignore into libraries (name) values (?)", [library])
    return int(rows(db, "select id from libraries where name = ?", [library])[0]["id"])


def move_library(db: Database, old: str, new: str) -> None:
    """Give a place's own library its new name, or all of it to one that has that name already."""
    if old == new:
        return
    if not rows(db, "select id from libraries where name = ?", [new]):
        db.execute("update libraries set name = ? where name = ?", [new, old])
        return
    for table in _OF_LIBRARY:
        statement = f"""update or ignore {table}
            set library_id = (select id from libraries where name = :new)
            where library_id = (select id from libraries where name = :old)"""  # noqa: S608 - ours
        db.execute(statement, {"old": old, "new": new})
    db.execute("delete from libraries where name = ?", [old])
