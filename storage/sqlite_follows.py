"""The embedded engine's part for questions that people wait for an answer to, and for gaps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from storage.asked import Follow
from storage.audit import now
from storage.connection import rows
from storage.libraries import library_id
from storage.records import Question
from storage.sqlite_asked import QUESTION, question_of
from storage.units import Units

_FOLLOW = """
    select follows.id, libraries.name as library, question, alone, person, follows.name as name,
           place, spot, private, reply,
           (select coalesce(max(id), 0) from passages
            where library_id = follows.library_id and current = 1) as newest
    from follows join libraries on libraries.id = follows.library_id
    where {condition} order by follows.id
"""
_UNCHECKED = """state = 'waiting' and exists (
    select 1 from passages where passages.library_id = follows.library_id
                             and current = 1 and passages.id > checked)"""
_GAPS = """
    and answered = 0 and trim(alone) <> '' and not exists (
        select 1 from questions as later where later.library_id = libraries.id
        and later.answered = 1 and later.id > questions.id and later.alone = questions.alone)
    order by questions.id desc limit :limit
"""


class SqliteFollows(Units):
    """What `FollowStore` asks, on the units of work of the engine."""

    async def follow(self, follow: Follow) -> int:
        def work(db: Database) -> int:
            row = {
                "library_id": library_id(db, follow.library),
                "question": follow.question,
                "alone": follow.alone,
                "person": follow.person,
                "name": follow.name,
                "place": follow.place,
                "spot": follow.spot,
                "private": int(follow.private),
                "made": now(),
            }
            made = db.execute(
                """insert or replace into follows (library_id, question, alone, person, name,
                       place, spot, private, state, checked, reply, made)
                   values (:library_id, :question, :alone, :person, :name,
                       :place, :spot, :private, 'waiting', 0, '[]', :made)""",
                row,
            )
            return int(made.lastrowid or 0)

        return await self._write(work)

    async def unfollow(self, library: str, person: str, place: str, alone: str) -> bool:
        def work(db: Database) -> bool:
            gone = db.execute(
                """delete from follows where person = ? and place = ? and alone = ?
                   and state <> 'told'
                   and library_id = (select id from libraries where name = ?)""",
                [person, place, alone, library],
            )
            return gone.rowcount > 0

        return await self._write(work)

    async def following(self, person: str) -> int:
        sql = "select count(*) as n from follows where person = ? and state <> 'told'"
        return await self._read(lambda db: int(rows(db, sql, [person])[0]["n"]))

    async def unchecked(self) -> list[Follow]:
        sql = _FOLLOW.format(condition=_UNCHECKED)
        return await self._read(lambda db: [_follow(row) for row in rows(db, sql)])

    async def checked(self, follow: Follow, *, due: bool) -> None:
        def work(db: Database) -> None:
            db.execute(
                """update follows set checked = ?, state = ?, reply = '[]'
                   where id = ? and state <> 'told'""",
                [follow.newest, "due" if due else "waiting", follow.id],
            )

        await self._write(work)

    async def due(self, platform: str) -> list[Follow]:
        sql = _FOLLOW.format(condition="state = 'due' and place glob ?")
        return await self._read(
            lambda db: [_follow(row) for row in rows(db, sql, [f"{platform}:*"])]
        )

    async def telling(self, follow: int, reply: Sequence[str]) -> None:
        values = [json.dumps(list(reply)), follow]

        def work(db: Database) -> None:
            db.execute("update follows set reply = ? where id = ?", values)

        await self._write(work)

    async def told(self, follow: int) -> None:
        def work(db: Database) -> None:
            db.execute("update follows set state = 'told' where id = ?", [follow])

        await self._write(work)

    async def gaps(self, library: str, limit: int) -> list[Question]:
        values = {"library": library, "limit": limit}
        return await self._read(
            lambda db: [question_of(row) for row in rows(db, QUESTION + _GAPS, values)]
        )


def _follow(row: dict[str, Any]) -> Follow:
    reply = tuple(json.loads(row["reply"]))
    return Follow(**{**row, "private": bool(row["private"]), "reply": reply})
