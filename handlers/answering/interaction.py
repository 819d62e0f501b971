"""How near the tokens of a question come to those of sentences, each read within its passage.

Late interaction (Khattab & Zaharia, 2020, arXiv 2004.12832): for each token of the question the
highest cosine to one of the sentence's, weighted by how rare it is. A sentence embedded alone does
not know who "he" is; its tokens, once the passage has gone through the model as a whole, do.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from handlers.answering.candidates import Candidate
from handlers.answering.e5.states import Tokens
from handlers.answering.embed import Embedder
from handlers.answering.pool import Pooled
from handlers.errors import ModelFault

log = logging.getLogger(__name__)

Numbers = NDArray[np.float32]

# Chosen on even questions (docs/decisions/0022): a passage takes 30 to 50 ms, and where the ranking
# is sure of a sentence, or of the passages read so far, nothing is gained by reading more.
SURE = 0.95  # likelihood of the best sentence from which on no passage is read
ENOUGH = 0.98  # likelihood of the sentences in the passages that are read, of all
MOST = 4  # passages
COMMON, LEAST = 4.0, 0.1  # rarity of the commonest piece, a lone space; what it weighs all the same


@runtime_checkable
class TokenEmbedder(Protocol):
    """An embedder that can tell the tokens of a text; the one at an endpoint can't."""

    async def tokens(self, task: str, parts: Sequence[str]) -> Tokens | None: ...


async def interaction(
    question: str, pool: Sequence[Pooled], kept: Sequence[int], likely: Numbers, embedder: Embedder
) -> Numbers | None:
    """Give a number for each kept sentence of the pool, -1 to 1, where that may tell more.

    `likely` is how likely each of them is by what else is known. A sentence whose passage was not
    read is taken to be as far as the farthest. None where the best is sure, or nothing can be read.
    """
    if not isinstance(embedder, TokenEmbedder) or likely.max() >= SURE:
        return None
    unsure = _unsure([pool[at].candidate for at in kept], likely)
    try:
        asked = await embedder.tokens("query", [question])
        read = [await _read(passage, pool, embedder) for passage in unsure]
    except ModelFault as fault:
        log.warning("the passages were not read closely: %s", fault)
        return None
    told = [(inside, tokens) for inside, tokens in read if tokens is not None]
    if asked is None or not len(asked.part) or not told:
        return None
    near = _nearest(asked, told, len(pool))[list(kept)]
    return None if np.isnan(near).all() else np.where(np.isnan(near), np.nanmin(near), near)


def _unsure(of: Sequence[Candidate], likely: Numbers) -> list[int]:
    """Give the ids of the passages between which it is not decided where the answer stands."""
    shares: dict[int, float] = {}
    for candidate, share in zip(of, likely.tolist(), strict=True):
        shares[candidate.passage.id] = shares.get(candidate.passage.id, 0.0) + share
    chosen: list[int] = []
    held = 0.0
    for passage in sorted(shares, key=lambda each: -shares[each])[:MOST]:
        if held < ENOUGH:
            chosen.append(passage)
            held += shares[passage]
    return chosen


async def _read(
    passage: int, pool: Sequence[Pooled], embedder: TokenEmbedder
) -> tuple[list[int], Tokens | None]:
    """Give the places of a passage's sentences in the pool, and its tokens."""
    inside = [at for at, each in enumerate(pool) if each.candidate.passage.id == passage]
    return inside, await embedder.tokens("passage", _parts([pool[at] for at in inside]))


def _parts(sentences: Sequence[Pooled]) -> list[str]:
    """Cut a passage into what is between its sentences and these, in turns."""
    passage, at, parts = sentences[0].candidate.passage, 0, []
    for each in sentences:
        start, end = (place - passage.start for place in (each.sentence.start, each.sentence.end))
        parts += [passage.text[at:start], passage.text[start:end]]
        at = end
    return [*parts, passage.text[at:]]


def _nearest(asked: Tokens, read: Sequence[tuple[list[int], Tokens]], size: int) -> Numbers:
    """Give the number of each sentence of a pool of that size; NaN where it was not read.

    What all tokens have in common is taken off: cosines of e5's tokens are 0.8 and more.
    """
    common = np.concatenate([tokens.states for _, tokens in read]).mean(axis=0, dtype=np.float32)
    weights = np.maximum(asked.rarity - COMMON, LEAST)
    question = _units(asked.states - common)
    near = np.full(size, np.nan, np.float32)
    for inside, tokens in read:
        cosines = question @ _units(tokens.states - common).T
        for place, at in enumerate(inside):
            mine = tokens.part == 2 * place + 1
            if mine.any():
                near[at] = np.average(cosines[:, mine].max(axis=1), weights=weights)
    return near


def _units(rows: Numbers) -> Numbers:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)
