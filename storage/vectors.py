"""Vectors as they are stored, and the nearest of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storage.records import Hit

Vector = NDArray[np.float32]


def pack(vector: Vector) -> bytes:
    """Give a vector as the half-precision bytes that are stored."""
    return np.asarray(vector, dtype=np.float16).tobytes()


@dataclass(frozen=True, slots=True)
class Vectors:
    """The unit vectors of a library's passages: row i of `matrix` is passage `ids[i]`."""

    ids: NDArray[np.int64]
    matrix: NDArray[np.float32]

    @classmethod
    def unpacked(cls, ids: Sequence[int], blobs: Sequence[bytes]) -> Vectors:
        """Read stored bytes; those of another length than the first are left out."""
        width = len(blobs[0]) if blobs else 0
        kept = [at for at, blob in enumerate(blobs) if len(blob) == width]
        flat = np.frombuffer(b"".join(blobs[at] for at in kept), dtype=np.float16)
        matrix = flat.astype(np.float32).reshape(len(kept), width // 2)
        norms = np.linalg.norm(matrix, axis=1, keepdims=True)
        matrix /= np.where(norms > 0, norms, 1)
        return cls(np.array([ids[at] for at in kept], dtype=np.int64), matrix)

    def nearest(self, vector: Vector, limit: int) -> list[Hit]:
        """Give the passages with the highest cosine to a unit vector, best first."""
        if not len(self.ids) or self.matrix.shape[1] != len(vector):
            return []
        scores = self.matrix @ np.asarray(vector, dtype=np.float32)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Hit(int(self.ids[at]), float(scores[at])) for at in best]
