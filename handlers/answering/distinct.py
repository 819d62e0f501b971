"""Shows a text once that several articles have: an agency's report, a page saved twice."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.answering.candidates import Candidate

SAME = 0.7  # share of the runs of three words that two passages have in common (Broder, 1997)
RUN = 3
SIGNS = 20  # a word: more means that they are not set apart
SIGNATURE = 8  # of a passage's runs; two texts that have none of these in common are not compared


def distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Give the candidates in order, without those that nearly repeat a better one."""
    kept: list[tuple[Candidate, frozenset[int]]] = []
    signed: dict[int, list[int]] = {}
    for candidate in candidates:
        runs = _runs(candidate.passage.text)
        signature = sorted(runs)[:SIGNATURE]
        rivals = {at for sign in signature for at in signed.get(sign, ())}
        if any(_alike(runs, kept[at][1]) for at in rivals):
            continue
        for sign in signature:
            signed.setdefault(sign, []).append(len(kept))
        kept.append((candidate, runs))
    return [candidate for candidate, _ in kept]


def _runs(text: str) -> frozenset[int]:
    held: Sequence[str] = text.casefold().split()
    if len(held) * SIGNS < len(text):  # no spaces between words
        held = text
    return frozenset(hash(tuple(held[at : at + RUN])) for at in range(max(1, len(held) - RUN + 1)))


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= SAME * len(one | other)
