"""Decides whether what was found answers the question, or an honest no is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from handlers.answering.question import asks_money
from handlers.answering.rank import Ranked
from handlers.answering.retrieve import Retrieved
from handlers.answering.signs import Signs, signs

Weights = Mapping[str, float]

NOTHING = -9.0  # confidence where nothing was found
LIKELY = 0.02  # of a sentence that may answer: as in choosing what is shown (extractive.FAR)

# Weights of logistic regressions (L2), each `enough` with its limit taken off: 0 is just enough.
# Learnt on every other question, with multilingual-e5-small; docs/decisions/0012
# and 0016 tell of data, limits and what came of them.
# Does the library know of it? Of XQuAD in six languages, JSQuAD, DRCD and NorQuAD, against
# questions of other articles, and with the answer's left out; libraries from one passage on. The
# limit lets 15 of 100 questions of other articles through (bench/answers_known.py finds such).
KNOWN = {"nearest": 44.0, "met": 5.54, "ahead": 0.63, "above": 22.2, "enough": -39.4}
# Does what it says of it answer? Of NoMIRACL, whose hard cases count six times. It ranks questions
# whose subject is known; the limit is so low that it rarely refuses what is known: where these
# signs refuse a tenth of NoMIRACL's answerable, they refuse a third of XQuAD's.
ANSWERED = {
    "passage": 15.0,
    "several": 14.0,
    "unmet": -0.0428,
    "exact": -0.703,
    "loose": -1.61,
    "opens": 0.204,
    "enough": -21.3,
}
STEEP = 3.0  # what is well known is judged by whether it is answered
# Between languages by how much the nearest stands out, never by the cosine itself. Learnt on every
# other question of 20 libraries of 12 to 1,750 passages, six languages; the limit refuses 9 of 100
# that have an answer (bench/answers_abroad.py, docs/decisions/0016).
# A library that has the question's own language too is asked in it about anything: there the limit
# is higher, which lets 5 of 100 through and not 34, and refuses 20 and not 8 (even questions).
FOREIGN = {"above": 77.7, "beside": 4.42, "size": 0.24, "mixed": -1.0, "enough": -4.1}
# Where there are no vectors: words alone tell less, and a tenth is refused.
BY_WORDS = {"met": 4.6, "together": 4.1, "enough": -3.2}


def holds_answer(found: Retrieved, ranked: Sequence[Ranked]) -> bool:
    """Say whether the best passages are near enough to the question to answer it."""
    return confidence(found, ranked) >= 0


def lacks_money(question: str, language: str, ranked: Sequence[Ranked]) -> bool:
    """Say whether an amount of money is asked for, and no sentence that may answer names one."""
    named = any(each.fits and each.score >= LIKELY for each in ranked)
    return asks_money(question, language) and not named


def confidence(found: Retrieved, ranked: Sequence[Ranked]) -> float:
    """Give how sure it is that what was found answers, in log-odds above what is enough.

    Two questions, the lower of whose answers counts: does the library know of this at all, and
    does what it says of it answer? (docs/decisions/0012)
    """
    if not ranked or not found.words:
        return NOTHING
    seen = signs(found, ranked)
    if found.vector is None:
        return _sum(BY_WORDS, seen)
    if seen.foreign:
        return _sum(FOREIGN, seen)
    return min(STEEP * _sum(KNOWN, seen), _sum(ANSWERED, seen))


def _sum(weights: Weights, seen: Signs) -> float:
    values: dict[str, float] = asdict(seen) | {"enough": 1.0}
    return sum(weight * values[name] for name, weight in weights.items())
