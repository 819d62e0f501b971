"""Units of work on one SQLite file: one connection, one thread that owns it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlite_utils import Database

from storage import changes
from storage.connection import connect, run

T = TypeVar("T")


class Units:
    """What each part of the embedded engine is made on: units of work, run one after the other."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")
        self._db: Database | None = None

    async def open(self) -> None:
        """Open the file; raises `StoreError` where that fails."""

        def opened() -> None:
            self._db = connect(self._path)
            run(self._db, changes.prune)

        try:
            await self._call(opened)
        except BaseException:
            self._thread.shutdown(wait=False)
            raise

    async def close(self) -> None:
        """Close the file; what was begun is done first."""

        def closed() -> None:
            if self._db is not None:
                self._db.close()
                self._db = None

        await self._call(closed)
        self._thread.shutdown()

    async def _write(self, work: Callable[[Database], T]) -> T:
        """Run work in one transaction; raises `StoreError`."""
        return await self._call(lambda: run(self._opened(), work))

    async def _read(self, work: Callable[[Database], T]) -> T:
        return await self._call(lambda: work(self._opened()))

    async def _call(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _opened(self) -> Database:
        if self._db is None:
            raise RuntimeError("the store is not open")
        return self._db
