"""Writes rows in as few statements as can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

MOST = 500  # rows of a statement; SQLite takes 32,766 values


def insert(db: Database, table: str, row: dict[str, Any]) -> int:
    """Insert one row; give its id."""
    number = db.execute(_statement(table, tuple(row), 1), list(row.values())).lastrowid
    assert number is not None  # noqa: S101 - as there is after any insert
    return number


def insert_all(
    db: Database, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows, many with each statement.

    A statement of its own for each row costs a virtual table a savepoint: FTS5 took twice as long.
    """
    for at in range(0, len(rows), MOST):
        part = rows[at : at + MOST]
        values = [value for row in part for value in row]
        db.execute(_statement(table, columns, len(part)), values)


def _statement(table: str, columns: tuple[str, ...], rows: int) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = f"({', '.join('?' * len(columns))})"
    return f"insert into {table} ({names}) values {', '.join([marks] * rows)}"  # noqa: S608
