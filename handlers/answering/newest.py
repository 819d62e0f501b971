"""Puts the newest of what answers a question first, where it asks for the latest."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.answering.rank import Ranked
from handlers.answering.statement import state
from handlers.answering.when import wants_latest

# A sentence about the same thing as the best one: how likely it is as the answer, as a share of how
# likely that is, how much farther from the question its cosine may be, and the share of the shorter
# one's words that both have. Chosen on the odd numbers of tests/disagreement, asked for the latest
# in a library of all its passages (17 of 23 answers begin with the newest; with 0.6 of it 8).
# Of 235 such questions to sets whose articles are about different things 7 begin with another
# article than with 0.6, 6 of them with a wrong one.
NEAR, FARTHER, SHARED = 0.01, 0.04, 0.3


def newest_first(ranked: Sequence[Ranked], question: str) -> list[Ranked]:
    """Give sentences best first; the newest of those about the best one's subject first of all.

    Where the question does not ask for the latest, nothing changes.
    """
    if not ranked or not wants_latest(question):
        return list(ranked)
    alike = [each for each in ranked if each is ranked[0] or _alike(each, ranked[0])]
    alike.sort(key=lambda each: each.candidate.published or "", reverse=True)
    rest = [each for each in ranked if not any(each is other for other in alike)]
    return [*alike, *rest]


def _alike(each: Ranked, best: Ranked) -> bool:
    if each.score < NEAR * best.score or each.meaning < best.meaning - FARTHER:
        return False
    one, other = (state(side.quote, side.candidate.language).words for side in (each, best))
    return len(one & other) >= SHARED * min(len(one), len(other))
