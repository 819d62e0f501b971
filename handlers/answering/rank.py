"""Ranks the sentences of the passages found by how well each answers the question."""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handlers.answering.candidates import Candidate
from handlers.answering.embed import Embedder
from handlers.answering.orders import addresses_machine
from handlers.answering.pointing import points_back
from handlers.answering.question import Asks, looks_like
from handlers.answering.retrieve import Retrieved
from handlers.answering.stems import stems
from handlers.answering.words import content_words
from handlers.blocks import Kind, blocks
from handlers.errors import ModelFault
from handlers.sentences import Sentence, sentences

log = logging.getLogger(__name__)

# research, "Extractive answers", began with a half each; on 397 questions of XQuAD-en the best
# sentence holds the answer for 0.826 and the best three for 0.965 with 0.5 for the passage, flat
# around it. 0.7 was chosen by hand on a few questions to two articles of one library, and no set:
# 300 questions of XQuAD-en are answered no better by it (0.887 in the quotes, with 0.5 the same).
WORDS, MEANING, PASSAGE = 0.6, 0.8, 0.7
KINDS = {Asks.WHY: 0.5, Asks.WHEN: 0.3, Asks.NUMBER: 0.3}  # for a cause, a date, a number
CONTEXT = 0.4  # what a question word is worth that stands in the heading above, not in the sentence
PASSAGES = 6  # passages whose sentences are ranked
MOST = 16  # sentences embedded for one question: those with the best words and passages


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence of a candidate, and how well it answers: higher is better.

    `meaning` is its own cosine to the question, 0 where there is no embedder; `fits` says that it
    holds the kind of thing that the question asks for.
    """

    candidate: Candidate
    sentence: Sentence
    score: float
    meaning: float
    fits: bool

    @property
    def own(self) -> float:
        """What the sentence itself brings to its score, its passage's standing left aside."""
        return self.score - PASSAGE * self.candidate.score

    @property
    def quote(self) -> str:
        """The sentence itself, exactly as stored."""
        passage = self.candidate.passage
        return passage.text[self.sentence.start - passage.start : self.sentence.end - passage.start]


async def rank(
    found: Retrieved, kind: Asks, texts: dict[tuple[int, int], str], embedder: Embedder | None
) -> list[Ranked]:
    """Give the sentences of the best passages, best first, for a question of that kind.

    `texts` holds the whole text of each (article, version) among the candidates.
    """
    pool = _pool(found.candidates[:PASSAGES], texts)
    if not pool:
        return []
    shown = [sentence.of(texts[candidate.source]) for candidate, sentence in pool]
    kinds = np.array([_fits(kind, text) for text in shown])
    scores = WORDS * _scaled(_word_scores(found, pool, shown))
    scores += PASSAGE * np.array([candidate.score for candidate, _ in pool], np.float32)
    kept = np.argsort(-(scores + KINDS.get(kind, 0.0) * kinds), kind="stable")[:MOST]
    meaning = await _cosines([shown[at] for at in kept], found, embedder)
    near = _scaled(meaning)
    about = near if near.any() else np.ones_like(near)  # a cause counts where it is to the point
    scores = scores[kept] + MEANING * near + KINDS.get(kind, 0.0) * kinds[kept] * about
    ranked = [
        Ranked(*pair, float(score), float(cosine), bool(fits))
        for pair, score, cosine, fits in zip(
            [pool[int(at)] for at in kept], scores, meaning, kinds[kept], strict=True
        )
    ]
    return sorted(ranked, key=lambda each: -each.score)


def _fits(kind: Asks, sentence: str) -> bool:
    """Say whether a sentence holds what is asked for; what points back may hold a cause there."""
    if kind not in KINDS:
        return False
    return looks_like(kind, sentence) or (kind is Asks.WHY and points_back(sentence))


async def _cosines(
    shown: Sequence[str], found: Retrieved, embedder: Embedder | None
) -> NDArray[np.float32]:
    """Give each sentence's cosine to the question; zeros where nothing can be embedded."""
    if embedder is None or found.vector is None:
        return np.zeros(len(shown), np.float32)
    try:
        return np.asarray(await embedder.passages(shown) @ found.vector, np.float32)
    except ModelFault as fault:
        log.warning("the sentences were not embedded: %s", fault)
        return np.zeros(len(shown), np.float32)


def _pool(
    candidates: Sequence[Candidate], texts: dict[tuple[int, int], str]
) -> list[tuple[Candidate, Sentence]]:
    found = []
    for candidate in candidates:
        text, passage = texts[candidate.source], candidate.passage
        for block in blocks(text):
            inside = (
                passage.start <= block.start < passage.end
                or block.start < passage.start < block.end
            )
            if inside and block.kind is not Kind.HEADING:
                found += [
                    (candidate, each)
                    for each in sentences(text, block, candidate.language)
                    if passage.start <= each.start
                    and each.end <= passage.end
                    and not addresses_machine(each.of(text))
                ]
    return found


def _scaled(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def _word_scores(
    found: Retrieved, pool: Sequence[tuple[Candidate, Sentence]], shown: Sequence[str]
) -> NDArray[np.float32]:
    """Score by the idf of the question's stems met, within the pool; length as BM25 weighs it."""
    wanted: dict[str, frozenset[str]] = {}
    bags, above = [], []
    for (candidate, sentence), text in zip(pool, shown, strict=True):
        language = candidate.language
        if language not in wanted:
            wanted[language] = frozenset(stems(list(found.words), language))
        bags.append(Counter(stems(content_words(text, language), language)))
        heading = f"{candidate.passage.title} {' '.join(sentence.block.path)}"
        above.append(frozenset(stems(content_words(heading, language), language)))
    average = sum(map(len, bags)) / len(bags) or 1.0
    frequency = Counter(stem for bag in bags for stem in bag)
    return np.array(
        [
            _bm25(wanted[candidate.language], bag, head, frequency, len(bags), average)
            for (candidate, _), bag, head in zip(pool, bags, above, strict=True)
        ],
        dtype=np.float32,
    )


def _bm25(
    wanted: frozenset[str],
    bag: Counter[str],
    above: frozenset[str],
    frequency: Counter[str],
    total: int,
    average: float,
) -> float:
    """BM25 with k1 1.2, b 0.75 and each word once (Robertson & Zaragoza, 2009)."""
    norm = 1.2 * (0.25 + 0.75 * len(bag) / average)
    score = 0.0
    for stem in wanted:
        idf = math.log(1 + (total - frequency[stem] + 0.5) / (frequency[stem] + 0.5))
        if stem in bag:
            score += idf * 2.2 / (1 + norm)
        elif stem in above:
            score += CONTEXT * idf / (1 + norm)
    return score
