"""Sketches of articles in half the room: shorter prints, found without an index of their own."""

from __future__ import annotations

import numpy as np
from sqlite_utils import Database

from storage.known import keep, learn
from storage.sketch import Sketch, shortened

PRINTS = (
    "drop table prints",
    """create table prints (
        library_id integer not null references libraries(id) on delete cascade,
        print integer not null, article_id integer not null,
        primary key (library_id, print, article_id)) without rowid""",
)
_OLD = "select article_id, level, prints from sketches"
_NEWEST = """select articles.id, articles.library_id, versions.text from articles
             join versions on versions.article_id = articles.id
                          and versions.number = articles.version order by articles.id"""


def shorten(db: Database) -> None:
    """Make the prints of 64 bits such of 32; link what has none yet."""
    old = {row["article_id"]: _short(row["prints"], row["level"]) for row in db.query(_OLD)}
    for statement in (*PRINTS, "delete from sketches"):
        db.execute(statement)
    for row in list(db.query(_NEWEST)):
        owner, number = row["library_id"], row["id"]
        if number in old:
            keep(db, owner, number, old[number])
        else:
            learn(db, owner, number, row["text"])


def _short(prints: bytes, level: int) -> Sketch:
    return Sketch(shortened(np.frombuffer(prints, np.uint64)), level)
