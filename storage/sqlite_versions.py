"""The embedded engine's part for the versions of an article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlite_utils import Database

from storage import articles as kept
from storage.audit import audit
from storage.records import Article, NewArticle, Removed, Saved, Status, Validators
from storage.renew import amended, renewed, reverted
from storage.undo import undone_last
from storage.units import Units

T = TypeVar("T")


class SqliteVersions(Units):
    """What `VersionStore` asks, on the units of work of the engine."""

    async def _erased(self, library: str, work: Callable[[Database], T]) -> T:
        raise NotImplementedError

    async def also(self, library: str, article: int) -> list[int]:
        return await self._read(lambda db: kept.also(db, library, article))

    async def renew(
        self,
        library: str,
        article: int,
        new: NewArticle,
        removed: Sequence[Removed],
        *,
        after: int,
        by: str,
        page: Validators | None = None,
    ) -> Saved | None:
        def work(db: Database) -> Saved | None:
            said = page or Validators()
            saved = renewed(db, library, article, new, removed, said, after)
            if saved is not None and saved.status is Status.UPDATED:
                audit(db, by, "refresh", f"article {article} version {after + 1}")
            return saved

        return await self._write(work)

    async def amend(
        self,
        library: str,
        article: int,
        new: NewArticle,
        removed: Sequence[Removed],
        *,
        after: int,
        by: str,
    ) -> Article | None:
        def work(db: Database) -> Article | None:
            now = amended(db, library, article, new, removed, after)
            if now is not None:
                audit(db, by, "amend", f"article {article} version {now.version}")
            return now

        return await self._write(work)

    async def revert(self, library: str, article: int, number: int, *, by: str) -> Article | None:
        def work(db: Database) -> Article | None:
            now = reverted(db, library, article, number)
            if now is not None:
                told = f"article {article} to version {number} as version {now.version}"
                audit(db, by, "revert", told)
            return now

        return await self._write(work)

    async def undo_last(self, library: str, *, by: str) -> list[Article]:
        def work(db: Database) -> list[Article]:
            gone = undone_last(db, library)
            for each in gone:
                audit(db, by, "undo", f"article {each.id} version {each.version}")
            return gone

        return await self._erased(library, work)
