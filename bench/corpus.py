"""Makes a library of any size out of real text: sentences recombined, rare words as in real text.

Recombining alone would repeat the same few thousand words for ever. In real text new words keep
coming (Heaps' law: about 0.65 new stems a passage of 120 words at a million of them), so some rare
words are varied by a number drawn from Zipf's law: most variants come once, some often. Vectors are
real ones of the same texts, moved by the difference of two others and a little noise, so that they
lie as close together as embeddings do.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.beir import load_set
from storage.terms import terms

Vector = NDArray[np.float32]

WORDS = 120  # of a passage
PER_ARTICLE = 20  # passages
VARIED = 0.03  # of the words, those among them that are rare
RARE = 3  # times at most that a rare word stands in the real text
_SENTENCE = re.compile(r"[^.!?]+[.!?]")
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Made:
    """A passage with its terms, and a question of some of its rarer words."""

    text: str
    terms: list[str]
    question: str


class Corpus:
    """Passages without end, the same ones for the same seed, from the texts of some sets."""

    def __init__(self, folders: list[Path], seed: int = 1) -> None:
        texts = [each.text for folder in folders for each in load_set(folder).documents]
        self._sentences = [
            sentence.strip()
            for text in texts
            for sentence in _SENTENCE.findall(text)
            if 4 <= len(sentence.split()) <= 40
        ]
        self._counts = Counter(
            word.lower() for text in self._sentences for word in _WORD.findall(text)
        )
        self._terms = {sentence: terms(sentence, "en") for sentence in self._sentences}
        self._random = random.Random(seed)
        self._numbers = np.random.default_rng(seed)

    def passages(self, count: int) -> Iterator[Made]:
        """Yield so many passages."""
        for _ in range(count):
            yield self._passage()

    def _passage(self) -> Made:
        parts: list[str] = []
        held: list[str] = []
        while len(held) < WORDS:
            sentence = self._random.choice(self._sentences)
            parts.append(sentence)
            held += self._terms[sentence]
        for at, term in enumerate(held):
            if self._counts[term] <= RARE and self._random.random() < VARIED * 10:
                held[at] = f"{term}{self._zipf()}"
        rare = sorted(set(held), key=lambda term: self._counts.get(term, 0))[:12]
        asked = self._random.sample(rare, min(3, len(rare)))
        return Made(" ".join(parts), held, f"what is said about {' '.join(asked)}?")

    def _zipf(self) -> int:
        return int(min(self._numbers.zipf(1.15), 10**9))


def vectors(real: Vector, count: int, seed: int = 1, part: int = 20_000) -> Iterator[Vector]:
    """Yield unit vectors in parts: real ones, moved by the difference of two others and noise."""
    rng = np.random.default_rng(seed)
    for at in range(0, count, part):
        size = min(part, count - at)
        one, two, three = (real[rng.integers(0, len(real), size)] for _ in range(3))
        noise = rng.standard_normal((size, real.shape[1])).astype(np.float32) * 0.01
        made = one + 0.5 * (two - three) + noise
        yield made / np.linalg.norm(made, axis=1, keepdims=True)
