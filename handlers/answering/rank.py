"""Ranks the sentences of the passages found by how well each answers the question."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from handlers.answering.background import freed
from handlers.answering.candidates import Candidate
from handlers.answering.embed import Embedder
from handlers.answering.features import BY_MEANING, BY_WORDS, Numbers, by_meaning, by_words
from handlers.answering.interaction import interaction
from handlers.answering.pointing import points_back
from handlers.answering.pool import Pooled, pooled
from handlers.answering.question import Asks, brings
from handlers.answering.retrieve import SENTENCE, Retrieved
from handlers.answering.words import words
from handlers.errors import ModelFault
from handlers.lexicon import load
from handlers.sentences import Sentence

log = logging.getLogger(__name__)

PASSAGES = 6  # passages whose sentences are ranked
# Sentences embedded for one question, the best by their words and passages: in the questions'
# language 12 do as well, between languages 24 are needed (docs/decisions/0011).
MOST = 24
LIFT = 3.0  # of what holds the asked-for, in choosing those, set by hand: words know no cause
_WEIGHTS = load(Path(__file__).with_name("rank.toml"))
_BY_WORDS = np.array([_WEIGHTS["words"][name] for name in BY_WORDS], np.float32)
_BY_ALL = np.array([_WEIGHTS["all"][name] for name in (*BY_WORDS, *BY_MEANING)], np.float32)
_AROUND = [BY_WORDS.index(name) for name in ("met", "before", "after")]
# Share of the question's words that a sentence and those beside it hold where they are in one
# language, whatever it seems: as signs.ALIKE. Of Norwegian questions taken for Danish two thirds
# hold it, of German ones to English articles 3 in 100 (even questions).
ALIKE = 0.7
# Likelihood of the sentences in other languages than the question's, all together, from which on
# passages are read closely; where its own language answers they rarely have it (even questions,
# docs/decisions/0022).
ABROAD = 0.1
CLOSELY = (*BY_WORDS, *BY_MEANING, "tokens")
_CLOSELY = np.array([_WEIGHTS["closely"][name] for name in CLOSELY], np.float32)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence of a candidate, and how likely it is that of those ranked it holds the answer.

    `score` is that likelihood, 0 to 1: those of all sentences make 1. `meaning` is its own cosine
    to the question, 0 where there is no embedder; `fits` says that it holds the kind of thing that
    the question asks for. `freed` is the cosine without what it has in common with any question.
    """

    candidate: Candidate
    sentence: Sentence
    score: float
    meaning: float
    fits: bool
    freed: float = 0.0

    @property
    def quote(self) -> str:
        """The sentence itself, exactly as stored."""
        passage = self.candidate.passage
        return passage.text[self.sentence.start - passage.start : self.sentence.end - passage.start]


async def rank(
    found: Retrieved,
    kind: Asks,
    texts: dict[tuple[int, int], str],
    embedder: Embedder | None,
    fitting: Callable[[Pooled], bool] | None = None,
) -> list[Ranked]:
    """Give the sentences of the best passages, best first, for a question of that kind.

    `texts` holds the whole text of each (article, version) among the candidates; `fitting` says
    what holds the asked-for where the kind does not.
    """
    fit = fitting or (lambda each: _fits(kind, each, found.question))
    pool = pooled(found.candidates[:PASSAGES], texts)
    if not pool:
        return []
    signs = by_words(found, kind, pool)
    scores = signs @ _BY_WORDS
    fits = np.array([fit(each) for each in pool])
    kept = sorted(np.argsort(-(scores + LIFT * fits), kind="stable")[:MOST].tolist())
    cosines = await _cosines([pool[at].text for at in kept], found, embedder)
    meaning, clear = np.zeros((2, len(pool)), np.float32)
    if cosines is None or embedder is None:
        likely = _likelihood(scores[kept])
    else:
        meaning[kept], clear[kept] = cosines
        known = np.full(len(pool), np.nan, np.float32)
        known[kept] = clear[kept]
        seen = np.concatenate([signs, by_meaning(known, pool)], axis=1)[kept]
        likely = by_all(seen)
        if _is_abroad(found, [pool[at] for at in kept], likely, signs):
            likely = await _read_closely(found.question, pool, kept, seen, embedder)
    ranked = [
        Ranked(
            pool[at].candidate,
            pool[at].sentence,
            float(share),
            float(meaning[at]),
            bool(fits[at]),
            float(clear[at]),
        )
        for at, share in zip(kept, likely, strict=True)
    ]
    return sorted(ranked, key=lambda each: -each.score)


def weighed(ranked: Sequence[Ranked], odds: Callable[[Ranked], float]) -> list[Ranked]:
    """Give sentences anew, best first, each so much likelier than it is as `odds` says."""
    scores = [each.score * odds(each) for each in ranked]
    scale = sum(each.score for each in ranked) / (sum(scores) or 1.0)
    found = [replace(each, score=one * scale) for each, one in zip(ranked, scores, strict=True)]
    return sorted(found, key=lambda each: -each.score)


def _is_abroad(found: Retrieved, kept: Sequence[Pooled], likely: Numbers, signs: Numbers) -> bool:
    """Say whether the answer may stand in another language than the question surely is in.

    Danish and Norwegian look alike: where the question's words stand, the language is its own.
    """
    known = len(set(words(found.question))) >= SENTENCE
    abroad = [each.candidate.language != found.language for each in kept]
    if not known or likely[abroad].sum() < ABROAD:
        return False
    return bool(signs[:, _AROUND].sum(axis=1).max() < ALIKE)


async def _read_closely(
    question: str, pool: Sequence[Pooled], kept: Sequence[int], seen: Numbers, embedder: Embedder
) -> Numbers:
    """Give the likelihoods of kept sentences; where none is sure, their passages are read.

    Between languages words tell next to nothing; within one, reading closely gains nothing that
    is shown (docs/decisions/0022).
    """
    likely = by_all(seen)
    near = await interaction(question, pool, kept, likely, embedder)
    return likely if near is None else _likelihood(np.column_stack([seen, near]) @ _CLOSELY)


def by_all(signs: Numbers) -> Numbers:
    """Give the likelihoods of sentences by their signs, `BY_WORDS` and `BY_MEANING`."""
    return _likelihood(signs @ _BY_ALL)


def _likelihood(scores: Numbers) -> Numbers:
    """Softmax: what the weights were fitted for."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), np.float32)


def _fits(kind: Asks, each: Pooled, question: str) -> bool:
    """Say whether a sentence holds what is asked for; what points back may hold a cause there."""
    language = each.candidate.language
    if kind is Asks.WHY and points_back(each.text, language):
        return True
    return brings(kind, each.text, language, question)


async def _cosines(
    texts: Sequence[str], found: Retrieved, embedder: Embedder | None
) -> tuple[Numbers, Numbers] | None:
    """Give the cosines of sentences to the question, plain and freed.

    `None` where nothing can be embedded.
    """
    if embedder is None or found.vector is None:
        return None
    try:
        vectors = await embedder.passages(texts)
    except ModelFault as fault:
        log.warning("the sentences were not embedded: %s", fault)
        return None
    plain = vectors @ found.vector
    return plain, freed(plain, vectors, found.off)
