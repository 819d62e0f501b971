"""Who did what, and when."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlite_utils import Database

from storage.insert import insert


def now() -> str:
    """Give the time as it is stored: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def audit(db: Database, by: str, act: str, detail: str) -> None:
    """Note who did what."""
    insert(db, "audit", {"at": now(), "by": by, "act": act, "detail": detail})
