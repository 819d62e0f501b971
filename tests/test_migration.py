"""A library of an earlier version opens, and all that it holds is found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from storage.engines import open_store
from storage.schema import migrations
from storage.sketch import sketch
from tests.test_sketch import story

ROWS = (
    "insert into libraries (id, name) values (1, 'main'), (2, 'other')",
    """insert into articles (id, library_id, title, language, added, added_by, version)
       values (1, 1, 'Die Brücke', 'de', '2025-01-01', 'me', 2),
              (2, 2, 'Other', 'en', '2025-01-01', 'me', 1)""",
    """insert into versions (id, article_id, number, text, hash, source, fetched)
       values (1, 1, 1, 'Alte Mühlen.', 'a', 's', '2025-01-01'),
              (2, 1, 2, 'Neue Häuser kosten 38.000 Euro.', 'b', 's', '2025-01-02'),
              (3, 2, 1, 'Houses.', 'c', 's', '2025-01-02')""",
    """insert into passages (id, version_id, article_id, library_id, current, heading, start, "end",
       text) values (1, 1, 1, 1, 0, '', 0, 12, 'Alte Mühlen.'),
                    (2, 2, 1, 1, 1, '', 0, 31, 'Neue Häuser kosten 38.000 Euro.'),
                    (3, 3, 2, 2, 1, '', 0, 7, 'Houses.')""",
    "insert into passages_fts (rowid, words) values (2, 'Neue Häuser'), (3, 'Houses.')",
)


async def test_what_an_earlier_version_stored_is_found_as_if_stored_now(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(sqlite3.connect(path, isolation_level=None))
    migrations.apply(db, stop_before="m010_terms")
    for statement in ROWS:
        db.execute(statement)
    db.close()
    store = await open_store(str(path))
    for word in ("Haus", "38000", "Brücken"):
        hits = await store.by_words("main", [word], 5)
        assert [hit.passage for hit in hits] == [2], word
    assert await store.by_words("main", ["Mühle"], 5) == []
    assert await store.languages("main") == {"de": 1}
    assert await store.document_frequencies("other", ["houses"]) == ({"houses": 1}, 1)
    await store.forget("main", 1, by="me")
    assert await store.languages("main") == {}
    assert await store.by_words("main", ["Haus"], 5) == []
    await store.close()


async def test_what_an_earlier_version_stored_twice_is_linked(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(sqlite3.connect(path, isolation_level=None))
    migrations.apply(db, stop_before="m030_known")
    db.execute("insert into libraries (id, name) values (1, 'main')")
    text = " ".join(f"House {n} of Ostley was sold to a family from the valley." for n in range(9))
    for number, told in enumerate((text, f"Our own head. {text}", "Nothing of that."), 1):
        db.execute(
            """insert into articles (id, library_id, title, language, added, added_by, version)
               values (?, 1, 'T', 'en', '2025-01-01', 'me', 1)""",
            [number],
        )
        db.execute(
            """insert into versions (article_id, number, text, hash, source, fetched)
               values (?, 1, ?, ?, 's', '2025-01-01')""",
            [number, told, str(number)],
        )
    db.close()
    store = await open_store(str(path))
    assert [await store.also("main", number) for number in (1, 2, 3)] == [[2], [1], []]
    assert [each.id for each in await store.undo_last("main", by="me")] == [3]
    assert [each.id for each in await store.undo_last("main", by="me")] == [2]
    await store.close()


async def test_sketches_of_longer_prints_are_kept_in_short_and_found(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(sqlite3.connect(path, isolation_level=None))
    migrations.apply(db, stop_before="m060_prints")
    db.execute("insert into libraries (id, name) values (1, 'main')")
    texts = (story(900), story(300, seed=2), f"{story(900)} And one thing more.")
    for number, told in enumerate(texts, 1):
        db.execute(
            """insert into articles (id, library_id, title, language, added, added_by, version)
               values (?, 1, 'T', 'en', '2025-01-01', 'me', 1)""",
            [number],
        )
        db.execute(
            """insert into versions (article_id, number, text, hash, source, fetched)
               values (?, 1, ?, ?, 's', '2025-01-01')""",
            [number, told, str(number)],
        )
    for number, told in enumerate(texts[:2], 1):  # the third is from before there were any
        drawn = sketch(told)
        long = (drawn.prints.astype(np.uint64) << np.uint64(32)) + np.uint64(7)
        db.execute("insert into sketches values (?, ?, ?)", [number, drawn.level, long.tobytes()])
        db.conn.executemany(
            "insert into prints values (1, ?, ?)", [(int(each) >> 16, number) for each in long]
        )
    db.close()
    store = await open_store(str(path))
    assert [await store.also("main", number) for number in (1, 2, 3)] == [[3], [], [1]]
    for number in (1, 2, 3):
        await store.forget("main", number, by="me")
    await store.close()
    with sqlite3.connect(path) as after:
        assert after.execute("select count(*) from prints").fetchone()[0] == 0
