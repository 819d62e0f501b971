"""The tables, as append-only migrations. A published migration is never changed."""

from __future__ import annotations

from contextlib import closing

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from storage.schema_asked import COSTS, FOLLOWS, PINS, VOTES
from storage.schema_feeds import FEEDS, FILES, NEWS
from storage.schema_finding import FINDING, TRIGGERS
from storage.schema_first import CHATS, TABLES
from storage.schema_known import CHANGES, KNOWN
from storage.schema_prints import shorten
from storage.schema_talk import TURNS
from storage.schema_told import TOLD
from storage.terms import terms

migrations = Migrations("footnote")


@migrations()
def m001_first(db: Database) -> None:
    for statement in TABLES:
        db.execute(statement)


@migrations()
def m002_chats(db: Database) -> None:
    for statement in CHATS:
        db.execute(statement)


@migrations()
def m010_terms(db: Database) -> None:
    """Index stems by each text's own language, keep each passage's length, log what changes."""
    for statement in FINDING:
        db.execute(statement)
    kept = db.query(
        """select passages.id, articles.title, passages.heading, passages.text, articles.language
           from passages join articles on articles.id = passages.article_id
           where passages.current = 1"""
    )
    for row in list(kept):
        words = terms("\n".join([row["title"], row["heading"], row["text"]]), row["language"])
        db.execute(
            "insert into passages_fts (rowid, words) values (?, ?)", [row["id"], " ".join(words)]
        )
        db.execute(
            "update passages set length = ?, language = ? where id = ?",
            [len(words), row["language"], row["id"]],
        )
    db.execute(
        """insert into totals select library_id, language, count(*), sum(length) from passages
           where current = 1 group by library_id, language"""
    )
    for statement in TRIGGERS:
        db.execute(statement)


@migrations()
def m020_votes(db: Database) -> None:
    for statement in VOTES:
        db.execute(statement)


@migrations()
def m020_pins(db: Database) -> None:
    for statement in PINS:
        db.execute(statement)


@migrations()
def m020_follows(db: Database) -> None:
    for statement in FOLLOWS:
        db.execute(statement)


@migrations()
def m020_costs(db: Database) -> None:
    for statement in COSTS:
        db.execute(statement)


@migrations()
def m035_feeds(db: Database) -> None:
    for statement in FEEDS:
        db.execute(statement)


@migrations()
def m035_news(db: Database) -> None:
    for statement in NEWS:
        db.execute(statement)


@migrations()
def m035_files(db: Database) -> None:
    for statement in FILES:
        db.execute(statement)


@migrations()
def m040_turns(db: Database) -> None:
    for statement in TURNS:
        db.execute(statement)


@migrations()
def m030_known(db: Database) -> None:
    """Make room for what each article says, and for links; what is there already m060 looks at."""
    for statement in KNOWN:
        db.execute(statement)


@migrations()
def m030_changes(db: Database) -> None:
    for statement in CHANGES:
        db.execute(statement)


@migrations()
def m060_prints(db: Database) -> None:
    shorten(db)


@migrations()
def m070_told(db: Database) -> None:
    for statement in TOLD:
        db.execute(statement)


def unknown_migrations(db: Database) -> list[str]:
    """Give the names of migrations that a newer Footnote has applied to this file."""
    with closing(Database(memory=True)) as empty:
        known = {each.name for each in migrations.pending(empty)}
    return [each.name for each in migrations.applied(db) if each.name not in known]
