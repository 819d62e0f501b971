"""What the SQLite in use can do, for whoever looks after it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from storage.connection import MEMORY, sqlite_version_note


@dataclass(frozen=True, slots=True)
class Facts:
    """`note` says what is wrong with this version, if anything is."""

    version: str
    fts5: bool
    note: str


def facts() -> Facts:
    """Look at the SQLite that the store would use."""
    db = sqlite3.connect(MEMORY)
    try:
        db.execute("create virtual table tried using fts5 (words)")
        fts5 = True
    except sqlite3.Error:
        fts5 = False
    finally:
        db.close()
    return Facts(sqlite3.sqlite_version, fts5, sqlite_version_note() or "")
