"""How well stretches of a passage carry a sentence: by words, by meaning, or by both."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from handlers.answering.embed import Embedder, Vector
from handlers.answering.quotes import Quote
from handlers.answering.statement import Statement
from handlers.errors import ModelFault

log = logging.getLogger(__name__)

# Share of the sentence's content words that must stand in the quote, where both are in one
# language. Chosen on pairs of claim and source: see docs/decisions/0003.
WORDS = 0.55
# Between these shares words alone are in doubt, and the cosine of sentence and quote decides with
# them: each hundredth above or below the usual one counts as three of the words. Chosen on the even
# rows of Climate-FEVER and of sentences of MT-RAG's reference answers: see docs/decisions/0013.
DOUBT = (0.35, 0.8)
SLOPE, USUAL = 3.0, 0.885
MOST = 4  # stretches of a passage whose doubt is worth embedding them
# Cosine of sentence and quote, where they are in two languages (multilingual-e5-small). Between
# XQuAD's English and its German, Spanish, Russian and Arabic sentences 0.85 parts translations
# from neighbours with a balanced accuracy of 0.90 to 0.97; Chinese ones lie lower.
# With eight-bit weights cosines of translations are 0.002 lower, of Chinese ones 0.004 to 0.007.
MEANING = 0.848
MEANING_UNSPACED = 0.824
_UNSPACED = frozenset({"zh", "ja", "ko", "th"})

Vectors = dict[str, Vector]


@dataclass(frozen=True, slots=True)
class Stretch:
    """One or two adjacent sentences of a passage.

    `missing` is what they lack of a sentence, `words` the share of its words that they hold, and
    `support` how well they carry it, on the same scale: `WORDS` and more is enough.
    """

    quote: Quote
    missing: frozenset[str] = frozenset()
    words: float = 0.0
    support: float = 0.0
    sentences: int = 1


async def weighed(
    statement: Statement, measured: list[Stretch], embedder: Embedder | None, vectors: Vectors
) -> list[Stretch]:
    """Give the stretches with their support; nothing carries a sentence of another language
    where there is no embedder.

    May raise `ModelFault` from the embedder, where it cannot do without.
    """
    if measured and measured[0].quote.candidate.language != statement.language:
        return await _by_meaning(statement, measured, embedder, vectors)
    by_words = [replace(each, support=each.words) for each in measured]
    doubtful = _doubtful(statement, by_words)
    if embedder is None or not doubtful:
        return by_words
    try:
        cosines = await _cosines(statement, doubtful, embedder, vectors)
    except ModelFault as fault:
        log.warning("proven by words alone: %s", fault)
        return by_words
    new = {
        id(each): replace(each, support=each.words + SLOPE * (cosine - USUAL))
        for each, cosine in zip(doubtful, cosines, strict=True)
    }
    return [new.get(id(each), each) for each in by_words]


def _doubtful(statement: Statement, measured: list[Stretch]) -> list[Stretch]:
    """Give the stretches that might prove a sentence by themselves, where none surely does."""
    able = [each for each in measured if each.missing <= statement.named]
    if any(each.words >= DOUBT[1] and not each.missing for each in able):
        return []
    in_doubt = [each for each in able if DOUBT[0] <= each.words < DOUBT[1]]
    return sorted(in_doubt, key=lambda each: (len(each.missing), -each.words))[:MOST]


async def _by_meaning(
    statement: Statement, measured: list[Stretch], embedder: Embedder | None, vectors: Vectors
) -> list[Stretch]:
    """Measure support across languages by cosine, on the scale of the share of words."""
    if embedder is None:
        return []
    languages = {statement.language, measured[0].quote.candidate.language}
    least = MEANING_UNSPACED if languages & _UNSPACED else MEANING
    cosines = await _cosines(statement, measured, embedder, vectors)
    return [
        replace(each, support=WORDS + cosine - least)
        for each, cosine in zip(measured, cosines, strict=True)
    ]


async def _cosines(
    statement: Statement, measured: list[Stretch], embedder: Embedder, vectors: Vectors
) -> list[float]:
    """Give each stretch's cosine to the sentence; what was embedded is kept in `vectors`."""
    texts = [statement.text, *(each.quote.text for each in measured)]
    new = [text for text in dict.fromkeys(texts) if text not in vectors]
    vectors.update(zip(new, await embedder.passages(new), strict=True))
    said = vectors[statement.text]
    return [float(vectors[each.quote.text] @ said) for each in measured]
