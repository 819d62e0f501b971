"""The tables of what libraries are fed from: feeds, their entries, what is told of them, files."""

from __future__ import annotations

FEEDS = (
    # times are seconds since 1970: `due` when it is read next, `leased` until when someone reads it
    """create table feeds (
        id integer primary key autoincrement,
        library_id integer not null references libraries(id) on delete cascade,
        url text not null, title text not null, by text not null,
        place text not null, spot text not null, private integer not null,
        state text not null, loud integer not null default 0, etag text, modified text,
        ttl integer not null default 0, skip_hours text not null default '[]',
        skip_days text not null default '[]',
        polled real not null default 0, due real not null, leased real not null default 0,
        faults integer not null default 0, fault text not null default '',
        fresh integer not null default 0, stored integer not null default 0, made text not null,
        unique (library_id, url))""",
    "create index feeds_by_due on feeds (state, due)",
    # what an entry says itself is kept while it waits alone; key and link stay, to know it again
    """create table feed_entries (
        feed_id integer not null references feeds(id) on delete cascade,
        key text not null, link text not null, stamp real, seen real not null,
        state text not null, tries integer not null, stored integer not null, own integer not null,
        title text not null, author text not null, text text not null,
        primary key (feed_id, key)) without rowid""",
    "create index feed_entries_by_state on feed_entries (feed_id, state, stamp)",
)

NEWS = (
    """create table news (
        id integer primary key autoincrement,
        place text not null, spot text not null, private integer not null, person text not null,
        text text not null, reply text not null, made text not null)""",
    "create index news_by_place on news (place)",
)

FILES = (
    # `path` is empty for a file that a chat handed over
    """create table files (
        id integer primary key autoincrement,
        library_id integer not null references libraries(id) on delete cascade,
        path text not null, hash text not null, made text not null,
        unique (library_id, path, hash))""",
    "create index files_by_hash on files (library_id, hash)",
    """create table file_articles (
        file_id integer not null references files(id) on delete cascade,
        n integer not null,
        article_id integer not null references articles(id) on delete cascade,
        version integer not null,
        primary key (file_id, n)) without rowid""",
    "create index file_articles_by_article on file_articles (article_id)",
    # an article that is erased takes along where it came from
    """create trigger files_of_gone_articles before delete on articles begin
        delete from files where id in
            (select file_id from file_articles where article_id = old.id);
    end""",
)
