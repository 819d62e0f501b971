"""What makes versions: one unit of work, what it read, and what it cut away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from storage.insert import insert_all
from storage.records import Removed, Validators


@dataclass(frozen=True, slots=True)
class Act:
    """One unit of work that makes versions; `undo` takes back all of one at once."""

    number: int
    source: str
    page: Validators = field(default=Validators())


def new_act(db: Database, source: str, page: Validators) -> Act:
    """Begin a unit of work that makes versions, behind all that were before."""
    number = db.execute("select coalesce(max(act), 0) + 1 from versions").fetchone()[0]
    return Act(int(number), source, page)


def digest_of(text: str) -> str:
    """Give what a text is known again by: SHA-256, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def page_of(row: dict[str, Any]) -> Validators:
    """Take what a site said of a page out of a version's row."""
    return Validators(row.pop("etag"), row.pop("modified"))


def keep_removed(db: Database, version: int, cut: Iterable[Removed]) -> None:
    """Keep what was cut with a version (by its row's id)."""
    rows = [(version, each.line, each.text, each.reason, each.place) for each in cut]
    insert_all(db, "removed", ("version_id", "line", "text", "reason", "place"), rows)
