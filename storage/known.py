"""Finds articles that tell the same as another: an agency's report, a page at two addresses."""

from __future__ import annotations

from collections import Counter

import numpy as np
from sqlite_utils import Database

from storage.sketch import SAME, Sketch, overlap, sketch

MOST = 20  # articles that are looked at more closely, those with most in common first
COMMON = 100  # articles of one print that are counted: what more have is a site's foot, no story

_HOLDERS = "select article_id from prints where library_id = ? and print = ? limit ?"

_SKETCH = """select library_id, level, prints from sketches
             join articles on articles.id = article_id where article_id = ?"""


def learn(db: Database, library: int, number: int, text: str) -> None:
    """Keep an article's newest text in mind, and link it with those that tell the same."""
    unlearn(db, number)
    drawn = sketch(text)
    for other, share in alike(db, library, number, drawn):
        pair = [min(number, other), max(number, other), share]
        db.execute("insert into alike values (?, ?, ?)", pair)
    keep(db, library, number, drawn)


def keep(db: Database, library: int, number: int, drawn: Sketch) -> None:
    """Store an article's sketch, and the part of it that is looked up."""
    db.execute(
        "insert into sketches values (?, ?, ?)", [number, drawn.level, drawn.prints.tobytes()]
    )
    db.conn.executemany(
        "insert into prints values (?, ?, ?)",
        [(library, each, number) for each in drawn.looked_up],
    )


def unlearn(db: Database, number: int) -> None:
    """Forget what an article says, and whom it is linked with; while it is still there.

    Its prints are found by its sketch: an index of them by article took as much room as they.
    """
    held = db.execute(_SKETCH, [number]).fetchone()
    if held:
        library, level, prints = held
        db.conn.executemany(
            "delete from prints where library_id = ? and print = ? and article_id = ?",
            [(library, each, number) for each in _kept(prints, level).looked_up],
        )
    for statement in (
        "delete from sketches where article_id = ?",
        "delete from alike where article_id = ?",
        "delete from alike where other_id = ?",
    ):
        db.execute(statement, [number])


def alike(db: Database, library: int, number: int, drawn: Sketch) -> list[tuple[int, float]]:
    """Give the other articles that tell the same, each with the share that it has in common."""
    shared: Counter[int] = Counter()
    for each in drawn.looked_up:
        shared.update(row[0] for row in db.conn.execute(_HOLDERS, (library, each, COMMON)))
    shared.pop(number, None)
    marks = ",".join(str(other) for other, _ in shared.most_common(MOST)) or "null"
    sql = f"select article_id, level, prints from sketches where article_id in ({marks})"  # noqa: S608
    scored = [
        (row["article_id"], overlap(drawn, _kept(row["prints"], row["level"])))
        for row in db.query(sql)
    ]
    return [(other, share) for other, share in scored if share >= SAME]


def _kept(prints: bytes, level: int) -> Sketch:
    return Sketch(np.frombuffer(prints, np.uint32), level)
