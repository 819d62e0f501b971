"""The embedded engine's part for places: which library each uses, and who looks after it."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from storage.audit import audit
from storage.connection import rows
from storage.libraries import library_id, move_library
from storage.units import Units


class SqlitePlaces(Units):
    """What `ChatStore` asks of places and admins, on the units of work of the engine."""

    async def bind(self, place: str, library: str, *, by: str) -> None:
        def work(db: Database) -> None:
            row = {"place": place, "library_id": library_id(db, library)}
            db.table("bindings").upsert(row, pk="place")
            audit(db, by, "bind", f"{place} to {library}")

        await self._write(work)

    async def unbind(self, place: str, *, by: str) -> None:
        def work(db: Database) -> None:
            db.execute("delete from bindings where place = ?", [place])
            audit(db, by, "unbind", place)

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
            move_library(db, old, new)
            for statement in (
                "update or replace bindings set place = :new where place = :old",
                "update buttons set place = :new where place = :old",
                "update or replace replies set place = :new where place = :old",
                "update or replace follows set place = :new where place = :old",
                "update feeds set place = :new where place = :old",
                "update news set place = :new where place = :old",
            ):
                db.execute(statement, {"old": old, "new": new})
            audit(db, old, "move", f"{old} to {new}")

        await self._write(work)

    async def appoint(self, library: str, person: str, *, by: str) -> None:
        def work(db: Database) -> None:
            row = {
                "library_id": library_id(db, library),
                "person": person,
                "role": "admin",
            }
            db.table("members").upsert(row, pk=("library_id", "person"))
            audit(db, by, "appoint", f"{person} in {library}")

        await self._write(work)

    async def dismiss(self, library: str, person: str, *, by: str) -> bool:
        def work(db: Database) -> bool:
            gone = db.execute(
                """delete from members where person = ?
                   and library_id = (select id from libraries where name = ?)""",
                [person, library],
            )
            audit(db, by, "dismiss", f"{person} in {library}")
            return gone.rowcount > 0

        return await self._write(work)

    async def admins(self, library: str) -> list[str]:
        sql = """select person from members join libraries on libraries.id = members.library_id
                 where libraries.name = ? order by person"""
        return await self._read(lambda db: [row["person"] for row in rows(db, sql, [library])])


def _first(found: list[dict[str, Any]], column: str) -> str | None:
    return str(found[0][column]) if found else None
