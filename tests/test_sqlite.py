"""The embedded engine: kills, two writers, foreign files, nothing left of the forgotten."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3 as standard
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sqlite_utils.utils import sqlite3

from storage.connection import SECURE_FTS, sqlite_version_note
from storage.engines import open_store
from storage.records import NewArticle, Span
from storage.store import StoreError

ROOT = Path(__file__).parents[1]
WRITER = """
import asyncio, sys
from storage.engines import open_store
from storage.records import NewArticle, Span

def article(name, number):
    text = " ".join(f"{name} {number} sentence {place}." for place in range(30))
    size = len(text) // 30
    spans = tuple(Span(at * size, (at + 1) * size) for at in range(30))
    return NewArticle(f"{name} {number}", text, "en", spans)

async def write(path, name, count):
    store = await open_store(path)
    for number in range(count):
        saved = await store.save("main", [article(name, number)], [], source="s", by=name)
        print(saved[0].article, flush=True)
    await store.close()

asyncio.run(write(sys.argv[1], sys.argv[2], int(sys.argv[3])))
"""


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def checked(path: Path) -> set[int]:
    """Look at a file from outside: whole, its index in step; give the ids of its articles."""
    db = sqlite3.connect(path)
    assert db.execute("pragma integrity_check").fetchone() == ("ok",)
    db.execute("insert into passages_fts (passages_fts) values ('integrity-check')")
    passages = db.execute("select count(*) from passages").fetchone()
    assert db.execute("select count(*) from passages_fts").fetchone() == passages
    half = "select count(*) from passages group by article_id having count(*) <> 30"
    assert db.execute(half).fetchall() == []
    ids = {number for (number,) in db.execute("select id from articles")}
    held = db.execute("select count(distinct article_id) from passages").fetchone()
    assert held == (len(ids),)
    db.close()
    return ids


def test_a_kill_in_mid_save_leaves_articles_whole_or_absent(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    acknowledged: set[int] = set()
    for kill in range(20):
        child = writer(path, f"w{kill}", 10_000)
        assert child.stdout is not None
        for _ in range(1 + kill % 4):
            acknowledged.add(int(child.stdout.readline()))
        child.send_signal(signal.SIGKILL)
        rest, _ = child.communicate()
        acknowledged |= {int(line) for line in rest.splitlines() if line.isdigit()}
    assert acknowledged <= checked(path)


@pytest.mark.parametrize("writers", [2, 4])
def test_several_processes_write_one_file_and_nothing_is_lost(tmp_path: Path, writers: int) -> None:
    path = tmp_path / "new" / "library.db"  # and all of them open it at once for the first time
    children = [writer(path, f"w{place}", 25) for place in range(writers)]
    outcomes = [child.communicate(timeout=100) for child in children]
    assert [child.returncode for child in children] == [0] * writers, outcomes
    acknowledged = {int(line) for out, _ in outcomes for line in out.split()}
    assert len(acknowledged) == writers * 25
    assert checked(path) == acknowledged


async def test_what_another_process_adds_and_removes_is_seen(tmp_path: Path) -> None:
    path = str(tmp_path / "library.db")
    one, two = await open_store(path), await open_store(path)
    vector = np.array([1, 0], np.float32)
    assert await one.by_meaning("main", "e", vector, 5) == []
    article = NewArticle("T", "A kiln.", "en", (Span(0, 7),))
    (saved,) = await two.save("main", [article], [], source="s", by="me")
    ((passage, _),) = await two.unembedded("e", 5)
    await two.embed("e", [(passage, vector)])
    assert [hit.passage for hit in await one.by_words("main", ["kiln"], 5)] == [passage]
    assert [hit.passage for hit in await one.by_meaning("main", "e", vector, 5)] == [passage]
    await two.forget("main", saved.article, by="me")
    assert await one.by_words("main", ["kiln"], 5) == []
    assert await one.by_meaning("main", "e", vector, 5) == []
    await one.close()
    await two.close()


@pytest.mark.skipif(
    sqlite3.sqlite_version_info < SECURE_FTS, reason="this SQLite's index can't erase words"
)
async def test_a_forgotten_word_is_in_no_byte_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    store = await open_store(str(path))
    text = "The password of the kiln is xylophagous."
    (saved,) = await store.save(
        "main", [NewArticle("T", text, "en", (Span(0, len(text)),))], [], source="s", by="me"
    )
    await store.forget("main", saved.article, by="me")
    await store.close()
    left = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert b"xylophag" not in left


async def test_the_file_is_its_owner_s_alone_and_reads_well(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "library.db"
    store = await open_store(f"sqlite:///{path}")
    await store.bind("telegram:1", "main", by="telegram:9")
    await store.close()
    assert path.stat().st_mode & 0o777 == 0o600
    db = sqlite3.connect(path)
    tables = {name for (name,) in db.execute("select name from sqlite_master")}
    assert {"articles", "versions", "passages", "removed", "questions", "audit"} <= tables
    assert db.execute("select by, act, detail from audit").fetchall() == [
        ("telegram:9", "bind", "telegram:1 to main")
    ]
    db.close()


async def test_files_that_are_no_library_are_refused_by_name(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no database at all, only some words\n" * 100)
    for path in (text, tmp_path):
        with pytest.raises(StoreError, match=path.name):
            await open_store(str(path))
    newer = tmp_path / "newer.db"
    await (await open_store(str(newer))).close()
    db = sqlite3.connect(newer)
    db.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at)"
        " values ('footnote', 'm999_later', '2030-01-01')"
    )
    db.commit()
    db.close()
    with pytest.raises(StoreError, match="newer Footnote"):
        await open_store(str(newer))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
async def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match=tmp_path.name):
        await open_store(str(tmp_path / "library.db"))


async def test_a_waiting_caller_that_is_cancelled_leaves_the_store_usable(tmp_path: Path) -> None:
    store = await open_store(str(tmp_path / "library.db"))
    text = "word " * 5_000
    article = NewArticle("T", text, "en", (Span(0, len(text)),))
    task = asyncio.create_task(store.save("main", [article], [], source="s", by="me"))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert len(await store.articles("main")) in (0, 1)
    await store.close()


def test_an_old_sqlite_is_warned_of() -> None:
    note = sqlite_version_note()
    assert (note is None) == (sqlite3.sqlite_version_info >= (3, 51, 3))


def test_the_engine_runs_on_the_standard_library_s_sqlite_too(tmp_path: Path) -> None:
    if sqlite3 is standard:
        pytest.skip("it is the one in use")
    (tmp_path / "pysqlite3.py").write_text("raise ImportError('hidden for this test')\n")
    tests = ["tests/test_store.py", "-q", "-x", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *tests],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-2000:]
