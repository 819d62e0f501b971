"""Exact BM25 of a few passages, from the terms that are stored with them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from storage.terms import is_pair, is_single_sign

K1, B = 1.2, 0.75  # Robertson & Zaragoza, 2009; the values of FTS5 and Lucene


@dataclass(frozen=True, slots=True)
class Collection:
    """What BM25 has to know of a library: how many passages, and their mean length in terms."""

    passages: int
    average: float


def idf(held: int, passages: int) -> float:
    """Give how much a term tells that stands in `held` of so many passages (Lucene's form)."""
    return math.log(1 + (passages - held + 0.5) / (held + 0.5))


def scored(
    db: Database, ids: Sequence[int], terms: Mapping[str, int], collection: Collection
) -> dict[int, float]:
    """Give the BM25 of each passage; `terms` says in how many passages each term stands."""
    looked = [_Looked(term, idf(held, collection.passages)) for term, held in terms.items() if held]
    marks = ",".join(map(str, map(int, ids))) or "null"
    stored = db.execute(f"select id, c0 from passages_fts_content where id in ({marks})")  # noqa: S608
    return {
        passage: _score(text, looked, collection.average) for passage, text in stored.fetchall()
    }


class _Looked:
    """A term with its weight, and what is counted for it in spaced terms, if it must be those."""

    __slots__ = ("needle", "term", "weight")

    def __init__(self, term: str, weight: float) -> None:
        self.term, self.weight = term, weight
        self.needle = "" if is_pair(term) else _needle(term)


def _score(text: str, looked: Sequence[_Looked], average: float) -> float:
    # most terms are not in it: that is told without taking the text apart
    met = [each for each in looked if each.term in text]
    if not met:
        return 0.0
    norm = K1 * (1 - B + B * (text.count(" ") + 1) / (average or 1.0))
    apart = spaced(text) if any(each.needle for each in met) else ""
    total = 0.0
    for each in met:
        held = apart.count(each.needle) if each.needle else text.count(each.term)
        total += each.weight * held * (K1 + 1) / (held + norm)
    return total


def spaced(terms: str) -> str:
    """Give stored terms with each between two spaces of its own, to be counted in."""
    return f" {terms.replace(' ', '  ')} "


def count(term: str, apart: str) -> int:
    """Count a term (a phrase, or words that begin with a sign) in spaced terms."""
    return apart.count(_needle(term))


def _needle(term: str) -> str:
    return f" {term}" if is_single_sign(term) else f" {term.replace(' ', '  ')} "


def mass(held: Iterable[int], passages: int) -> float:
    """Give the most that BM25 can give to a question whose words stand in so many passages."""
    return (K1 + 1) * math.fsum(idf(each, passages) for each in held)
