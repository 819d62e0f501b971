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
    # an article that is erased takes along what answers repeated of it
    """create trigger answers_of_gone_articles before delete on articles begin
        update questions set answer = ''
        where id in (select question_id from proofs where article_id = old.id);
    end""",
)
