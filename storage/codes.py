"""The vectors of a large library: one bit a number in memory, the nearest compared exactly.

faiss' RaBitQ codes (Gao & Long, 2024, arXiv 2405.12497) take 56 bytes of a vector of 384 numbers;
the best of them are fetched from the file and compared in full. All of it can be made anew from
the file at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from storage.records import Hit
from storage.vectors import Means, Query, Rows, Stored, Vector, groups, unpack

# Vectors of a language that are fetched and compared in full, up to and from 200,000 passages on:
# so many bring recall@10 to 0.99 and more.
FEW, MANY, FROM = 200, 400, 200_000
TRAINED_ON = 50_000


class File(Protocol):
    """Gives the stored vectors of some passages, with their languages or without."""

    def stored(self, ids: Sequence[int]) -> Stored: ...

    def blobs(self, ids: Sequence[int]) -> dict[int, bytes]: ...


class Codes:
    """Coded vectors of one library, and the file that holds them in full.

    Each language has codes of its own: what a language does to all its vectors alike then changes
    nothing in their order, and nothing is lost to it before the best are compared in full.
    """

    def __init__(self, parts: Iterable[Stored], languages: Mapping[str, int], file: File) -> None:
        """Take vectors in part by part; `languages` says how many there will be of each."""
        self._file = file
        self._means = Means()
        self._width = 0
        self._groups, self._main = groups(languages)
        self._parts: dict[str, _Part] = {}
        for part in parts:
            self._add(part)

    def __len__(self) -> int:
        return sum(part.alive for part in self._parts.values())

    def change(self, gone: Sequence[int], new: Stored) -> None:
        """Take vectors out and others in; what is out only stays in memory."""
        for part in self._parts.values():
            part.remove([*gone, *new.ids])
        self._add(new)

    def nearest(self, query: Query, limit: int, also: Sequence[int] = ()) -> list[Hit]:
        """Give the nearest passages, best first, then `also` where they are held here."""
        if len(query.vector) != self._width:
            return []
        found: dict[int, str] = {}
        if limit:
            wanted = max(FEW if len(self) < FROM else MANY, limit)
            for part in self._parts.values():
                found |= part.best(query.ranked, wanted)
        blobs = self._file.blobs(list(found))
        more = self._file.stored([each for each in also if each not in found])
        ids = [*blobs, *more.ids]
        languages = [*(found[each] for each in blobs), *more.languages]
        if not ids:
            return []
        matrix = unpack([*blobs.values(), *more.blobs])
        rows = Rows(np.array(ids, np.int64), matrix, np.array(languages, np.str_), self._means)
        return rows.nearest(query, limit, also)

    def _add(self, new: Stored) -> None:
        matrix = unpack(new.blobs)
        self._width = self._width or matrix.shape[1]
        if not new.ids or matrix.shape[1] != self._width:
            return
        self._means.add(new.languages, matrix)
        group = np.array([self._groups.get(each, self._main) for each in new.languages])
        ids, languages = np.array(new.ids, np.int64), np.array(new.languages, np.str_)
        for name in dict.fromkeys(group.tolist()):
            rows = np.ascontiguousarray(matrix[group == name])
            if name not in self._parts:
                self._parts[name] = _Part(rows)
            self._parts[name].add(ids[group == name], rows, languages[group == name])


class _Part:
    """The codes of one language, with the passages that they belong to."""

    def __init__(self, rows: Vector) -> None:
        self._ids = np.empty(0, np.int64)
        self._languages = np.empty(0, np.uint8)  # places in `_names`
        self._names: list[str] = []
        self._alive = np.empty(0, np.bool_)
        self.alive = 0
        self._index = faiss.IndexRaBitQFastScan(rows.shape[1], faiss.METRIC_INNER_PRODUCT)
        self._index.train(rows[:TRAINED_ON])

    def add(self, ids: NDArray[np.int64], rows: Vector, languages: NDArray[np.str_]) -> None:
        self._index.add(rows)
        self._names += [each for each in np.unique(languages).tolist() if each not in self._names]
        places = {name: min(place, 255) for place, name in enumerate(self._names)}
        coded = np.array([places[each] for each in languages.tolist()], np.uint8)
        self._languages = np.concatenate([self._languages, coded])
        self._ids = np.concatenate([self._ids, ids])
        self._alive = np.concatenate([self._alive, np.ones(len(ids), np.bool_)])
        self.alive += len(ids)

    def remove(self, gone: Sequence[int]) -> None:
        self._alive &= ~np.isin(self._ids, np.array(gone, np.int64))
        self.alive = int(self._alive.sum())

    def best(self, vector: Vector, wanted: int) -> dict[int, str]:
        """Give the passages whose codes are nearest, with their languages, the dead left out."""
        dead = len(self._ids) - self.alive
        count = min(wanted + dead, len(self._ids))
        if count <= 0:
            return {}
        _, places = self._index.search(np.ascontiguousarray(vector, np.float32)[None], count)
        held = places[0][places[0] >= 0]
        places = held[self._alive[held]][:wanted]
        coded = zip(self._ids[places].tolist(), self._languages[places].tolist(), strict=True)
        return {passage: self._names[place] for passage, place in coded}
