"""What a shell is told names commands that a shell has; a chat's words stay as they are."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.commands.spoken import in_shell, spoken
from handlers.messages import Failure, Notice
from storage.connection import connect
from storage.store import StoreError


@pytest.mark.parametrize(
    ("said", "here"),
    [
        ("/articles lists them.", "`footnote articles` lists them."),
        ("Undo: /undo 12/3", "Undo: `footnote undo`"),
        ("/removed 7 lists them", "`footnote show 7 --removed` lists them"),
        ("Look at /article again", "Look at `footnote show ID` again"),
    ],
)
def test_a_chats_command_is_named_as_a_shell_has_it(said: str, here: str) -> None:
    assert in_shell(said) == here


@pytest.mark.parametrize("said", ["https://example.org/feed", "a/articles", "./ask", "/undoing"])
def test_what_is_no_command_stays(said: str) -> None:
    assert in_shell(said) == said


def test_a_failure_and_a_notice_speak_to_a_shell() -> None:
    assert spoken(Failure("Send it with /ingest.")).text == "Send it with `footnote ingest`."  # type: ignore[union-attr]
    assert spoken(Notice("See /feeds.")).text == "See `footnote feeds`."  # type: ignore[union-attr]


def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    with sqlite3.connect(path) as theirs:
        theirs.execute("create table moz_places (url text)")
    theirs.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="no library of Footnote's"):
        connect(str(path))
    assert path.read_bytes() == before


def test_a_damaged_library_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    connect(str(path)).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xaa" * 40_000 + whole[48_192:])
    with pytest.raises(StoreError, match="is damaged"):
        connect(str(path))
