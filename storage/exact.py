"""Exact BM25 of a few passages, from the terms that are stored with them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from storage.terms import is_single_sign

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
    weights = {term: idf(held, collection.passages) for term, held in terms.items() if held}
    marks = ",".join(map(str, map(int, ids))) or "null"
    stored = db.execute(f"select id, c0 from passages_fts_content where id in ({marks})")  # noqa: S608
    return {
        passage: _score(text, weights, collection.average) for passage, text in stored.fetchall()
    }


def _score(text: str, weights: Mapping[str, float], average: float) -> float:
    norm = K1 * (1 - B + B * (text.count(" ") + 1) / (average or 1.0))
    apart = ""
    total = 0.0
    for term, weight in weights.items():
        if term in text:  # most terms are not: that is told without taking the text apart
            apart = apart or spaced(text)
            held = count(term, apart)
            total += weight * held * (K1 + 1) / (held + norm)
    return total


def spaced(terms: str) -> str:
    """Give stored terms with each between two spaces of its own, to be counted in."""
    return f" {terms.replace(' ', '  ')} "


def count(term: str, apart: str) -> int:
    """Count a term (a phrase, or words that begin with a sign) in spaced terms."""
    if is_single_sign(term):
        return apart.count(f" {term}")
    return apart.count(f" {term.replace(' ', '  ')} ")


def mass(held: Iterable[int], passages: int) -> float:
    """Give the most that BM25 can give to a question whose words stand in so many passages."""
    return (K1 + 1) * math.fsum(idf(each, passages) for each in held)
