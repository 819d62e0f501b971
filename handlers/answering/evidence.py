"""Decides whether what was found answers the question, or an honest no is due."""

from __future__ import annotations

import math
from collections.abc import Sequence

from handlers.answering.candidates import Candidate
from handlers.answering.rank import Ranked
from handlers.answering.retrieve import Retrieved
from handlers.answering.stems import stems
from handlers.answering.words import words

# Measured on NoMIRACL's English and French questions against 26 articles each, multilingual-e5-small:
# the best cosine of an answerable question is 0.856 or more in 98 of 100 cases, that of a question
# about none of the articles 0.844 or less in 98 of 100.
COSINE = 0.87  # enough with half of the question's words met
COVERAGE = 0.05  # what meeting all of the words instead of none is worth, as a cosine
WORDS_ALONE = 0.6  # share of the words to be met where there are no vectors
PASSAGES = 5


def holds_answer(found: Retrieved, ranked: Sequence[Ranked]) -> bool:
    """Say whether the best passages are near enough to the question to answer it."""
    if not ranked or not found.words:
        return False
    best = found.candidates[:PASSAGES]
    covered = _coverage(found, best)
    if found.vector is None:
        return covered >= WORDS_ALONE
    nearest = max([each.meaning for each in best] + [each.meaning for each in ranked])
    return nearest + COVERAGE * (covered - 0.5) >= COSINE


def _coverage(found: Retrieved, best: Sequence[Candidate]) -> float:
    """Give the share of the question's words, by idf, that the best single passage holds."""
    idf = {
        word: math.log(1 + (found.passages - held + 0.5) / (held + 0.5))
        for word, held in found.frequencies.items()
    }
    total = sum(idf.values())
    return max((_met(idf, each) for each in best), default=0.0) / total if total else 0.0


def _met(idf: dict[str, float], candidate: Candidate) -> float:
    passage = candidate.passage
    text = f"{passage.title} {passage.heading} {passage.text}"
    held = set(stems(words(text), candidate.language))
    stemmed = zip(stems(list(idf), candidate.language), idf.values(), strict=True)
    return sum(weight for stem, weight in stemmed if stem in held)
