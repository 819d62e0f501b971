"""Opens a SQLite file the way that Footnote needs it, and runs units of work on it."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 if it is there

from storage.schema import migrations, unknown_migrations
from storage.store import StoreError

T = TypeVar("T")
Arguments = Sequence[Any] | dict[str, Any]

MAPPED = 2**33  # bytes of a file that are read in place: reading 400 vectors takes half the time
BUSY_SECONDS = 15.0
TRIES = 5
SAFE = (3, 51, 3)  # the first release without the WAL-reset race between two writers
SECURE_FTS = (3, 42, 0)  # the first whose full-text index can erase what was deleted
MEMORY = ":memory:"


def sqlite_version_note() -> str | None:
    """Say what is wrong with the SQLite in use, if anything is."""
    if sqlite3.sqlite_version_info >= SAFE:
        return None
    return (
        f"SQLite {sqlite3.sqlite_version} can damage a file that two processes write at once;"
        " run one Footnote per library file, or install pysqlite3 for a newer SQLite."
    )


def connect(path: str) -> Database:
    """Open a database file, made if it is not there, with all migrations applied.

    Raises `StoreError` with a sentence for the operator.
    """
    try:
        if path != MEMORY:
            _make(Path(path))
        db = Database(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None))
        _refuse_foreign(db, path)
        _prepare(db)
    except (OSError, sqlite3.Error) as fault:
        raise StoreError(_why(path, fault)) from fault
    if unknown := unknown_migrations(db):
        db.close()
        raise StoreError(
            f"{path} was made by a newer Footnote ({', '.join(unknown)}): update this one."
        )
    return db


def run(db: Database, work: Callable[[Database], T]) -> T:
    """Run a unit of work in one transaction that has the write lock from its beginning.

    A deferred transaction would fail at its first write while another process writes.
    """
    for left in reversed(range(TRIES)):
        try:
            with immediate(db):
                return work(db)
        except sqlite3.OperationalError as fault:
            busy = "locked" in str(fault) or "busy" in str(fault)
            if not busy or not left:
                raise StoreError(f"the library's file could not be written: {fault}") from fault
            time.sleep(random.uniform(0.05, 0.25))  # noqa: S311 - jitter, no secret
        except sqlite3.Error as fault:
            raise StoreError(f"the library's file could not be written: {fault}") from fault
    raise AssertionError("unreachable: the last try returns or raises")


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """Hold one `BEGIN IMMEDIATE` transaction; sqlite-utils' calls inside nest as savepoints."""
    db.execute("begin immediate")
    try:
        yield
    except BaseException:
        db.execute("rollback")
        raise
    db.execute("commit")


def rows(db: Database, sql: str, arguments: Arguments = ()) -> list[dict[str, Any]]:
    """Run a query and give its rows; raises `StoreError` where the file can't be read."""
    try:
        return list(db.query(sql, arguments))
    except sqlite3.Error as fault:
        raise StoreError(f"the library's file could not be read: {fault}") from fault


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # what people ask and store is nobody else's to read
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare(db: Database) -> None:
    for pragma in (
        "journal_mode = wal",
        "synchronous = full",
        "foreign_keys = on",
        "secure_delete = on",
        f"mmap_size = {MAPPED}",
    ):
        db.execute(f"pragma {pragma}").fetchall()
    with immediate(db):
        if not unknown_migrations(db):
            migrations.apply(db)
            if sqlite3.sqlite_version_info >= SECURE_FTS:
                db.execute(
                    "insert into passages_fts (passages_fts, rank) values ('secure-delete', 1)"
                )


def _refuse_foreign(db: Database, path: str) -> None:
    """Raise `StoreError` for another program's database, before anything is written to it."""
    names = set(db.table_names())
    if names and not {"libraries", "articles"} <= names:
        db.close()
        raise StoreError(_no_library(path))


def _no_library(path: str) -> str:
    return f"{path} is no library of Footnote's: name another file with --db or DATABASE_URL."


def _why(path: str, fault: Exception) -> str:
    said = str(fault)
    if "not a database" in said:
        return _no_library(path)
    if "malformed" in said:
        return (
            f"the library {path} is damaged ({said}): `footnote restore FILE` puts a backup in its"
            " place."
        )
    if "disk is full" in said or "disk I/O" in said:
        return f"the library {path} can't be opened ({said}): look whether its disk is full."
    return f"the library {path} can't be opened ({fault}): check the path and who may write there."
