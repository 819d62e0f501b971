"""Keeps the vectors of libraries in memory, in step with the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Protocol

from sqlite_utils import Database

from storage import changes
from storage.finding import languages
from storage.records import Hit
from storage.vectors import Query, Stored, Vectors

NARROW = 2 * 64  # bytes of a vector so short that coding it would save nothing
PART = 20_000  # vectors that are read at a time
REMADE = (
    0.5  # share of changed vectors from which on all are loaded anew, and their means with them
)
_STORED = """
    select passages.id, passages.language, embeddings.vector
    from passages join embeddings on embeddings.passage_id = passages.id
    where {plus}passages.library_id = (select id from libraries where name = :library)
      and passages.current = 1 and embeddings.embedder = :embedder {condition}
"""


class Held(Protocol):
    """Vectors of one library, small or large."""

    def change(self, gone: Sequence[int], new: Stored) -> None: ...

    def nearest(self, query: Query, limit: int, also: Sequence[int] = ()) -> list[Hit]: ...


class Near:
    """What is near a question in one library, by the vectors of one embedder."""

    def __init__(self, library: str, embedder: str, large: int) -> None:
        self._large = large
        self._library = library
        self._embedder = embedder
        self._seen = -1
        self._size = 0
        self._grown = 0  # passages that changed since all were loaded
        self._held: Held | None = None

    def nearest(
        self, db: Database, query: Query, limit: int, also: Sequence[int] = ()
    ) -> list[Hit]:
        """Give the nearest passages of the newest versions, as the file is now."""
        self._catch_up(db)
        return self._held.nearest(query, limit, also) if self._held else []

    def _catch_up(self, db: Database) -> None:
        latest = changes.latest(db)
        if self._held is not None and latest == self._seen:
            return
        changed = None
        if self._held is not None and latest > self._seen:
            changed = changes.since(db, self._library, self._seen, vectors=True)
        if changed is None or self._grown + len(changed) > REMADE * self._size + 1:
            self._load(db)
        elif changed:
            new = self._stored(db, changed)
            self._grown += len(changed)
            assert self._held is not None  # noqa: S101 - what changed was held
            self._held.change(changed, new)
        self._seen = latest

    def _load(self, db: Database) -> None:
        found = db.execute(*self._query(None))
        begin = found.fetchmany(max(1, self._large))
        small = len(begin) < max(1, self._large) or len(begin[0][2]) < NARROW
        first = Stored.of([*begin, *found.fetchall()] if small else begin)
        self._size, self._grown = len(first.ids), 0
        if small:
            self._held = Vectors(first)
            return
        from storage.codes import Codes  # noqa: PLC0415 - faiss: 80 ms, for large libraries only

        parts = chain([first], _parts(found))
        self._held = Codes(parts, languages(db, self._library), _File(self, db))
        self._size = len(self._held)

    def _stored(self, db: Database, ids: Sequence[int]) -> Stored:
        return Stored.of(db.execute(*self._query(ids)).fetchall())

    def _query(self, ids: Sequence[int] | None) -> tuple[str, dict[str, str]]:
        plus, condition = "", ""
        if ids is not None:  # the plus keeps SQLite from going through the whole library
            plus = "+"
            condition = f"and passages.id in ({','.join(map(str, map(int, ids))) or 'null'})"
        arguments = {"library": self._library, "embedder": self._embedder}
        return _STORED.format(plus=plus, condition=condition), arguments

    def _blobs(self, db: Database, ids: Sequence[int]) -> dict[int, bytes]:
        marks = ",".join(map(str, map(int, ids))) or "null"
        sql = f"""select passage_id, vector from embeddings
                  where passage_id in ({marks}) and embedder = ?"""  # noqa: S608
        return dict(db.execute(sql, [self._embedder]).fetchall())


def _parts(found: Any) -> Iterator[Stored]:
    while rows := found.fetchmany(PART):
        yield Stored.of(rows)


class _File:
    """The stored vectors of one library and embedder."""

    def __init__(self, near: Near, db: Database) -> None:
        self._near = near
        self._db = db

    def stored(self, ids: Sequence[int]) -> Stored:
        return self._near._stored(self._db, ids) if ids else Stored([], [], [])

    def blobs(self, ids: Sequence[int]) -> dict[int, bytes]:
        return self._near._blobs(self._db, ids)
