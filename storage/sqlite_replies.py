"""The embedded engine's part for our messages: where their buttons lead, what goes on from them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from storage.audit import now
from storage.connection import rows
from storage.records import Button, Conversed, Turn
from storage.units import Units

BUTTONS_KEPT = "-180 days"


class SqliteReplies(Units):
    """What `ChatStore` asks of buttons and conversations, on the units of work of the engine."""

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
                    "made": now(),
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


def _turn(found: list[dict[str, Any]]) -> Turn | None:
    return Turn(**found[0]) if found else None
