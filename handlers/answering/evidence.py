"""Decides whether what was found answers the question, or an honest no is due."""

from __future__ import annotations

import math
from collections.abc import Sequence

from handlers.answering.candidates import Candidate
from handlers.answering.rank import Ranked
from handlers.answering.retrieve import Retrieved
from handlers.answering.stems import stems
from handlers.answering.words import words

# Chosen on every third question of XQuAD-en and on NoMIRACL, each asked of a library with and
# without its articles, with multilingual-e5-small. Near 0.9 some 6 and 1 % of the answerable are
# refused; of the questions about nothing in the library 1 and 8 % are let through, and of those
# whose subject the library has but not the answer 15 and 94 %: words and cosines can't tell those.
ENOUGH = 0.9  # nearest cosine plus what the words add
COVERAGE = 0.1  # what meeting all of the question's words adds
FOREIGN = 0.7  # share of the words that passes as met in an article of another language
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
    return nearest + COVERAGE * covered >= ENOUGH


def _coverage(found: Retrieved, best: Sequence[Candidate]) -> float:
    """Give the share of the question's words, by idf, that the best single passage holds."""
    idf = {
        word: math.log(1 + (found.passages - held + 0.5) / (held + 0.5))
        for word, held in found.frequencies.items()
    }
    shares = [_met(idf, each) / (sum(idf.values()) or 1.0) for each in best]
    if found.vector is not None and any(each.language != found.language for each in best):
        shares.append(FOREIGN)
    return max(shares, default=0.0)


def _met(idf: dict[str, float], candidate: Candidate) -> float:
    passage = candidate.passage
    text = f"{passage.title} {passage.heading} {passage.text}"
    held = set(stems(words(text), candidate.language))
    stemmed = zip(stems(list(idf), candidate.language), idf.values(), strict=True)
    return sum(weight for stem, weight in stemmed if stem in held)
