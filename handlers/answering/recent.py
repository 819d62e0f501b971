"""Vectors of texts that were embedded lately: a popular article is not embedded again and again."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

MOST_BYTES = 24_000_000  # some 14,000 sentences of 384 numbers
OVERHEAD = 200  # bytes of a key and its place, beside the numbers


class Recent:
    """Keeps vectors within a bound, and forgets first what was asked for longest ago."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._held: OrderedDict[bytes, Vector] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._held)

    async def rows(
        self, texts: Sequence[str], embed: Callable[[list[str]], Awaitable[Vector]]
    ) -> Vector:
        """Give a row for each text; `embed` makes those that are not held."""
        keys = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in texts]
        rows = [self._used(key) for key in keys]
        missing = [at for at, row in enumerate(rows) if row is None]
        if missing:
            made = await embed([texts[at] for at in missing])
            for at, row in zip(missing, made, strict=True):
                rows[at] = self._kept(keys[at], row)
        found = [row for row in rows if row is not None]
        return np.stack(found) if found else np.empty((0, 0), np.float32)

    def _used(self, key: bytes) -> Vector | None:
        if key in self._held:
            self._held.move_to_end(key)
        return self._held.get(key)

    def _kept(self, key: bytes, row: Vector) -> Vector:
        if key not in self._held:  # another question may have brought it meanwhile
            self._held[key] = np.array(row, np.float32)  # a view would hold its whole batch
            self._bytes += row.nbytes + OVERHEAD
        while self._bytes > self._most:
            _, old = self._held.popitem(last=False)
            self._bytes -= old.nbytes + OVERHEAD
        return row
