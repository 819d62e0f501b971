"""What a text says in few numbers: enough to tell how much two texts have in common."""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]
    Prints = NDArray[np.uint32]

RUN = 4  # words of a shingle
RUN_UNSPACED = 8  # characters of one, where no spaces stand between words
SAMPLE = 128  # prints at least that are kept of a text that has more; twice as many at most
LOOKED_UP = 32  # of them at least that an index holds
LEAST = 6  # prints that two texts must have in common: fewer are a turn of phrase (set by hand)
# Share of the shorter text's prints. Of the even articles of bench/reading_known.py the same have
# 0.49 at least in common and different ones 0.09 at most: anything from 0.10 to 0.45 parts them.
SAME = 0.35
REMEMBERED = 50_000  # tokens whose number is kept, some 6 MB
_UNSPACED = r"\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_SPACED = re.compile(r"[^\W_]+")  # what `_TOKEN` finds where no such sign is
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_BASE = np.uint64(0x9E3779B97F4A7C15)
_BITS = 32  # of a print: of a text of a million words one pair in a hundred thousand looks alike


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A sample of a text's prints, sorted: those below 2^(32 - `level`)."""

    prints: Prints
    level: int

    @property
    def looked_up(self) -> list[int]:
        """The prints that an index holds."""
        level = max(self.level, _level(self.prints.size << self.level, LOOKED_UP))
        held: list[int] = _below(self.prints, level).tolist()
        return held


def sketch(text: str) -> Sketch:
    """Give the sketch of a text: which of its shingles are kept depends on them alone.

    Two texts keep the same ones, up to how long they are, so that a sample tells containment
    (Broder 1997, "On the resemblance and containment of documents", the sketches modulo 2^i).
    """
    prints = shortened(_mixed(_shingles(_folded(text))))
    level = _level(prints.size, SAMPLE)
    return Sketch(_below(prints, level), level)


def shortened(numbers: Numbers) -> Prints:
    """Give the upper 32 of the 64 bits of numbers, sorted, each once."""
    return _distinct((numbers >> np.uint64(64 - _BITS)).astype(np.uint32))


def overlap(one: Sketch, other: Sketch) -> float:
    """Give the share of the shorter text that stands in the longer, 0 to 1.

    Of so few prints in common that it may be chance it is 0.
    """
    level = max(one.level, other.level)
    mine, yours = _below(one.prints, level), _below(other.prints, level)
    if not mine.size or not yours.size:
        return 0.0
    places = np.minimum(np.searchsorted(yours, mine), yours.size - 1)  # both are sorted
    shared = np.count_nonzero(yours[places] == mine)
    return float(shared / min(mine.size, yours.size)) if shared >= LEAST else 0.0


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _shingles(folded: str) -> Numbers:
    """Give a number for each run of tokens."""
    unspaced = len(_IS_UNSPACED.findall(folded)) if _IS_UNSPACED.search(folded) else 0
    tokens = (_TOKEN if unspaced else _SPACED).findall(folded)
    if len(_CODES) > REMEMBERED:
        _CODES.clear()
    numbers = np.fromiter(map(_CODES.__getitem__, tokens), np.uint64, len(tokens))
    run = RUN_UNSPACED if 2 * unspaced > len(tokens) else RUN
    whole = np.zeros(max(0, len(tokens) - run + 1), np.uint64)
    for at in range(run):
        whole = whole * _BASE + numbers[at : at + whole.size] + np.uint64(1)
    return whole


class _Codes(dict[str, int]):
    """A number for each token: a text has most of its words more than once."""

    def __missing__(self, token: str) -> int:
        code = self[token] = zlib.crc32(token.encode("utf-8", "surrogatepass"))
        return code


_CODES = _Codes()


def _mixed(numbers: Numbers) -> Numbers:
    """Spread numbers evenly over 64 bits (the finaliser of SplitMix64, Steele et al. 2014)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _distinct(prints: Prints) -> Prints:
    """Give prints sorted, each once: four times as fast as `numpy.unique`, which hashes them."""
    prints = np.sort(prints)
    return prints[np.concatenate([[True], prints[1:] != prints[:-1]])] if prints.size else prints


def _level(size: int, least: int) -> int:
    """Say how often a number of prints can be halved and leave `least`."""
    return max(0, (size // least).bit_length() - 1)


def _below(prints: Prints, level: int) -> Prints:
    if not level:
        return prints
    return prints[: int(np.searchsorted(prints, np.uint32(1 << (_BITS - level))))]
