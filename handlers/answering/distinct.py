"""Shows a text once that several articles have: an agency's report, a page saved twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.answering.candidates import Candidate

SAME = 0.7  # share of the runs of three words that two passages have in common (Broder, 1997)
SIGNS = 20  # a word: more means that they are not set apart
SIGNATURE = 8  # of a passage's runs; two texts that have none of these in common are not compared


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
Runs = frozenset[tuple[str, str, str]]
Numbers = frozenset[str]


def distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Give the candidates in order, without those that nearly repeat a better one.

    Where each of two has a number that the other lacks, the later one is news, and both are kept.
    """
    kept: list[tuple[Candidate, Runs, Numbers]] = []
    signed: dict[int, list[int]] = {}
    for candidate in candidates:
        runs = _runs(candidate.passage.text)
        numbers = frozenset(_NUMBER.findall(candidate.passage.text))
        signature = sorted(map(hash, runs))[:SIGNATURE]
        rivals = {at for sign in signature for at in signed.get(sign, ())}
        if any(_alike(runs, kept[at][1]) and _agree(numbers, kept[at][2]) for at in rivals):
            continue
        for sign in signature:
            signed.setdefault(sign, []).append(len(kept))
        kept.append((candidate, runs, numbers))
    return [candidate for candidate, _, _ in kept]


def _runs(text: str) -> Runs:
    held: Sequence[str] = text.casefold().split()
    if len(held) * SIGNS < len(text):  # no spaces between words
        held = text
    return frozenset(zip(held, held[1:], held[2:], strict=False)) or frozenset([(text, "", "")])


def _alike(one: Runs, other: Runs) -> bool:
    return len(one & other) >= SAME * len(one | other)


def _agree(one: Numbers, other: Numbers) -> bool:
    return one <= other or other <= one
