"""Copies a library's file while others write to it, and puts a copy in its place again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 if it is there

from storage.connection import BUSY_SECONDS, MEMORY, connect
from storage.schema import migrations, unknown_migrations
from storage.store import StoreError

COUNTED = ("libraries", "articles", "versions", "passages", "questions")
BESIDE = ("", "-wal", "-shm", "-words")  # what belongs to a file, by the end of its name


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that was looked through: its bytes, and how many rows each table holds.

    `aside` is where the file is that it took the place of, if there was one.
    """

    size: int
    counts: dict[str, int]
    aside: str | None = None


def back_up(path: str, copy: str, *, force: bool = False) -> Copied:
    """Copy a library's file as it is at one moment; writers go on meanwhile.

    The copy is one file, checked before it gets its name. Raises `StoreError`.
    """
    target = Path(copy)
    if path == MEMORY or not Path(path).is_file():
        raise StoreError(f"{path} is no file: there is nothing to back up. Name one with --db.")
    if target.exists() and _is_same(path, target):
        raise StoreError(f"{copy} is the library itself: name another file.")
    if target.exists() and not force:
        raise StoreError(f"{copy} is there already: name another file, or overwrite it by --force.")
    with _reading(path) as source, _part_of(target) as part:
        _check_library(source, path)
        copied = _copied(source, part)
        part.replace(target)
    return copied


def restore(path: str, copy: str) -> Copied:
    """Put a backup in the place of a library's file, which stays beside it under another name.

    The backup is checked, and brought to this version's tables, before anything is moved. Raises
    `StoreError`.
    """
    if path == MEMORY:
        raise StoreError("A library in memory can't be restored: name a file with --db.")
    if not Path(copy).is_file():
        raise StoreError(f"{copy} is no file: name the backup to restore.")
    target = Path(path)
    if target.exists() and _is_same(copy, target):
        raise StoreError(f"{copy} is the library itself: name its backup.")
    _make_folder(target)
    with _reading(copy) as source, _part_of(target) as part:
        _check_known(source, copy)
        copied = _copied(source, part)
        connect(str(part)).close()
        _alone(part)
        aside = _aside(target)
        part.replace(target)
    return Copied(copied.size, copied.counts, aside)


@contextmanager
def _reading(path: str) -> Iterator[Database]:
    """Open a file that another Footnote may be writing to."""
    try:
        db = Database(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None))
        db.execute("pragma query_only = on")
        db.execute("select count(*) from sqlite_master")
    except sqlite3.Error as fault:
        raise StoreError(_no_library(path, fault)) from fault
    try:
        yield db
    finally:
        db.close()


@contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    """Give a file beside the target that nobody else may read; it is gone at the end."""
    part = target.with_name(f"{target.name}.part-{os.getpid()}")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield part
    except OSError as fault:
        why = fault.strerror or str(fault)
        raise StoreError(f"{target} can't be written: {why}. Check the path and its rights.") from (
            fault
        )
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                Path(f"{part}{end}").unlink()


def _copied(source: Database, part: Path) -> Copied:
    """Copy all at one go, so that no writer makes the copy begin anew; then look through it."""
    try:
        copy = Database(sqlite3.connect(str(part), isolation_level=None))
        try:
            source.conn.backup(copy.conn, pages=-1)
            copy.execute("pragma journal_mode = delete").fetchall()
            found = _checked(copy)
        finally:
            copy.close()
    except sqlite3.Error as fault:
        raise StoreError(f"the library could not be copied: {fault}") from fault
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    return Copied(part.stat().st_size, found)


def _checked(copy: Database) -> dict[str, int]:
    """Count what a copy holds; raises `StoreError` where it is damaged."""
    said = [row[0] for row in copy.execute("pragma integrity_check (3)").fetchall()]
    if said != ["ok"]:
        raise StoreError(f"the file is damaged ({'; '.join(said)}): take an earlier backup.")
    names = set(copy.table_names())
    return {
        name: int(copy.execute(f"select count(*) from {name}").fetchone()[0])  # noqa: S608
        for name in COUNTED
        if name in names
    }


def _check_library(source: Database, path: str) -> None:
    """Raise `StoreError` where a file is no library."""
    try:
        names = set(source.table_names())
        applied = migrations.applied(source) if names else []
    except sqlite3.Error as fault:
        raise StoreError(_no_library(path, fault)) from fault
    if not applied or not {"libraries", "articles"} <= names:
        raise StoreError(f"{path} is no library of Footnote's: nothing was changed.")


def _check_known(source: Database, path: str) -> None:
    """Raise `StoreError` where a file is no library, or one of a newer Footnote."""
    _check_library(source, path)
    if unknown := unknown_migrations(source):
        raise StoreError(
            f"{path} was made by a newer Footnote ({', '.join(unknown)}): update this one."
        )


def _aside(target: Path) -> str | None:
    """Move a library's file out of the way, with all that belongs to it; say where to."""
    if not target.exists():
        return None
    _alone(target)
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    aside = target.with_name(f"{target.name}.before-restore-{moment}")
    if aside.exists():
        raise StoreError(f"{aside} is there already: wait a second and try again.")
    for end in BESIDE:
        if (one := Path(f"{target}{end}")).exists():
            one.replace(f"{aside}{end}")
    return str(aside)


def _alone(path: Path) -> None:
    """Make a file whole by itself; raises `StoreError` where another process has it open.

    Leaving the write-ahead log is what SQLite allows to the only one who has a file open. One too
    damaged to be opened is moved as it is.
    """
    try:
        db = Database(sqlite3.connect(str(path), timeout=0.2, isolation_level=None))
        try:
            db.execute("pragma journal_mode = delete").fetchall()
        finally:
            db.close()
    except sqlite3.OperationalError as fault:
        if "locked" in str(fault) or "busy" in str(fault):
            raise StoreError(f"{path} is in use: stop the bot first, then restore.") from fault
    except sqlite3.DatabaseError:
        return


def _make_folder(target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreError(f"{target.parent} can't be made: {fault.strerror or fault}.") from fault


def _is_same(path: str, other: Path) -> bool:
    try:
        return Path(path).samefile(other)
    except OSError:
        return False


def _no_library(path: str, fault: Exception) -> str:
    if "not a database" in str(fault):
        return f"{path} is no library of Footnote's: nothing was changed."
    return f"{path} can't be read ({fault}): check the path and its rights."
