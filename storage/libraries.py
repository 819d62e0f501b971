"""Libraries by their names."""

from __future__ import annotations

from sqlite_utils import Database

from storage.connection import rows

_OF_LIBRARY = (
    *("articles", "passages", "prints", "questions", "pins", "follows"),
    *("bindings", "members", "feeds", "files"),
)


def library_id(db: Database, library: str) -> int:
    """Give the id of a library, made if it is not there."""
    db.execute("insert or ignore into libraries (name) values (?)", [library])
    return int(rows(db, "select id from libraries where name = ?", [library])[0]["id"])


def move_library(db: Database, old: str, new: str) -> None:
    """Give a place's own library its new name, or all of it to one that has that name already."""
    if old == new or not rows(db, "select id from libraries where name = ?", [old]):
        return
    if not rows(db, "select id from libraries where name = ?", [new]):
        db.execute("update libraries set name = ? where name = ?", [new, old])
        return
    both = {"old": library_id(db, old), "new": library_id(db, new)}
    found = rows(db, "select id from passages where library_id = :old and current = 1", both)
    marks = ",".join(str(row["id"]) for row in found) or "null"
    turned = f"update passages set current = {{}} where id in ({marks})"  # noqa: S608 - our numbers
    db.execute(turned.format(0))  # triggers keep count of what leaves a library and what comes
    for table in _OF_LIBRARY:
        statement = f"update or ignore {table} set library_id = :new where library_id = :old"  # noqa: S608 - ours
        db.execute(statement, both)
    db.execute(turned.format(1))
    db.execute("delete from libraries where id = :old", both)
