"""The tables of what people asked and what came of it: votes, pins, follows, costs."""

from __future__ import annotations

VOTES = (
    "alter table questions add column place text not null default ''",
    # the question as it was searched for: a follow-up with the one before it
    "alter table questions add column alone text not null default ''",
    "alter table questions add column answer text not null default ''",
    """create table proofs (
        question_id integer not null references questions(id) on delete cascade,
        n integer not null,
        article_id integer not null references articles(id) on delete cascade,
        version integer not null, start integer not null, "end" integer not null,
        primary key (question_id, n)) without rowid""",
    "create index proofs_by_article on proofs (article_id)",
    """create table votes (
        question_id integer not null references questions(id) on delete cascade,
        person text not null, up integer not null, reason text not null, at text not null,
        primary key (question_id, person)) without rowid""",
    # an article or a version that is erased takes along what answers repeated of it
    """create trigger answers_of_gone_articles before delete on articles begin
        update questions set answer = ''
        where id in (select question_id from proofs where article_id = old.id);
    end""",
    """create trigger answers_of_gone_versions before delete on versions begin
        update questions set answer = ''
        where id in (select question_id from proofs
                     where article_id = old.article_id and version = old.number);
    end""",
)

PINS = (
    # `key` is the question without case, spaces and end marks
    """create table pins (
        id integer primary key autoincrement,
        library_id integer not null references libraries(id) on delete cascade,
        key text not null, question text not null, by text not null, at text not null,
        unique (library_id, key))""",
    """create table pin_quotes (
        pin_id integer not null references pins(id) on delete cascade,
        n integer not null,
        article_id integer not null references articles(id) on delete cascade,
        version integer not null, start integer not null, "end" integer not null,
        primary key (pin_id, n)) without rowid""",
    "create index pin_quotes_by_article on pin_quotes (article_id)",
    """create trigger pins_of_gone_articles before delete on articles begin
        delete from pins where id in (select pin_id from pin_quotes where article_id = old.id);
    end""",
)

FOLLOWS = (
    # `checked` is the newest passage that was looked at; `reply` the messages that tell the answer
    """create table follows (
        id integer primary key autoincrement,
        library_id integer not null references libraries(id) on delete cascade,
        question text not null, alone text not null,
        person text not null, name text not null,
        place text not null, spot text not null, private integer not null,
        state text not null, checked integer not null, reply text not null, made text not null,
        unique (library_id, place, person, alone))""",
    "create index follows_by_state on follows (state)",
    "create index answered_questions on questions (library_id, alone) where answered = 1",
)

COSTS = (
    # tokens that a model was sent and sent back, and what they cost by the prices of that day
    "alter table questions add column sent integer not null default 0",
    "alter table questions add column received integer not null default 0",
    "alter table questions add column estimated integer not null default 0",
    "alter table questions add column cost real not null default 0",
    "create index questions_by_day on questions (asked, person, place)",
)
