"""The embedded engine: one SQLite file, one connection, one thread that owns it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from sqlite_utils import Database

from storage import articles as kept
from storage import finding
from storage.connection import connect, rows, run
from storage.records import (
    Article,
    Hit,
    NewArticle,
    Passage,
    Removed,
    Saved,
    Stats,
    Version,
)
from storage.sqlite_asked import SqliteAsked
from storage.sqlite_chats import SqliteChats
from storage.sqlite_follows import SqliteFollows
from storage.undo import undone
from storage.vectors import Vectors, pack

if TYPE_CHECKING:
    from storage.store import Vector

T = TypeVar("T")

_UNEMBEDDED = """
    select passages.id, articles.title, passages.heading, passages.text
    from passages join articles on articles.id = passages.article_id
    where passages.current = 1 and not exists (
        select 1 from embeddings where passage_id = passages.id and embedder = :embedder)
    order by passages.id limit :limit
"""


class SqliteStore(SqliteChats, SqliteAsked, SqliteFollows):
    """A `Store` in a SQLite file. Every call runs on the one thread that owns the connection."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")
        self._db: Database | None = None
        self._writes = 0
        self._vectors: dict[tuple[str, str], tuple[tuple[int, int], Vectors]] = {}

    async def open(self) -> None:
        """Open the file; raises `StoreError` where that fails."""

        def opened() -> None:
            self._db = connect(self._path)

        try:
            await self._call(opened)
        except BaseException:
            self._thread.shutdown(wait=False)
            raise

    async def close(self) -> None:
        def closed() -> None:
            if self._db is not None:
                self._db.close()
                self._db = None

        await self._call(closed)
        self._thread.shutdown()

    async def save(
        self,
        library: str,
        articles: Sequence[NewArticle],
        removed: Sequence[Removed],
        *,
        source: str,
        by: str,
    ) -> list[Saved]:
        def work(db: Database) -> list[Saved]:
            saved = kept.save(db, library, articles, removed, source, by)
            changed = [each for each in saved if each.status != "duplicate"]
            if changed:
                kept.audit(db, by, "ingest", f"{source}: {_numbers(changed)}")
            return saved

        return await self._write(work)

    async def forget(self, library: str, article: int, *, by: str) -> Article | None:
        def work(db: Database) -> Article | None:
            gone = kept.forget(db, library, article)
            if gone is not None:
                kept.audit(db, by, "forget", f"article {article}")
            return gone

        return await self._write(work)

    async def undo(self, library: str, article: int, version: int, *, by: str) -> Article | None:
        def work(db: Database) -> Article | None:
            gone = undone(db, library, article, version)
            if gone is not None:
                kept.audit(db, by, "undo", f"article {article} version {version}")
            return gone

        return await self._write(work)

    async def articles(self, library: str) -> list[Article]:
        return await self._read(lambda db: kept.listed(db, library))

    async def article(self, library: str, article: int) -> Article | None:
        return await self._read(lambda db: kept.article(db, library, article))

    async def version(self, library: str, article: int, number: int) -> Version | None:
        return await self._read(lambda db: kept.version(db, library, article, number))

    async def removed(self, library: str, article: int, number: int) -> list[Removed]:
        return await self._read(lambda db: kept.removed(db, library, article, number))

    async def passages(self, library: str, ids: Sequence[int]) -> list[Passage]:
        return await self._read(lambda db: finding.passages(db, library, ids))

    async def by_words(self, library: str, words: Sequence[str], limit: int) -> list[Hit]:
        return await self._read(lambda db: finding.by_words(db, library, words, limit))

    async def by_meaning(
        self, library: str, embedder: str, vector: Vector, limit: int
    ) -> list[Hit]:
        def work(db: Database) -> list[Hit]:
            return self._fresh(db, library, embedder).nearest(vector, limit)

        return await self._read(work)

    async def document_frequencies(
        self, library: str, words: Sequence[str]
    ) -> tuple[dict[str, int], int]:
        return await self._read(lambda db: finding.frequencies(db, library, words))

    async def unembedded(self, embedder: str, limit: int) -> list[tuple[int, str]]:
        def work(db: Database) -> list[tuple[int, str]]:
            return [
                (row["id"], kept.embeddable(row["title"], row["heading"], row["text"]))
                for row in rows(db, _UNEMBEDDED, {"embedder": embedder, "limit": limit})
            ]

        return await self._read(work)

    async def embed(self, embedder: str, vectors: Sequence[tuple[int, Vector]]) -> None:
        def work(db: Database) -> None:
            for passage, vector in vectors:
                db.execute(
                    """insert or replace into embeddings (passage_id, embedder, vector)
                       select id, ?, ? from passages where id = ?""",
                    [embedder, pack(vector), passage],
                )

        await self._write(work)

    async def stats(self, library: str, embedder: str) -> Stats:
        def work(db: Database) -> Stats:
            found = rows(
                db,
                """select count(distinct passages.article_id) as articles,
                          count(*) as passages, count(embeddings.passage_id) as embedded
                   from passages left join embeddings on embeddings.passage_id = passages.id
                                                     and embeddings.embedder = :embedder
                   where passages.current = 1
                     and passages.library_id = (select id from libraries where name = :library)""",
                {"library": library, "embedder": embedder},
            )
            return Stats(**found[0])

        return await self._read(work)

    async def libraries(self) -> list[str]:
        return await self._read(
            lambda db: [row["name"] for row in rows(db, "select name from libraries order by name")]
        )

    async def audit(self, by: str, act: str, detail: str) -> None:
        await self._write(lambda db: kept.audit(db, by, act, detail), changes=False)

    async def _write(self, work: Callable[[Database], T], *, changes: bool = True) -> T:
        def written() -> T:
            self._writes += changes
            return run(self._opened(), work)

        return await self._call(written)

    async def _read(self, work: Callable[[Database], T]) -> T:
        return await self._call(lambda: work(self._opened()))

    async def _call(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _opened(self) -> Database:
        if self._db is None:
            raise RuntimeError("the store is not open")
        return self._db

    def _fresh(self, db: Database, library: str, embedder: str) -> Vectors:
        """Give a library's vectors, loaded anew if this or another process changed the file."""
        mark = (rows(db, "pragma data_version")[0]["data_version"], self._writes)
        held = self._vectors.get((library, embedder))
        if held is None or held[0] != mark:
            held = (mark, finding.vectors(db, library, embedder))
            self._vectors[(library, embedder)] = held
        return held[1]


def _numbers(saved: Sequence[Saved]) -> str:
    return ", ".join(f"{each.status} {each.article}" for each in saved)
