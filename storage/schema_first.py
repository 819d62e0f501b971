"""The first tables: libraries, articles with versions and passages, questions; then chats."""

from __future__ import annotations

TABLES = (
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

CHATS = (
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
