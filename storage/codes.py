"""The vectors of a large library: one bit a number in memory, the nearest compared exactly.

faiss' RaBitQ codes (Gao & Long, 2024, arXiv 2405.12497) take 56 bytes of a vector of 384 numbers;
the best of them are fetched from the file and compared in full. All of it can be made anew from
the file at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import faiss
import numpy as np

from storage.records import Hit
from storage.vectors import Means, Query, Rows, Stored, Vector, unpack

COMPARED = 400  # vectors fetched and compared in full for one question (research: recall 0.99)
TRAINED_ON = 50_000

Fetch = Callable[[Sequence[int]], Stored]


class Codes:
    """Coded vectors of one library. `fetch` gives the stored vectors of some passages."""

    def __init__(self, first: Stored, fetch: Fetch) -> None:
        self._fetch = fetch
        self._means = Means()
        matrix = unpack(first.blobs)
        self._means.add(first.languages, matrix)
        self._width = matrix.shape[1]
        self._several = self._means.several()
        self._ids = np.empty(0, np.int64)
        self._alive = np.empty(0, np.bool_)
        self._index = faiss.IndexRaBitQFastScan(self._width, faiss.METRIC_INNER_PRODUCT)
        self._index.train(self._centred(matrix, first.languages)[:TRAINED_ON])
        self._add(first.ids, matrix, first.languages)

    def __len__(self) -> int:
        return int(self._alive.sum())

    def change(self, gone: Sequence[int], new: Stored) -> None:
        """Take vectors out and others in; what is out only stays in memory."""
        out = np.isin(self._ids, np.array([*gone, *new.ids], np.int64))
        self._alive &= ~out
        matrix = unpack(new.blobs)
        if new.ids and matrix.shape[1] == self._width:
            self._means.add(new.languages, matrix)
            self._add(new.ids, matrix, new.languages)

    def nearest(self, query: Query, limit: int, also: Sequence[int] = ()) -> list[Hit]:
        """Give the nearest passages, best first, then `also` where they are held here."""
        if len(query.vector) != self._width:
            return []
        asked = query.ranked.astype(np.float32)[None]
        dead = int(len(self._alive) - len(self))
        _, places = self._index.search(asked, min(max(COMPARED, limit) + dead, len(self._ids)))
        held = places[0][places[0] >= 0]
        ids = self._ids[held[self._alive[held]]][: max(COMPARED, limit)]
        stored = self._fetch([*dict.fromkeys([*ids.tolist(), *also])])
        rows = Rows(
            np.array(stored.ids, np.int64),
            unpack(stored.blobs),
            np.array(stored.languages, np.str_),
            self._means,
        )
        return rows.nearest(query, limit, also)

    def _add(self, ids: Sequence[int], matrix: Vector, languages: Sequence[str]) -> None:
        self._index.add(self._centred(matrix, languages))
        self._ids = np.concatenate([self._ids, np.array(ids, np.int64)])
        self._alive = np.concatenate([self._alive, np.ones(len(ids), np.bool_)])

    def _centred(self, matrix: Vector, languages: Sequence[str]) -> Vector:
        return self._means.centred(matrix, languages) if self._several else matrix
