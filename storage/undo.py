"""Takes back the newest version of an article, or all versions that were made at last."""

from __future__ import annotations

import json

from sqlite_utils import Database

from storage import articles as kept
from storage.connection import rows
from storage.known import learn
from storage.libraries import library_id
from storage.records import Article
from storage.saving import forget
from storage.searchable import come_back, leave


def undone(db: Database, library: str, number: int, version: int) -> Article | None:
    """Take back a version, if it is the newest, and the article with its only one.

    The version before it is found again, with what it said of itself. Gives the article as it was.
    """
    was = kept.article(db, library, number)
    if was is None or was.version != version:
        return None
    before = rows(
        db,
        """select id, number, facts, text from versions where article_id = ? and number < ?
           order by number desc limit 1""",
        [number, version],
    )
    if not before:
        return forget(db, library, number)
    leave(db, number)
    db.execute("delete from versions where article_id = ? and number = ?", [number, version])
    facts = json.loads(before[0]["facts"] or "{}")
    db.table("articles").update(number, {**facts, "version": before[0]["number"]})
    come_back(db, before[0]["id"], facts.get("title", was.title))
    learn(db, library_id(db, library), number, before[0]["text"])
    return was


def undone_last(db: Database, library: str) -> list[Article]:
    """Take back all versions that the last unit of work made; give their articles as they were."""
    made = rows(
        db,
        """select article_id, number from versions
           where act = (select max(act) from versions
                        join articles on articles.id = versions.article_id
                        join libraries on libraries.id = articles.library_id
                        where libraries.name = ?)
           order by article_id, number""",
        [library],
    )
    gone = (undone(db, library, row["article_id"], row["number"]) for row in reversed(made))
    return [each for each in gone if each is not None][::-1]
