"""The tables of what is known already, and of what a version came from."""

from __future__ import annotations

KNOWN = (
    # a sample of an article's newest text (storage/sketch.py), and the part of it to look up
    """create table sketches (
        article_id integer primary key references articles(id) on delete cascade,
        level integer not null, prints blob not null)""",
    """create table prints (
        library_id integer not null references libraries(id) on delete cascade,
        print integer not null,
        article_id integer not null references articles(id) on delete cascade,
        primary key (library_id, print, article_id)) without rowid""",
    "create index prints_by_article on prints (article_id)",
    # two articles that tell the same; `share` of the shorter that stands in the longer
    """create table alike (
        article_id integer not null references articles(id) on delete cascade,
        other_id integer not null references articles(id) on delete cascade,
        share real not null,
        primary key (article_id, other_id)) without rowid""",
    "create index alike_by_other on alike (other_id)",
)

CHANGES = (
    # versions that were made at once have the same act: what `undo` takes back
    "alter table versions add column act integer not null default 0",
    "update versions set act = id",
    "create index versions_by_act on versions (act)",
    # what the site said of the page, so that it can be asked whether it is still the same
    "alter table versions add column etag text",
    "alter table versions add column modified text",
    # where in its version's text a removed piece stood, in code points
    "alter table removed add column place integer",
)
