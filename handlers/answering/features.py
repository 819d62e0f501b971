"""What speaks for each sentence as the answer to a question, in numbers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handlers.answering.pointing import points_back
from handlers.answering.pool import Pooled
from handlers.answering.question import Asks, brings
from handlers.answering.retrieve import Retrieved
from handlers.answering.stems import stems
from handlers.answering.words import words

Numbers = NDArray[np.float32]

# Shares are of what the question's words weigh, 0 to 1. `met`: those in the sentence; `rare`: the
# same, a word weighing more the fewer sentences hold it, and a short sentence more than a long one;
# `before`, `after`: those of a neighbour that the sentence has not, and before it also those of the
# headings over it and of its article's title; `adjacent`: pairs that stand side by side as in the
# question; `cause`: those met with a cause, in the sentence or in the one that it points back to.
# Of its passage: `score` and `near` (its cosine); the sentence is `alone` in it. `length`: the
# logarithm of its characters. The others: it holds what is asked for.
BY_WORDS = (
    "met", "rare", "before", "after", "adjacent", "cause", "score", "near", "alone",
    "length", "when", "number", "who", "where",
)  # fmt: skip
# Cosines to the question: the sentence's own, and its neighbours' above the passage's.
BY_MEANING = ("meaning", "meaning_before", "meaning_after")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A question in the stems of one language: what each weighs, and which stand side by side."""

    weights: dict[str, float]
    pairs: frozenset[tuple[str, str]]

    def share(self, held: Iterable[str]) -> float:
        total = sum(self.weights.values())
        return sum(self.weights.get(stem, 0.0) for stem in held) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class _Terms:
    """The stems of a sentence, in order and as a set."""

    row: list[str]
    bag: frozenset[str]


def by_words(found: Retrieved, kind: Asks, pool: Sequence[Pooled]) -> Numbers:
    """Give a row for each sentence of the pool, a column for each of `BY_WORDS`."""
    languages = {each.candidate.language for each in pool}
    wanted = {language: _wanted(found, language) for language in languages}
    terms = [_terms(each) for each in pool]
    often = Counter(stem for each in terms for stem in each.bag)
    average = sum(len(each.bag) for each in terms) / len(terms)
    rarity = {language: _rarity(wanted[language], often, len(pool)) for language in languages}
    rows = []
    for at, each in enumerate(pool):
        mine = wanted[each.candidate.language]
        row = _met(each, terms[at], terms, mine)
        row["rare"] = _rare(rarity[each.candidate.language], terms[at], average)
        row |= _standing(each)
        if brings(kind, each.text, each.candidate.language, found.question):
            row |= {kind.value: 1.0, "cause": _caused(each, row) if kind is Asks.WHY else 0.0}
        rows.append([row.get(name, 0.0) for name in BY_WORDS])
    return np.array(rows, np.float32)


def by_meaning(cosines: Numbers, pool: Sequence[Pooled]) -> Numbers:
    """Give the columns of `BY_MEANING`; a neighbour that is not there is as near as its passage."""
    near = np.array([each.candidate.meaning for each in pool], np.float32)
    before = np.array([each.before for each in pool])
    after = np.array([each.after for each in pool])
    around = [
        np.where((places >= 0) & ~np.isnan(cosines[places]), cosines[places] - near, 0.0)
        for places in (before, after)
    ]
    return np.stack([cosines, *around], axis=1).astype(np.float32)


def _wanted(found: Retrieved, language: str) -> _Wanted:
    weights: dict[str, float] = {}
    listed = list(found.frequencies)
    for word, stem in zip(listed, stems(listed, language), strict=True):
        held = found.frequencies[word]
        idf = math.log(1 + (found.passages - held + 0.5) / (held + 0.5))
        weights[stem] = max(weights.get(stem, 0.0), idf)
    row = stems(words(found.question), language)
    return _Wanted(weights, frozenset(pairwise(row)))


def _terms(each: Pooled) -> _Terms:
    row = stems(words(each.text), each.candidate.language)
    return _Terms(row, frozenset(row))


def _above(each: Pooled) -> frozenset[str]:
    """Give the stems of what stands over a sentence: it need not say them again."""
    over = (each.candidate.passage.title, *each.sentence.block.path)
    return _stems_of(" ".join(over), each.candidate.language)


@lru_cache(maxsize=256)
def _stems_of(text: str, language: str) -> frozenset[str]:
    return frozenset(stems(words(text), language))


def _met(each: Pooled, mine: _Terms, terms: Sequence[_Terms], wanted: _Wanted) -> dict[str, float]:
    met = {
        "met": wanted.share(mine.bag),
        "adjacent": len(wanted.pairs & set(pairwise(mine.row))) / max(1, len(wanted.pairs)),
    }
    before = terms[each.before].bag if each.before >= 0 else frozenset()
    after = terms[each.after].bag if each.after >= 0 else frozenset()
    met["before"] = wanted.share((before | _above(each)) - mine.bag)
    met["after"] = wanted.share(after - mine.bag)
    return met


def _rarity(wanted: _Wanted, often: Counter[str], total: int) -> dict[str, float]:
    return {
        stem: math.log(1 + (total - often[stem] + 0.5) / (often[stem] + 0.5))
        for stem in wanted.weights
    }


def _rare(idf: dict[str, float], mine: _Terms, average: float) -> float:
    """BM25 with k1 1.2, b 0.75 and each word once (Robertson & Zaragoza, 2009), as a share."""
    norm = 1.2 * (0.25 + 0.75 * len(mine.bag) / average)
    met = sum(weight for stem, weight in idf.items() if stem in mine.bag)
    return met * 2.2 / (1 + norm) / sum(idf.values()) if idf else 0.0


def _standing(each: Pooled) -> dict[str, float]:
    return {
        "score": each.candidate.score,
        "near": each.candidate.meaning,
        "alone": each.before < 0 and each.after < 0,
        "length": math.log1p(len(each.text)),
    }


def _caused(each: Pooled, met: dict[str, float]) -> float:
    back = points_back(each.text, each.candidate.language)
    return met["met"] + (met.get("before", 0.0) if back else 0.0)
