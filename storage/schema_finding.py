"""The tables of finding by terms, and the triggers that keep count of what can be found."""

from __future__ import annotations

FINDING = (
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
TRIGGERS = (
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
