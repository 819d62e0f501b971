"""Cuts a text into the word pieces of the model."""

from __future__ import annotations

import math
import re
from array import array
from functools import lru_cache

from handlers.answering.e5.pieces import BEGIN
from handlers.answering.e5.weights import Weights

_SPACES = re.compile(" {2,}")
_SPACE = "\u2581"  # stands for a space inside pieces
_WORDS = re.compile(f"{_SPACE}[^{_SPACE}]*")
_UNKNOWN_COST = 10.0  # an unknown character costs this much more than the rarest piece
KEPT_WORDS = 20_000


class Tokenizer:
    """The best cut by a unigram model (Kudo, 2018, arXiv 1804.10959), as SentencePiece makes it.

    No piece reaches over a space, so each word is cut by itself and remembered.
    """

    def __init__(self, weights: Weights) -> None:
        self._pieces = weights.pieces()
        self._scores = array("f", weights.scores.tobytes())
        self._unknown = weights.shape.unknown
        self._letters = weights.letters
        self._least = float(weights.scores.min()) - _UNKNOWN_COST
        self._cut = lru_cache(KEPT_WORDS)(self._cut_word)

    def __call__(self, text: str) -> list[int]:
        """Give the numbers of a text's pieces, in order, without the marks of begin and end."""
        plain = _SPACES.sub(" ", text.translate(self._letters))
        marked = plain if plain.startswith(" ") else f" {plain}"
        words = _WORDS.findall(marked.replace(" ", _SPACE))
        return [piece for word in words for piece in self._cut(word)]

    def _cut_word(self, word: str) -> tuple[int, ...]:
        """Find the cut with the highest sum of scores (Viterbi)."""
        best = [0.0] + [-math.inf] * len(word)
        came = [(0, self._unknown)] * (len(word) + 1)
        numbers, longest = self._pieces.numbers, self._pieces.longest
        for start in range(len(word)):
            base = best[start]
            last = min(start + longest(word[start : start + BEGIN]), len(word))
            for end in range(start + 1, last + 1):
                piece = numbers.get(word[start:end])
                if piece is not None and base + self._scores[piece] > best[end]:
                    best[end], came[end] = base + self._scores[piece], (start, piece)
            if base + self._least > best[start + 1]:
                best[start + 1], came[start + 1] = base + self._least, (start, self._unknown)
        cut, at = [], len(word)
        while at:
            at, piece = came[at]
            cut.append(piece)
        return tuple(reversed(cut))
