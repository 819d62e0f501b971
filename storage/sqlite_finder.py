"""Finds passages in an open SQLite file and the copies that are kept of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sqlite_utils import Database

from storage import finding
from storage.near import Near
from storage.records import Found, Hit
from storage.vectors import Query
from storage.wordindex import WordIndex

if TYPE_CHECKING:
    from storage.finder import Vector


class SqliteFinder:
    """A `Finder` for one unit of work."""

    def __init__(
        self, db: Database, index: Callable[[str], WordIndex], near: Callable[[str, str], Near]
    ) -> None:
        self._db = db
        self._index = index
        self._near = near

    def languages(self, library: str) -> dict[str, int]:
        return self._index(library).languages(self._db)

    def document_frequencies(
        self, library: str, words: Sequence[str]
    ) -> tuple[dict[str, int], int]:
        return self._index(library).frequencies(self._db, words)

    def spellings(self, library: str, words: Sequence[str]) -> dict[str, list[str]]:
        return self._index(library).spellings(self._db, words)

    def by_words(
        self, library: str, words: Sequence[str], limit: int, also: Sequence[int] = ()
    ) -> list[Hit]:
        return self._index(library).best(self._db, words, limit, also)

    def by_meaning(
        self,
        library: str,
        embedder: str,
        vector: Vector,
        limit: int,
        *,
        off: Vector | None = None,
        also: Sequence[int] = (),
    ) -> list[Hit]:
        return self._near(library, embedder).nearest(self._db, Query(vector, off), limit, also)

    def found(self, library: str, ids: Sequence[int]) -> list[Found]:
        return finding.found(self._db, library, ids)
