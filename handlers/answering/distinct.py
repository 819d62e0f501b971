"""Shows a text once that several articles have: an agency's report, a page saved twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from handlers.answering.candidates import Candidate

SAME = 0.7  # share of the runs of three words that two passages have in common (Broder, 1997)
SIGNS = 20  # a word: more means that they are not set apart
# Share of their words that two such passages have in common at least: a run that differs brings one
# word of its own at most, and a passage has about two words for every three runs.
WORDS = 0.4
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class _Text:
    def __init__(self, text: str) -> None:
        self._held: Sequence[str] = text.casefold().split()
        if len(self._held) * SIGNS < len(text):  # no spaces between words
            self._held = text
        self._text = text
        self.words = frozenset(self._held)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(_NUMBER.findall(self._text))

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        held = self._held
        return frozenset(zip(held, held[1:], held[2:], strict=False)) or frozenset([tuple(held)])


def distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Give the candidates in order, without those that nearly repeat a better one."""
    kept: list[tuple[Candidate, _Text]] = []
    for candidate in candidates:
        text = _Text(candidate.passage.text)
        if not any(_alike(text, other) for _, other in kept):
            kept.append((candidate, text))
    return [candidate for candidate, _ in kept]


def _alike(one: _Text, other: _Text) -> bool:
    """Say whether two texts are nearly one; runs are compared only where words allow it.

    Where each has a number that the other lacks, the later one is news.
    """
    if _share(one.words, other.words) < WORDS:
        return False
    agree = one.numbers <= other.numbers or other.numbers <= one.numbers
    return agree and _share(one.runs, other.runs) >= SAME


def _share(one: frozenset[object], other: frozenset[object]) -> float:
    both = len(one & other)
    return both / ((len(one) + len(other) - both) or 1)
