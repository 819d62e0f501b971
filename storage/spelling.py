"""Finds terms of the index that are written much like a word that it does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

MOST = 3  # terms that may stand for one word
SHORTEST = 4  # letters of a word that a slip of the pen is looked for in
INSIDE = 5  # letters of a word that may be a part of a longer one, or a longer one's part
_BITS = 64
_LINES = "\n"  # between terms: no term holds one
_VOCABULARY = (
    "create virtual table if not exists temp.vocabulary using fts5vocab(main, passages_fts, row)"
)


class Vocabulary:
    """Some terms, and which of them are parts of others or might be slips of the pen."""

    def __init__(self, terms: Sequence[str]) -> None:
        self.terms = terms
        self._known = frozenset(terms)
        self._whole = _LINES.join(["", *terms, ""])
        self._lengths, self._signs = _signs(self._whole)

    def like(self, term: str, slips: int) -> list[str]:
        """Give the terms that could be this one with so many slips, and few others.

        A slip changes the length by one at most, and the set of letters by two.
        """
        lengths, signs = _signs(f"\n{term}\n")
        near = np.abs(self._lengths - lengths) <= slips
        near &= np.bitwise_count(self._signs ^ signs) <= 2 * slips
        return [self.terms[at] for at in np.flatnonzero(near).tolist()]

    def longer(self, term: str) -> Iterator[str]:
        """Yield the terms that this one is a part of."""
        at = self._whole.find(term)
        while at >= 0:
            begin, end = self._whole.rfind(_LINES, 0, at) + 1, self._whole.find(_LINES, at)
            yield self._whole[begin:end]
            at = self._whole.find(term, end)

    def parts(self, term: str) -> Iterator[str]:
        """Yield the terms that are a part of this one, if they are long enough to tell."""
        for start in range(len(term) - INSIDE + 1):
            for end in range(start + INSIDE, len(term) + 1):
                if term[start:end] in self._known:
                    yield term[start:end]


def _signs(lines: str) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Give the length of each line, and which letters it has: a bit for each, shared by some."""
    codes = np.frombuffer(lines.encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.flatnonzero(codes == ord(_LINES))
    bits = np.where(codes == ord(_LINES), 0, np.uint64(1) << (codes % _BITS).astype(np.uint64))
    lengths = np.diff(ends) - 1
    return lengths, np.bitwise_or.reduceat(bits, ends[:-1]) if len(lengths) else bits[:0]


class Spelling:
    """The terms of the index, read when they are first asked for and again after changes."""

    def __init__(self) -> None:
        self._seen = -1
        self._held = Vocabulary(())

    def near(
        self, db: Database, latest: int, wanted: Mapping[str, Sequence[str]]
    ) -> dict[str, list[str]]:
        """Give, for each word, the terms nearest to the terms that stand for it."""
        if not any(len(term) >= SHORTEST for terms in wanted.values() for term in terms):
            return {}
        if latest != self._seen:
            db.execute(_VOCABULARY)
            held = db.execute(
                "select term from temp.vocabulary where length(term) >= ?", [SHORTEST]
            )
            self._held = Vocabulary([term for (term,) in held.fetchall()])
            self._seen = latest
        return alike(wanted, lambda _: self._held)


def alike(
    wanted: Mapping[str, Sequence[str]], held: Callable[[str], Vocabulary]
) -> dict[str, list[str]]:
    """Give, for each word, the terms nearest to those that stand for it, among those held."""
    found = {word: _like(terms, held) for word, terms in wanted.items()}
    return {word: near for word, near in found.items() if near}


def slips_in(term: str) -> int:
    """Give how many letters of a word may be wrong, left out, added or swapped."""
    return 1 if len(term) < 6 else 2


def _like(terms: Sequence[str], held: Callable[[str], Vocabulary]) -> list[str]:
    from rapidfuzz import process  # noqa: PLC0415 - only where a word is unknown
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found: dict[str, float] = {}
    for term in terms:
        if len(term) < SHORTEST or " " in term or not term[0].isalpha():
            continue
        among = held(term)
        slips = slips_in(term)
        for near, distance, _ in process.extract(
            term, among.like(term, slips), scorer=OSA.distance, score_cutoff=slips, limit=None
        ):
            found[near] = min(found.get(near, 9.0), distance)
        if len(term) >= INSIDE:
            for other in (*among.longer(term), *among.parts(term)):
                found.setdefault(other, slips + abs(len(other) - len(term)) / 100)
    return sorted(found, key=lambda near: (found[near], near))[:MOST]
