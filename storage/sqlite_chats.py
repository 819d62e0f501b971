"""The embedded engine's half for chats: bindings, admins, the inbox, buttons, conversations."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlite_utils import Database

from storage import articles as kept
from storage.connection import rows
from storage.records import Attempt, Button, Conversed, Letter, Turn

T = TypeVar("T")

KEPT = 3 * 86_400.0  # seconds; Telegram sends an update again for a day at most
BUTTONS_KEPT = "-180 days"

_LETTER = """
    select platform, key, place, message, person, body, digest, sent, tries, reply from inbox
"""


class SqliteChats:
    """What `ChatStore` asks, on the units of work of the engine that this is a part of."""

    async def _write(self, work: Callable[[Database], T]) -> T:
        raise NotImplementedError

    async def _read(self, work: Callable[[Database], T]) -> T:
        raise NotImplementedError

    async def bind(self, place: str, library: str, *, by: str) -> None:
        def work(db: Database) -> None:
            row = {"place": place, "library_id": kept.library_id(db, library)}
            db.table("bindings").upsert(row, pk="place")
            kept.audit(db, by, "bind", f"{place} to {library}")

        await self._write(work)

    async def unbind(self, place: str, *, by: str) -> None:
        def work(db: Database) -> None:
            db.execute("delete from bindings where place = ?", [place])
            kept.audit(db, by, "unbind", place)

        await self._write(work)

    async def bound(self, place: str) -> str | None:
        sql = """select libraries.name from bindings
                 join libraries on libraries.id = bindings.library_id where place = ?"""
        return await self._read(lambda db: _first(rows(db, sql, [place]), "name"))

    async def places(self, library: str) -> list[str]:
        sql = """select place from bindings join libraries on libraries.id = bindings.library_id
                 where libraries.name = ? order by place"""
        return await self._read(lambda db: [row["place"] for row in rows(db, sql, [library])])

    async def move(self, old: str, new: str) -> None:
        def work(db: Database) -> None:
            _move_library(db, old, new)
            for statement in (
                "update or replace bindings set place = :new where place = :old",
                "update buttons set place = :new where place = :old",
                "update or replace replies set place = :new where place = :old",
                "update or replace follows set place = :new where place = :old",
                "update feeds set place = :new where place = :old",
                "update news set place = :new where place = :old",
            ):
                db.execute(statement, {"old": old, "new": new})
            kept.audit(db, old, "move", f"{old} to {new}")

        await self._write(work)

    async def appoint(self, library: str, person: str, *, by: str) -> None:
        def work(db: Database) -> None:
            row = {
                "library_id": kept.library_id(db, library),
                "person": person,
                "role": "admin",
            }
            db.table("members").upsert(row, pk=("library_id", "person"))
            kept.audit(db, by, "appoint", f"{person} in {library}")

        await self._write(work)

    async def dismiss(self, library: str, person: str, *, by: str) -> bool:
        def work(db: Database) -> bool:
            gone = db.execute(
                """delete from members where person = ?
                   and library_id = (select id from libraries where name = ?)""",
                [person, library],
            )
            kept.audit(db, by, "dismiss", f"{person} in {library}")
            return gone.rowcount > 0

        return await self._write(work)

    async def admins(self, library: str) -> list[str]:
        sql = """select person from members join libraries on libraries.id = members.library_id
                 where libraries.name = ? order by person"""
        return await self._read(lambda db: [row["person"] for row in rows(db, sql, [library])])

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

    async def keep_buttons(self, buttons: Sequence[Button]) -> None:
        def work(db: Database) -> None:
            db.execute("delete from buttons where made < date('now', ?)", [BUTTONS_KEPT])
            db.table("buttons").insert_all(
                {
                    "key": each.key,
                    "place": each.place,
                    "command": each.command,
                    "text": each.text,
                    "beside": int(each.beside),
                    "made": kept.now(),
                }
                for each in buttons
            )

        if buttons:
            await self._write(work)

    async def button(self, key: str) -> Button | None:
        sql = "select key, place, command, text, beside from buttons where key = ?"

        def work(db: Database) -> Button | None:
            found = rows(db, sql, [key])
            return Button(**{**found[0], "beside": bool(found[0]["beside"])}) if found else None

        return await self._read(work)

    async def converse(self, conversed: Sequence[Conversed]) -> None:
        def work(db: Database) -> None:
            for each in conversed:
                db.execute(
                    """insert or replace into replies
                           (place, message, conversation, person, at, question)
                       values (:place, :message, :conversation, :person, :at, :question)""",
                    dataclasses.asdict(each),
                )

        if conversed:
            await self._write(work)

    async def turn_at(self, place: str, message: str) -> Turn | None:
        sql = "select conversation, question from replies where place = ? and message = ?"
        return await self._read(lambda db: _turn(rows(db, sql, [place, message])))

    async def turn_with(self, place: str, person: str, since: float) -> Turn | None:
        sql = """select conversation, question from replies
                 where place = ? and person = ? and at >= ? order by at desc limit 1"""
        return await self._read(lambda db: _turn(rows(db, sql, [place, person, since])))


def _move_library(db: Database, old: str, new: str) -> None:
    """Give a place's own library its new name, or all of it to one that has that name already."""
    if old == new:
        return
    if not rows(db, "select id from libraries where name = ?", [new]):
        db.execute("update libraries set name = ? where name = ?", [new, old])
        return
    for table in ("articles", "passages", "questions", "bindings", "members", "feeds", "files"):
        statement = f"""update or ignore {table}
            set library_id = (select id from libraries where name = :new)
            where library_id = (select id from libraries where name = :old)"""  # noqa: S608 - ours
        db.execute(statement, {"old": old, "new": new})
    db.execute("delete from libraries where name = ?", [old])


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


def _turn(found: list[dict[str, Any]]) -> Turn | None:
    return Turn(**found[0]) if found else None


def _first(found: list[dict[str, Any]], column: str) -> str | None:
    return str(found[0][column]) if found else None
