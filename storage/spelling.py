"""Finds terms of the index that are written much like a word that it does not hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlite_utils import Database

MOST = 3  # terms that may stand for one word
SHORTEST = 4  # letters of a word that a slip of the pen is looked for in
INSIDE = 5  # letters of a word that may be a part of a longer one, or a longer one's part
_VOCABULARY = (
    "create virtual table if not exists temp.vocabulary using fts5vocab(main, passages_fts, row)"
)


class Spelling:
    """The terms of the index, read when they are first asked for and again after changes."""

    def __init__(self) -> None:
        self._seen = -1
        self._terms: list[str] = []

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
            self._terms = [term for (term,) in held.fetchall()]
            self._seen = latest
        return alike(wanted, lambda _: self._terms)


def alike(
    wanted: Mapping[str, Sequence[str]], held: Callable[[str], Sequence[str]]
) -> dict[str, list[str]]:
    """Give, for each word, the terms nearest to those that stand for it, among those held."""
    found = {word: _like(terms, held) for word, terms in wanted.items()}
    return {word: near for word, near in found.items() if near}


def slips_in(term: str) -> int:
    """Give how many letters of a word may be wrong, left out, added or swapped."""
    return 1 if len(term) < 6 else 2


def _like(terms: Sequence[str], held: Callable[[str], Sequence[str]]) -> list[str]:
    from rapidfuzz import process  # noqa: PLC0415 - only where a word is unknown
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found: dict[str, float] = {}
    for term in terms:
        if len(term) < SHORTEST or " " in term or not term[0].isalpha():
            continue
        among = held(term)
        slips = slips_in(term)
        for near, distance, _ in process.extract(
            term, among, scorer=OSA.distance, score_cutoff=slips, limit=MOST
        ):
            found[near] = min(found.get(near, 9.0), distance)
        if len(term) >= INSIDE:
            for longer in among:
                if term in longer or (len(longer) >= INSIDE and longer in term):
                    found.setdefault(longer, slips + abs(len(longer) - len(term)) / 100)
    return sorted(found, key=lambda near: (found[near], near))[:MOST]
