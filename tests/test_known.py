"""Links hold where thousands of articles share a site's foot: a story is told from that."""

from __future__ import annotations

from pathlib import Path

from storage.connection import connect, immediate
from storage.known import COMMON, alike, learn
from storage.libraries import library_id
from storage.sketch import sketch
from tests.test_sketch import story


def test_a_foot_that_many_articles_share_links_none_and_hides_no_story(tmp_path: Path) -> None:
    db = connect(str(tmp_path / "library.db"))
    foot = story(60, seed=99)
    with immediate(db):
        owner = library_id(db, "main")
        for number in range(1, 2 * COMMON + 1):
            db.execute(
                """insert into articles (id, library_id, title, language, added, added_by, version)
                   values (?, ?, 'T', 'en', '2026-01-01', 'me', 1)""",
                [number, owner],
            )
            learn(db, owner, number, f"{story(400, seed=number)} {foot}")
    assert db.execute("select count(*) from alike").fetchone()[0] == 0
    wanted = 2 * COMMON - 7  # one of those that came late
    part = " ".join(story(400, seed=wanted).split()[100:340])
    found = alike(db, owner, 0, sketch(f"{part} {foot}"))
    assert [number for number, _ in found] == [wanted]
    db.close()
