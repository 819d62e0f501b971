"""The tables, as append-only migrations. A published migration is never changed."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from storage.known import learn
from storage.schema_asked import COSTS, FOLLOWS, PINS, VOTES
from storage.schema_feeds import FEEDS, FILES, NEWS
from storage.schema_known import CHANGES, KNOWN
from storage.schema_talk import TURNS
from storage.terms import terms

migrations = Migrations("footnote")

_TABLES = (
    "create table libraries (id integer primary key autoincrement, name text not null unique)",
    """create table bindings (
        place text primary key,
        library_id integer not null references libraries(id) on delete cascade)""",
    """create table articles (
        id integer primary key autoincrement,
        library_id integer not null references libraries(id) on delete cascade,
        title text not null, author text, site text, url text, published text,
        language text not null, added text not null, added_by text not null,
        version integer not null)""",
    "create index articles_by_url on articles (library_id, url)",
    """create table versions (
        id integer primary key autoincrement,
        article_id integer not null references articles(id) on delete cascade,
        number integer not null, text text not null, hash text not null,
        source text not null, fetched text not null,
        unique (article_id, number))""",
    "create index versions_by_hash on versions (hash)",
    """create table passages (
        id integer primary key autoincrement,
        version_id integer not null references versions(id) on delete cascade,
        article_id integer not null references articles(id) on delete cascade,
        library_id integer not null references libraries(id) on delete cascade,
        current integer not null,
        heading text not null, start integer not null, "end" integer not null,
        text text not null)""",
    "create index passages_by_version on passages (version_id)",
    "create index passages_by_article on passages (article_id)",
    "create index passages_by_library on passages (library_id, current)",
    """create virtual table passages_fts using fts5
        (words, tokenize = 'porter unicode61 remove_diacritics 2')""",
    """create table embeddings (
        passage_id integer not null references passages(id) on delete cascade,
        embedder text not null, vector blob not null,
        primary key (passage_id, embedder)) without rowid""",
    """create table removed (
        id integer primary key autoincrement,
        version_id integer not null references versions(id) on delete cascade,
        line integer, text text not null, reason text not null)""",
    "create index removed_by_version on removed (version_id)",
    """create table questions (
        id integer primary key autoincrement,
        library_id integer not null references libraries(id) on delete cascade,
        conversation text not null, person text not null, text text not null,
        answered integer not null, asked text not null)""",
    "create index questions_by_conversation on questions (library_id, conversation)",
    """create table audit (
        id integer primary key autoincrement,
        at text not null, by text not null, act text not null, detail text not null)""",
)

_CHATS = (
    # what versions said of themselves, so that an undone one gives back the facts before it
    "alter table versions add column facts text",
    """create table members (
        library_id integer not null references libraries(id) on delete cascade,
        person text not null, role text not null,
        primary key (library_id, person)) without rowid""",
    """create table inbox (
        platform text not null, key text not null, place text not null, message text not null,
        person text not null, body text not null, digest text not null, sent real not null,
        state text not null, tries integer not null, reply text not null,
        primary key (platform, key))""",
    "create index inbox_by_state on inbox (platform, state, sent)",
    "create index inbox_by_message on inbox (platform, message, place)",
    """create table buttons (
        key text primary key, place text not null, command text not null, text text not null,
        beside integer not null, made text not null) without rowid""",
    """create table replies (
        place text not null, message text not null, conversation text not null,
        person text not null, at real not null,
        primary key (place, message)) without rowid""",
    "create index replies_by_person on replies (place, person, at)",
)


@migrations()
def m001_first(db: Database) -> None:
    for statement in _TABLES:
        db.execute(statement)


@migrations()
def m002_chats(db: Database) -> None:
    for statement in _CHATS:
        db.execute(statement)


_FINDING = (
    "drop table passages_fts",
    # The words are terms already (storage/terms.py): nothing is left for the tokenizer to do.
    """create virtual table passages_fts using fts5
        (words, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'")""",
    "alter table passages add column length integer not null default 0",  # in terms
    "alter table passages add column language text not null default ''",
    """create table totals (
        library_id integer not null references libraries(id) on delete cascade,
        language text not null, passages integer not null, terms integer not null,
        primary key (library_id, language))""",
    # What changed in what can be found, in order, for whatever keeps a copy beside the file.
    """create table changes (
        id integer primary key autoincrement, library_id integer not null,
        passage_id integer not null, vector integer not null)""",
    "create index changes_of_words on changes (id) where vector = 0",
)
_LEFT = """
    update totals set passages = passages - 1, terms = terms - old.length
        where library_id = old.library_id and language = old.language;
    insert into changes (library_id, passage_id, vector) values (old.library_id, old.id, 0);
"""
_TRIGGERS = (
    """create trigger passages_found after insert on passages when new.current = 1 begin
        insert into totals values (new.library_id, new.language, 1, new.length)
            on conflict do update set passages = passages + 1, terms = terms + new.length;
        insert into changes (library_id, passage_id, vector) values (new.library_id, new.id, 0);
    end""",
    f"""create trigger passages_left after update of current on passages
        when old.current = 1 and new.current = 0 begin {_LEFT} end""",
    """create trigger passages_back after update of current on passages
        when old.current = 0 and new.current = 1 begin
        insert into totals values (new.library_id, new.language, 1, new.length)
            on conflict do update set passages = passages + 1, terms = terms + new.length;
        insert into changes (library_id, passage_id, vector) values (new.library_id, new.id, 0);
        insert into changes (library_id, passage_id, vector)
            select new.library_id, passage_id, 1 from embeddings where passage_id = new.id;
    end""",
    f"""create trigger passages_gone after delete on passages
        when old.current = 1 begin {_LEFT} end""",
    """create trigger passages_embedded after insert on embeddings begin
        insert into changes (library_id, passage_id, vector)
            select library_id, id, 1 from passages where id = new.passage_id;
    end""",
)


@migrations()
def m010_terms(db: Database) -> None:
    """Index stems by each text's own language, keep each passage's length, log what changes."""
    for statement in _FINDING:
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
    for statement in _TRIGGERS:
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
    """Keep in mind what each article says, and link those that tell the same."""
    for statement in KNOWN:
        db.execute(statement)
    newest = db.query(
        """select articles.id, articles.library_id, versions.text from articles
           join versions on versions.article_id = articles.id
                        and versions.number = articles.version order by articles.id"""
    )
    for row in list(newest):
        learn(db, row["library_id"], row["id"], row["text"])


@migrations()
def m030_changes(db: Database) -> None:
    for statement in CHANGES:
        db.execute(statement)


def unknown_migrations(db: Database) -> list[str]:
    """Give the names of migrations that a newer Footnote has applied to this file."""
    known = {
        "m001_first",
        "m002_chats",
        "m010_terms",
        "m020_votes",
        "m020_pins",
        "m020_follows",
        "m020_costs",
        "m035_feeds",
        "m035_news",
        "m035_files",
        "m040_turns",
        "m030_known",
        "m030_changes",
    }
    return [each.name for each in migrations.applied(db) if each.name not in known]
