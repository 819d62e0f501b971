"""Backups: whole while others write, checked, and put back in place with nothing lost."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from storage.backup import back_up, restore
from storage.engines import open_store, path_of
from storage.store import StoreError
from tests.engines import found, new, save
from tests.test_sqlite import ROOT, checked, writer


@pytest.fixture
async def library(tmp_path: Path) -> Path:
    """A library of two articles, closed."""
    path = tmp_path / "library.db"
    store = await open_store(str(path))
    await save(store, new("The roof leaks."), new("The wall fell."))
    await store.close()
    return path


async def words_in(path: Path, word: str) -> list[str]:
    store = await open_store(str(path))
    try:
        return await found(store, word)
    finally:
        await store.close()


def test_a_backup_holds_all_that_was_stored_when_it_began(tmp_path: Path):
    path, copy = tmp_path / "library.db", tmp_path / "copy.db"
    with writer(path, "w", 60) as process:
        assert process.stdout is not None
        before = {int(process.stdout.readline()) for _ in range(5)}
        while process.poll() is None:
            copied = back_up(str(path), str(copy), force=True)
            held = checked(copy)
            assert before <= held
            assert copied.counts["articles"] == len(held)
            before = held
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert len(before) > 5
    assert [each.name for each in tmp_path.glob("copy.db*")] == ["copy.db"]


async def test_a_backup_is_for_nobody_else_to_read_and_overwrites_nothing(
    library: Path, tmp_path: Path
):
    copy = tmp_path / "copy.db"
    copied = back_up(str(library), str(copy))
    assert copied.counts["articles"] == 2
    assert copied.size == copy.stat().st_size
    assert os.name == "nt" or stat.S_IMODE(copy.stat().st_mode) == 0o600
    before = copy.read_bytes()
    with pytest.raises(StoreError, match="--force"):
        back_up(str(library), str(copy))
    with pytest.raises(StoreError, match="the library itself"):
        back_up(str(library), str(library), force=True)
    assert copy.read_bytes() == before
    back_up(str(library), str(copy), force=True)


@pytest.mark.parametrize(
    ("path", "said"),
    [(":memory:", "nothing to back up"), ("{folder}/none.db", "no file"), ("{folder}", "no file")],
)
def test_what_is_no_file_is_not_backed_up(tmp_path: Path, path: str, said: str):
    with pytest.raises(StoreError, match=said):
        back_up(path.format(folder=tmp_path), str(tmp_path / "copy.db"))
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_that_is_not_there_is_named(library: Path, tmp_path: Path):
    with pytest.raises(StoreError, match="no/copy"):
        back_up(str(library), str(tmp_path / "no" / "copy.db"))


async def test_what_was_restored_is_found_and_what_was_there_stays_beside_it(
    library: Path, tmp_path: Path
):
    copy = tmp_path / "copy.db"
    back_up(str(library), str(copy))
    store = await open_store(str(library))
    await store.forget("main", 1, by="me")
    await save(store, new("A new door."))
    await store.close()
    copied = restore(str(library), str(copy))
    assert (await words_in(library, "roof"), await words_in(library, "door")) == (
        ["The roof leaks."],
        [],
    )
    assert copied.aside is not None
    assert await words_in(Path(copied.aside), "door") == ["A new door."]
    assert await words_in(library, "wall") == ["The wall fell."]


async def test_a_library_that_is_gone_is_restored_into_a_folder_that_is_made(
    library: Path, tmp_path: Path
):
    copy, target = tmp_path / "copy.db", tmp_path / "made" / "library.db"
    back_up(str(library), str(copy))
    assert restore(str(target), str(copy)).aside is None
    assert await words_in(target, "wall") == ["The wall fell."]


async def test_a_library_that_is_in_use_is_not_replaced(library: Path, tmp_path: Path):
    copy = tmp_path / "copy.db"
    back_up(str(library), str(copy))
    store = await open_store(str(library))
    try:
        with pytest.raises(StoreError, match="stop the bot"):
            restore(str(library), str(copy))
        assert len(await store.articles("main")) == 2
    finally:
        await store.close()
    assert {each.name for each in tmp_path.iterdir()} == {"library.db", "copy.db"}


OPENS = """
import asyncio, sys
from storage.engines import open_store

async def hold(path):
    store = await open_store(path)
    print("open", flush=True)
    sys.stdin.readline()
    await store.close()

asyncio.run(hold(sys.argv[1]))
"""


def test_a_library_that_another_process_has_open_is_not_replaced(library: Path, tmp_path: Path):
    copy = tmp_path / "copy.db"
    back_up(str(library), str(copy))
    arguments = [sys.executable, "-c", OPENS, str(library)]
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match="stop the bot"):
            restore(str(library), str(copy))
        process.communicate("\n")
    assert restore(str(library), str(copy)).counts["articles"] == 2


async def test_a_broken_library_makes_room_for_its_backup(library: Path, tmp_path: Path):
    copy = tmp_path / "copy.db"
    back_up(str(library), str(copy))
    library.write_bytes(b"nothing of a database" * 500)
    copied = restore(str(library), str(copy))
    assert copied.aside is not None
    assert Path(copied.aside).read_bytes().startswith(b"nothing")
    assert await words_in(library, "wall") == ["The wall fell."]


def _text(path: Path) -> None:
    path.write_text("This is a letter, and no database.")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _foreign(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("create table articles (id integer)")
    db.commit()
    db.close()


def _newer(path: Path) -> None:
    back_up(str(path.with_name("library.db")), str(path))
    db = Database(sqlite3.connect(path, isolation_level=None))
    db.table("_sqlite_migrations").insert(
        {"migration_set": "footnote", "name": "m999_later", "applied_at": "2030"}
    )
    db.close()


def _torn(path: Path) -> None:
    back_up(str(path.with_name("library.db")), str(path))
    data = bytearray(path.read_bytes())
    data[8192:40_000] = bytes(40_000 - 8192)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_text, "no library"),
        (_empty, "no library"),
        (_foreign, "no library"),
        (_newer, "newer Footnote"),
        (_torn, "damaged|no library|can't be read|could not be copied"),
    ],
)
async def test_what_is_no_sound_backup_changes_nothing(library: Path, make, said: str):
    copy = library.with_name("copy.db")
    make(copy)
    before = library.read_bytes()
    with pytest.raises(StoreError, match=said):
        restore(str(library), str(copy))
    assert library.read_bytes() == before
    assert {each.name for each in library.parent.iterdir()} == {"library.db", "copy.db"}


def test_an_address_names_a_file():
    assert path_of("sqlite:///data/library.db") == "data/library.db"
    assert path_of("sqlite:////data/library.db") == "/data/library.db"
    assert path_of("sqlite://") == ":memory:"
    with pytest.raises(StoreError, match="postgres"):
        path_of("postgres://somewhere")
