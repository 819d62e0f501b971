"""Finds articles that tell the same as another: an agency's report, a page at two addresses."""

from __future__ import annotations

import numpy as np
from sqlite_utils import Database

from storage.sketch import SAME, Sketch, overlap, sketch

MOST = 20  # articles that are looked at more closely, those with most in common first

_CANDIDATES = """
    select article_id, level, sketches.prints
    from (select article_id, count(*) as shared from prints
          where library_id = ? and print in ({marks}) and article_id <> ?
          group by article_id order by shared desc, article_id limit ?)
    join sketches using (article_id)
"""


def learn(db: Database, library: int, number: int, text: str) -> None:
    """Keep an article's newest text in mind, and link it with those that tell the same."""
    unlearn(db, number)
    drawn = sketch(text)
    for other, share in alike(db, library, number, drawn):
        pair = [min(number, other), max(number, other), share]
        db.execute("insert into alike values (?, ?, ?)", pair)
    db.execute(
        "insert into sketches values (?, ?, ?)", [number, drawn.level, drawn.prints.tobytes()]
    )
    db.conn.executemany(
        "insert or ignore into prints values (?, ?, ?)",
        [(library, each, number) for each in drawn.looked_up],
    )


def unlearn(db: Database, number: int) -> None:
    """Forget what an article says, and whom it is linked with."""
    for statement in (
        "delete from prints where article_id = ?",
        "delete from sketches where article_id = ?",
        "delete from alike where article_id = ?",
        "delete from alike where other_id = ?",
    ):
        db.execute(statement, [number])


def alike(db: Database, library: int, number: int, drawn: Sketch) -> list[tuple[int, float]]:
    """Give the other articles that tell the same, each with the share that it has in common."""
    sql = _CANDIDATES.format(marks=",".join(map(str, drawn.looked_up)) or "null")
    scored = [
        (row["article_id"], overlap(drawn, _kept(row["prints"], row["level"])))
        for row in db.query(sql, [library, number, MOST])
    ]
    return [(other, share) for other, share in scored if share >= SAME]


def _kept(prints: bytes, level: int) -> Sketch:
    return Sketch(np.frombuffer(prints, np.uint64), level)
