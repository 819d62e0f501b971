"""Takes back the newest version of an article."""

from __future__ import annotations

import json

from sqlite_utils import Database

from storage import articles as kept
from storage.connection import rows
from storage.records import Article


def undone(db: Database, library: str, number: int, version: int) -> Article | None:
    """Take back a version, if it is the newest, and the article with its only one.

    The version before it is found again, with what it said of itself. Gives the article as it was.
    """
    was = kept.article(db, library, number)
    if was is None or was.version != version:
        return None
    before = rows(
        db,
        """select id, number, facts from versions where article_id = ? and number < ?
           order by number desc limit 1""",
        [number, version],
    )
    if not before:
        return kept.forget(db, library, number)
    kept.leave_index(db, number)
    db.execute("delete from versions where article_id = ? and number = ?", [number, version])
    facts = json.loads(before[0]["facts"] or "{}")
    db.table("articles").update(number, {**facts, "version": before[0]["number"]})
    kept.come_back(db, before[0]["id"], facts.get("title", was.title))
    return was
