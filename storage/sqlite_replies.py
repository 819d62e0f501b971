"""The embedded engine's part for our messages: where their buttons lead, what goes on from them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import replace
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
                           (place, message, conversation, person, at, question, articles)
                       values (:place, :message, :conversation, :person, :at, :question,
                               :articles)""",
                    {**dataclasses.asdict(each), "articles": " ".join(map(str, each.articles))},
                )

        if conversed:
            await self._write(work)

    async def turn_at(self, place: str, message: str) -> Turn | None:
        sql = "select conversation, question, articles from replies where place = ? and message = ?"
        return await self._read(lambda db: _turn(rows(db, sql, [place, message])))

    async def turn_with(self, place: str, person: str, since: float) -> Turn | None:
        sql = """select conversation, question, articles from replies
                 where place = :place and person = :person and at >= :since {condition}
                 order by at desc limit 1"""
        arguments = {"place": place, "person": person, "since": since}

        def work(db: Database) -> Turn | None:
            newest = _turn(rows(db, sql.format(condition=""), arguments))
            if newest is None or newest.conversation:
                return newest
            answer = _turn(rows(db, sql.format(condition="and conversation <> ''"), arguments))
            return replace(answer, articles=newest.articles) if answer else newest

        return await self._read(work)


def _turn(found: list[dict[str, Any]]) -> Turn | None:
    if not found:
        return None
    row = found[0]
    return Turn(**{**row, "articles": tuple(map(int, row["articles"].split()))})
