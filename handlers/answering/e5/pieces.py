"""The model's word pieces by their text, read as they are wanted: there are 250,000."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

KEY = 8  # bytes of a piece that it is sorted by
BEGIN = 3  # characters


class Pieces:
    """Numbers of pieces by their text.

    Those that begin with the same three characters are read when one is first looked for.
    """

    def __init__(self, blob: bytes, ends: NDArray[np.uint32], left_out: int) -> None:
        """Take all pieces in one string; piece n ends at `ends[n + 1]` and has the number n."""
        starts = ends[:-1].astype(np.int32)
        lengths = ends[1:].astype(np.int32) - starts
        every = np.ndarray((len(blob),), ">u8", blob + bytes(KEY), 0, (1,))
        beyond = (8 * np.maximum(KEY - lengths, 0)).astype(np.uint64)  # bits of other pieces
        keys = (every[starts].astype(np.uint64) >> beyond) << beyond
        keys[left_out] = ~np.uint64(0)  # as no text begins
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]
        self._texts, self._at = _sorted(blob, starts[self._order], lengths[self._order])
        self._longest: dict[str, int] = {}
        self.numbers: dict[str, int] = {}

    def longest(self, begin: str) -> int:
        """Give the length of the longest piece that begins with these three characters or fewer.

        All that do, and the pieces that are their first one or two, are in `numbers` from now on.
        """
        known = self._longest.get(begin)
        if known is None:
            known = self._longest[begin] = self._read(begin)
        return known

    def _read(self, begin: str) -> int:
        heads = [begin[:end].encode("utf-8", "surrogatepass") for end in range(1, len(begin) + 1)]
        heads = [head for head in heads if len(head) <= KEY]
        lows = [int.from_bytes(head.ljust(KEY, b"\0"), "big") for head in heads]
        highs = [low + 1 for low in lows]
        if len(begin) == BEGIN:
            highs[-1] = lows[-1] + 256 ** (KEY - len(heads[-1]))
        longest = 0
        for low, high in self._keys.searchsorted(np.array([lows, highs], np.uint64)).T.tolist():
            if low < high:
                found = self._texts[self._at[low] : self._at[high] - 1].decode("utf-8", "replace")
                texts = found.split("\0")
                self.numbers.update(zip(texts, self._order[low:high].tolist(), strict=True))
                longest = max(longest, *map(len, texts))
        return longest


def _sorted(
    blob: bytes, starts: NDArray[np.int32], lengths: NDArray[np.int32]
) -> tuple[bytes, NDArray[np.int32]]:
    """Give the pieces one after another, a NUL behind each, and where each begins."""
    at = np.concatenate([[0], np.cumsum(lengths + 1)]).astype(np.int32)
    places = np.arange(at[-1], dtype=np.int32) + np.repeat(starts - at[:-1], lengths + 1)
    texts = np.frombuffer(blob + bytes(1), np.uint8)[places]
    texts[at[1:] - 1] = 0
    return texts.tobytes(), at
