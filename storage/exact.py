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
    looked = [
        (term, _needle(term), idf(held, collection.passages))
        for term, held in terms.items()
        if held
    ]
    marks = ",".join(map(str, map(int, ids))) or "null"
    stored = db.execute(f"select id, c0 from passages_fts_content where id in ({marks})")  # noqa: S608
    return {passage: _score(text, looked, collection.average) for passage, text in stored}


def _score(text: str, looked: Sequence[tuple[str, str, float]], average: float) -> float:
    # most terms are not in it: that is told without looking for where words end
    met = [each for each in looked if each[0] in text]
    if not met:
        return 0.0
    norm = K1 * (1 - B + B * (text.count(" ") + 1) / (average or 1.0))
    apart = f" {text} "
    total = 0.0
    for _, needle, weight in met:
        held = _held(needle, apart)
        total += weight * held * (K1 + 1) / (held + norm)
    return total


def count(term: str, terms: str) -> int:
    """Count a term (a phrase, or words that begin with a sign) in terms as they are stored."""
    return _held(_needle(term), f" {terms} ")


def _needle(term: str) -> str:
    """Give what is looked for: a term between spaces, unless it tells by itself where it ends."""
    if is_pair(term):
        return term
    return f" {term}" if is_single_sign(term) else f" {term} "


def _held(needle: str, apart: str) -> int:
    held = apart.count(needle)
    if held and needle.endswith(" ") and f"{needle}{needle[1:]}" in apart:
        # one space is the end of one and the beginning of the next: each needs its own
        return apart.replace(" ", "  ").count(f" {needle[1:-1].replace(' ', '  ')} ")
    return held


def mass(held: Iterable[int], passages: int) -> float:
    """Give the most that BM25 can give to a question whose words stand in so many passages."""
    return (K1 + 1) * math.fsum(idf(each, passages) for each in held)
