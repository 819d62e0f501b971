"""The embedded engine: one SQLite file, one connection, one thread that owns it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from sqlite_utils import Database

from storage import articles as kept
from storage.audit import audit
from storage.connection import rows
from storage.finding import passages as found_passages
from storage.near import Near
from storage.records import (
    Article,
    Hit,
    NewArticle,
    Passage,
    Removed,
    Saved,
    Stats,
    Validators,
    Version,
)
from storage.saving import forget, save
from storage.searchable import embeddable
from storage.sqlite_asked import SqliteAsked
from storage.sqlite_feeds import SqliteFeeds
from storage.sqlite_files import SqliteFiles
from storage.sqlite_finder import SqliteFinder
from storage.sqlite_follows import SqliteFollows
from storage.sqlite_inbox import SqliteInbox
from storage.sqlite_places import SqlitePlaces
from storage.sqlite_replies import SqliteReplies
from storage.sqlite_versions import SqliteVersions
from storage.undo import undone
from storage.vectors import pack
from storage.wordindex import LARGE, WordIndex

if TYPE_CHECKING:
    from storage.finder import Finder
    from storage.store import Vector

T = TypeVar("T")

_UNEMBEDDED = """
    select passages.id, articles.title, passages.heading, passages.text
    from passages join articles on articles.id = passages.article_id
    where passages.current = 1 and not exists (
        select 1 from embeddings where passage_id = passages.id and embedder = :embedder)
    order by passages.id limit :limit
"""


class SqliteStore(
    SqlitePlaces,
    SqliteInbox,
    SqliteReplies,
    SqliteAsked,
    SqliteFollows,
    SqliteFeeds,
    SqliteFiles,
    SqliteVersions,
):
    """A `Store` in a SQLite file. Every call runs on the one thread that owns the connection.

    From `large` passages on, a library is searched in copies that are made for that.
    """

    def __init__(self, path: str, large: int = LARGE) -> None:
        super().__init__(path)
        self._large = large
        self._near: dict[tuple[str, str], Near] = {}
        self._indexes: dict[str, WordIndex] = {}

    async def close(self) -> None:
        await self._call(self._close_indexes)
        await super().close()

    async def save(
        self,
        library: str,
        articles: Sequence[NewArticle],
        removed: Sequence[Removed],
        *,
        source: str,
        by: str,
        page: Validators | None = None,
    ) -> list[Saved]:
        def work(db: Database) -> list[Saved]:
            saved = save(db, library, articles, removed, source, by, page)
            changed = [each for each in saved if each.status != "duplicate"]
            if changed:
                audit(db, by, "ingest", f"{source}: {_numbers(changed)}")
            return saved

        return await self._write(work)

    async def forget(self, library: str, article: int, *, by: str) -> Article | None:
        def work(db: Database) -> Article | None:
            gone = forget(db, library, article)
            if gone is not None:
                audit(db, by, "forget", f"article {article}")
            return gone

        return await self._erased(library, work)

    async def undo(self, library: str, article: int, version: int, *, by: str) -> Article | None:
        def work(db: Database) -> Article | None:
            gone = undone(db, library, article, version)
            if gone is not None:
                audit(db, by, "undo", f"article {article} version {version}")
            return gone

        return await self._erased(library, work)

    async def articles(self, library: str, most: int = -1) -> list[Article]:
        return await self._read(lambda db: kept.listed(db, library, most))

    async def article(self, library: str, article: int) -> Article | None:
        return await self._read(lambda db: kept.article(db, library, article))

    async def article_at(self, library: str, urls: Sequence[str]) -> Article | None:
        return await self._read(lambda db: kept.at(db, library, urls))

    async def some_articles(self, library: str, ids: Sequence[int]) -> list[Article]:
        return await self._read(lambda db: kept.some(db, library, ids))

    async def version(self, library: str, article: int, number: int) -> Version | None:
        return await self._read(lambda db: kept.version(db, library, article, number))

    async def removed(self, library: str, article: int, number: int) -> list[Removed]:
        return await self._read(lambda db: kept.removed(db, library, article, number))

    async def passages(self, library: str, ids: Sequence[int]) -> list[Passage]:
        return await self._read(lambda db: found_passages(db, library, ids))

    async def find(self, work: Callable[[Finder], T]) -> T:
        return await self._read(lambda db: work(SqliteFinder(db, self._index, self._nearness)))

    async def by_words(
        self, library: str, words: Sequence[str], limit: int, also: Sequence[int] = ()
    ) -> list[Hit]:
        return await self.find(lambda finder: finder.by_words(library, words, limit, also))

    async def by_meaning(
        self,
        library: str,
        embedder: str,
        vector: Vector,
        limit: int,
        *,
        off: Vector | None = None,
        also: Sequence[int] = (),
    ) -> list[Hit]:
        return await self.find(
            lambda finder: finder.by_meaning(library, embedder, vector, limit, off=off, also=also)
        )

    async def document_frequencies(
        self, library: str, words: Sequence[str]
    ) -> tuple[dict[str, int], int]:
        return await self.find(lambda finder: finder.document_frequencies(library, words))

    async def spellings(self, library: str, words: Sequence[str]) -> dict[str, list[str]]:
        return await self.find(lambda finder: finder.spellings(library, words))

    async def languages(self, library: str) -> dict[str, int]:
        return await self.find(lambda finder: finder.languages(library))

    async def unembedded(self, embedder: str, limit: int) -> list[tuple[int, str]]:
        def work(db: Database) -> list[tuple[int, str]]:
            return [
                (row["id"], embeddable(row["title"], row["heading"], row["text"]))
                for row in rows(db, _UNEMBEDDED, {"embedder": embedder, "limit": limit})
            ]

        return await self._read(work)

    async def embed(self, embedder: str, vectors: Sequence[tuple[int, Vector]]) -> None:
        def work(db: Database) -> None:
            db.conn.executemany(
                """insert or replace into embeddings (passage_id, embedder, vector)
                   select id, ?, ? from passages where id = ?""",
                [(embedder, pack(vector), passage) for passage, vector in vectors],
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
        await self._write(lambda db: audit(db, by, act, detail))

    async def _erased(self, library: str, work: Callable[[Database], T]) -> T:
        """Take something back, out of the copies beside the file too."""
        gone = await self._write(work)
        if gone:
            await self._call(self._index(library).erase)
        return gone

    async def move(self, old: str, new: str) -> None:
        await super().move(old, new)
        if old != new:
            await self._call(lambda: self._let_go(old, new))

    def _let_go(self, old: str, new: str) -> None:
        """Drop what is kept of two libraries, of the one that is gone also beside the file."""
        self._index(old).erase()
        for name in (old, new):
            if index := self._indexes.pop(name, None):
                index.close()
        self._near = {of: each for of, each in self._near.items() if of[0] not in (old, new)}

    def _close_indexes(self) -> None:
        for index in self._indexes.values():
            index.close()

    def _index(self, library: str) -> WordIndex:
        if library not in self._indexes:
            self._indexes[library] = WordIndex(library, self._path, self._large)
        return self._indexes[library]

    def _nearness(self, library: str, embedder: str) -> Near:
        if (library, embedder) not in self._near:
            self._near[library, embedder] = Near(library, embedder, self._large)
        return self._near[library, embedder]


def _numbers(saved: Sequence[Saved]) -> str:
    return ", ".join(f"{each.status} {each.article}" for each in saved)
