"""The vectors of a large library: one bit a number in memory, the nearest compared exactly.

faiss' RaBitQ codes (Gao & Long, 2024, arXiv 2405.12497) take 56 bytes of a vector of 384 numbers;
the best of them are fetched from the file and compared in full. All of it can be made anew from
the file at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import faiss
import numpy as np
from numpy.typing import NDArray

from storage.records import Hit
from storage.vectors import Means, Query, Rows, Stored, Vector, unpack

COMPARED = 400  # vectors of a language that are fetched and compared in full (recall 0.99)
TRAINED_ON = 50_000

Fetch = Callable[[Sequence[int]], Stored]


class Codes:
    """Coded vectors of one library. `fetch` gives the stored vectors of some passages.

    Each language has codes of its own: what a language does to all its vectors alike then changes
    nothing in their order, and nothing is lost to it before the best are compared in full.
    """

    def __init__(self, first: Stored, fetch: Fetch) -> None:
        self._fetch = fetch
        self._means = Means()
        matrix = unpack(first.blobs)
        self._width = matrix.shape[1]
        self._means.add(first.languages, matrix)
        self._groups = self._means.groups()
        self._main = self._means.main()
        self._parts: dict[str, _Part] = {}
        self._add(first, matrix)

    def __len__(self) -> int:
        return sum(part.alive for part in self._parts.values())

    def change(self, gone: Sequence[int], new: Stored) -> None:
        """Take vectors out and others in; what is out only stays in memory."""
        for part in self._parts.values():
            part.remove([*gone, *new.ids])
        matrix = unpack(new.blobs)
        if new.ids and matrix.shape[1] == self._width:
            self._means.add(new.languages, matrix)
            self._add(new, matrix)

    def nearest(self, query: Query, limit: int, also: Sequence[int] = ()) -> list[Hit]:
        """Give the nearest passages, best first, then `also` where they are held here."""
        if len(query.vector) != self._width:
            return []
        wanted = max(COMPARED, limit) if limit else 0
        found = [each for part in self._parts.values() for each in part.best(query.ranked, wanted)]
        stored = self._fetch([*dict.fromkeys([*found, *also])])
        rows = Rows(
            np.array(stored.ids, np.int64),
            unpack(stored.blobs),
            np.array(stored.languages, np.str_),
            self._means,
        )
        return rows.nearest(query, limit, also)

    def _add(self, new: Stored, matrix: Vector) -> None:
        group = np.array([self._groups.get(each, self._main) for each in new.languages])
        ids = np.array(new.ids, np.int64)
        for name in dict.fromkeys(group.tolist()):
            rows = np.ascontiguousarray(matrix[group == name])
            if name not in self._parts:
                self._parts[name] = _Part(rows)
            self._parts[name].add(ids[group == name], rows)


class _Part:
    """The codes of one language, with the passages that they belong to."""

    def __init__(self, rows: Vector) -> None:
        self._ids = np.empty(0, np.int64)
        self._alive = np.empty(0, np.bool_)
        self._index = faiss.IndexRaBitQFastScan(rows.shape[1], faiss.METRIC_INNER_PRODUCT)
        self._index.train(rows[:TRAINED_ON])

    @property
    def alive(self) -> int:
        return int(self._alive.sum())

    def add(self, ids: NDArray[np.int64], rows: Vector) -> None:
        self._index.add(rows)
        self._ids = np.concatenate([self._ids, ids])
        self._alive = np.concatenate([self._alive, np.ones(len(ids), np.bool_)])

    def remove(self, gone: Sequence[int]) -> None:
        self._alive &= ~np.isin(self._ids, np.array(gone, np.int64))

    def best(self, vector: Vector, wanted: int) -> list[int]:
        """Give the passages whose codes are nearest, the dead left out."""
        dead = len(self._ids) - self.alive
        count = min(wanted + dead, len(self._ids))
        if count <= 0:
            return []
        _, places = self._index.search(np.ascontiguousarray(vector, np.float32)[None], count)
        held = places[0][places[0] >= 0]
        return [int(each) for each in self._ids[held[self._alive[held]]][:wanted]]
