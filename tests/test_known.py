"""Articles that tell the same are linked: past a site's foot, a forgotten one, a library's move."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from storage.connection import connect, immediate
from storage.known import COMMON, alike, learn, unlearn
from storage.libraries import library_id, move_library
from storage.sketch import sketch
from tests.test_sketch import story


def add(db: Database, owner: int, number: int) -> None:
    db.execute(
        """insert into articles (id, library_id, title, language, added, added_by, version)
           values (?, ?, 'T', 'en', '2026-01-01', 'me', 1)""",
        [number, owner],
    )


def test_a_foot_that_many_articles_share_links_none_and_hides_no_story(tmp_path: Path) -> None:
    db = connect(str(tmp_path / "library.db"))
    foot = story(60, seed=99)
    with immediate(db):
        owner = library_id(db, "main")
        for number in range(1, 2 * COMMON + 1):
            add(db, owner, number)
            learn(db, owner, number, f"{story(400, seed=number)} {foot}")
    assert db.execute("select count(*) from alike").fetchone()[0] == 0
    wanted = 2 * COMMON - 7  # one of those that came late
    part = " ".join(story(400, seed=wanted).split()[100:340])
    found = alike(db, owner, 0, sketch(f"{part} {foot}"))
    assert [number for number, _ in found] == [wanted]
    db.close()


def test_what_is_unlearned_leaves_nothing_of_itself_and_all_of_others(tmp_path: Path) -> None:
    db = connect(str(tmp_path / "library.db"))
    with immediate(db):
        owner = library_id(db, "main")
        for number in (1, 2):
            add(db, owner, number)
            learn(db, owner, number, story(300))
        assert db.execute("select count(*) from alike").fetchone()[0] == 1
        unlearn(db, 1)
    held = {name: [row[0] for row in db.execute(f"select article_id from {name}")]
            for name in ("prints", "sketches", "alike")}  # fmt: skip
    assert {name: set(each) for name, each in held.items()} == {
        "prints": {2}, "sketches": {2}, "alike": set()
    }  # fmt: skip
    assert len(held["prints"]) == len(sketch(story(300)).looked_up)
    db.close()


def test_what_moves_to_another_library_is_known_there(tmp_path: Path) -> None:
    db = connect(str(tmp_path / "library.db"))
    with immediate(db):
        old, new = library_id(db, "old"), library_id(db, "new")
        add(db, old, 1)
        learn(db, old, 1, story(300))
        move_library(db, "old", "new")
    assert [number for number, _ in alike(db, new, 0, sketch(story(300)))] == [1]
    with immediate(db):
        unlearn(db, 1)
    assert db.execute("select count(*) from prints").fetchone()[0] == 0
    db.close()
