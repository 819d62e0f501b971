"""The embedded engine's part for the inbox: letters that came, and what became of each."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from storage.connection import rows
from storage.records import Attempt, Letter
from storage.units import Units

KEPT = 3 * 86_400.0  # seconds; Telegram sends an update again for a day at most

_LETTER = """
    select platform, key, place, message, person, body, digest, sent, tries, reply from inbox
"""


class SqliteInbox(Units):
    """What `ChatStore` asks of letters, on the units of work of the engine."""

    async def receive(self, letters: Sequence[Letter]) -> list[Letter]:
        def work(db: Database) -> list[Letter]:
            db.execute(
                "delete from inbox where state = 'answered' and sent < ?", [time.time() - KEPT]
            )
            return [letter for letter in letters if _added(db, letter)]

        return await self._write(work)

    async def waiting(self, platform: str) -> list[Letter]:
        sql = f"{_LETTER} where platform = ? and state = 'waiting' order by sent, rowid"
        return await self._read(lambda db: [_letter(row) for row in rows(db, sql, [platform])])

    async def attempt(self, letter: Letter) -> Attempt:
        def work(db: Database) -> Attempt:
            db.execute(
                """update inbox set tries = tries + 1, state = 'waiting'
                   where platform = ? and key = ?""",
                [letter.platform, letter.key],
            )
            tried = rows(
                db,
                "select tries from inbox where platform = ? and key = ?",
                [letter.platform, letter.key],
            )
            shown = rows(
                db,
                """select reply from inbox where platform = :platform and place = :place
                   and message = :message and (message <> '' or key = :key) and reply <> '[]'
                   order by rowid desc limit 1""",
                dataclasses.asdict(letter),
            )
            reply = tuple(json.loads(shown[0]["reply"])) if shown else ()
            return Attempt(tried[0]["tries"] if tried else 1, reply)

        return await self._write(work)

    async def spare(self, letter: Letter) -> None:
        sql = "update inbox set tries = tries - 1 where platform = ? and key = ? and tries > 0"

        def work(db: Database) -> None:
            db.execute(sql, [letter.platform, letter.key])

        await self._write(work)

    async def answering(self, letter: Letter, reply: Sequence[str]) -> None:
        def work(db: Database) -> None:
            db.execute(
                "update inbox set reply = ? where platform = ? and key = ?",
                [json.dumps(list(reply)), letter.platform, letter.key],
            )

        await self._write(work)

    async def answered(self, letters: Sequence[Letter]) -> None:
        def work(db: Database) -> None:
            for letter in letters:
                _answered(db, letter.platform, letter.key)

        await self._write(work)

    async def letter(self, platform: str, message: str) -> Letter | None:
        sql = f"{_LETTER} where platform = ? and message = ? order by rowid desc limit 1"

        def work(db: Database) -> Letter | None:
            found = rows(db, sql, [platform, message])
            return _letter(found[0]) if found else None

        return await self._read(work)


def _added(db: Database, letter: Letter) -> bool:
    """Insert a letter; true where it is to be answered."""
    sql = f"""{_LETTER} where platform = ? and place = ? and message = ? and message <> ''
              order by rowid desc limit 1"""
    before = rows(db, sql, [letter.platform, letter.place, letter.message])
    row = {**dataclasses.asdict(letter), "reply": json.dumps(letter.reply)}
    made = db.execute(
        """insert or ignore into inbox (platform, key, place, message, person, body, digest,
                                        sent, state, tries, reply)
           values (:platform, :key, :place, :message, :person, :body, :digest,
                   :sent, 'waiting', 0, :reply)""",
        row,
    )
    if made.rowcount <= 0:
        return False
    if before and before[0]["digest"] == letter.digest:
        _answered(db, letter.platform, letter.key)
        return False
    if before:
        db.execute(
            """update inbox set state = 'answered', body = ''
               where platform = ? and place = ? and message = ? and key <> ?""",
            [letter.platform, letter.place, letter.message, letter.key],
        )
    return True


def _answered(db: Database, platform: str, key: str) -> None:
    db.execute(
        "update inbox set state = 'answered', body = '' where platform = ? and key = ?",
        [platform, key],
    )


def _letter(row: dict[str, Any]) -> Letter:
    return Letter(**{**row, "reply": tuple(json.loads(row["reply"]))})
