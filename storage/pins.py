"""Answers that an admin pinned to a question, each as the places of its quotes."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from storage.asked import Pin
from storage.audit import audit, now
from storage.connection import rows
from storage.libraries import library_id
from storage.records import Proof

_PINS = """
    select pins.id, libraries.name as library, key, question, by, at,
           exists (select 1 from pin_quotes
                   join articles on articles.id = pin_quotes.article_id
                   where pin_id = pins.id and articles.version <> pin_quotes.version) as changed
    from pins join libraries on libraries.id = pins.library_id
    where libraries.name = :library {condition} order by pins.id desc
"""
_QUOTES = """select article_id as article, version, start, "end" from pin_quotes
             where pin_id = ? order by n"""


def keep(db: Database, pin: Pin) -> int:
    """Pin an answer in place of an earlier one to the same question; give its number."""
    library = library_id(db, pin.library)
    db.execute("delete from pins where library_id = ? and key = ?", [library, pin.key])
    made = db.execute(
        "insert into pins (library_id, key, question, by, at) values (?, ?, ?, ?, ?)",
        [library, pin.key, pin.question, pin.by, now()],
    )
    number = int(made.lastrowid or 0)
    for n, proof in enumerate(pin.proofs, 1):
        place = [number, n, proof.article, proof.version, proof.start, proof.end]
        db.execute("insert into pin_quotes values (?, ?, ?, ?, ?, ?)", place)
    audit(db, pin.by, "pin", f"{pin.library}: {pin.question}")
    return number


def found(db: Database, library: str, condition: str = "", **values: object) -> list[Pin]:
    """Give a library's pins, newest first, all or those that meet a condition."""
    sql = _PINS.format(condition=condition)
    return [_pin(db, row) for row in rows(db, sql, {"library": library, **values})]


def questions(db: Database, library: str) -> dict[str, str]:
    """Give the questions of a library's pins by their keys, newest first."""
    sql = """select key, question from pins join libraries on libraries.id = pins.library_id
             where libraries.name = ? order by pins.id desc"""
    return {row["key"]: row["question"] for row in rows(db, sql, [library])}


def erase(db: Database, library: str, number: int, by: str) -> Pin | None:
    """Take a pin away; give what it was."""
    gone = found(db, library, "and pins.id = :number", number=number)
    if gone:
        db.execute("delete from pins where id = ?", [number])
        audit(db, by, "unpin", f"{library}: {gone[0].question}")
    return gone[0] if gone else None


def _pin(db: Database, row: dict[str, Any]) -> Pin:
    proofs = tuple(Proof(**quote) for quote in rows(db, _QUOTES, [row["id"]]))
    return Pin(**{**row, "changed": bool(row["changed"])}, proofs=proofs)
