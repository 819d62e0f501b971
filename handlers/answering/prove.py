"""Proof: the stored words that a model's sentence rests on, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from handlers.answering.candidates import Candidate
from handlers.answering.cite import Cited
from handlers.answering.embed import Embedder, Vector
from handlers.answering.orders import addresses_machine
from handlers.answering.quotes import Claim, Quote
from handlers.answering.statement import Statement, state
from handlers.blocks import Kind, blocks
from handlers.sentences import sentences

# Share of the sentence's content words that must stand in the quote, where both are in one
# language. Chosen on pairs of claim and source: see docs/decisions/0003.
WORDS = 0.55
# Cosine of sentence and quote, where they are in two languages (multilingual-e5-small). Between
# XQuAD's English and its German, Spanish, Russian and Arabic sentences 0.85 parts translations
# from neighbours with a balanced accuracy of 0.90 to 0.97; Chinese ones lie lower.
# With eight-bit weights cosines of translations are 0.002 lower, of Chinese ones 0.004 to 0.007.
MEANING = 0.848
MEANING_UNSPACED = 0.824
_UNSPACED = frozenset({"zh", "ja", "ko", "th"})
LONGEST = 700  # characters of a quote
TRIED = 4  # best stretches of a passage that are combined with those of another

Vectors = dict[str, Vector]


@dataclass(frozen=True, slots=True)
class Stretch:
    """One or two adjacent sentences of a passage; `support` is how well they carry a sentence."""

    quote: Quote
    missing: frozenset[str] = frozenset()
    support: float = 0.0
    sentences: int = 1


async def prove(
    cited: Cited,
    language: str,
    candidates: Sequence[Candidate],
    embedder: Embedder | None,
    vectors: Vectors | None = None,
) -> Claim | None:
    """Find the quotes that prove a sentence in the passages that it cites, or give `None`.

    Numbers, dates and quoted words of the sentence stand in the quotes; its names too, or in the
    title that is shown with them. `vectors` keeps what was embedded for the next sentence. May
    raise `ModelFault` from the embedder.
    """
    passages = [candidates[n - 1] for n in cited.numbers if 0 < n <= len(candidates)]
    statement = state(cited.text, language, known_names(candidates))
    if not passages or not statement.words or addresses_machine(cited.text):
        return None
    kept = {} if vectors is None else vectors
    options = [await _options(statement, passage, embedder, kept) for passage in passages]
    alone = [found for each in options if (found := _alone(statement, each))]
    proof = [quote for quotes in alone for quote in quotes] or _together(statement, options)
    return Claim(cited.text, tuple(dict.fromkeys(proof))) if proof else None


def known_names(candidates: Sequence[Candidate]) -> frozenset[str]:
    """Give the names that stand in any of the passages, folded."""
    statements = (state(each.passage.text, each.language) for each in candidates)
    return frozenset(name.text for each in statements for name in each.names)


def stretches(candidate: Candidate) -> list[Stretch]:
    """Give each sentence of a passage, and each two that follow each other under one heading.

    Sentences that address a machine are left out.
    """
    passage = candidate.passage
    runs: list[list[tuple[int, int]]] = [[]]
    for block in blocks(passage.text):
        if block.kind is Kind.HEADING:
            runs.append([])
            continue
        for sentence in sentences(passage.text, block, candidate.language):
            if addresses_machine(sentence.of(passage.text)):
                runs.append([])
            else:
                runs[-1].append((sentence.start, sentence.end))
    spans = [(start, end, 1) for run in runs for start, end in run]
    spans += [(a, b, 2) for run in runs for (a, _), (_, b) in pairwise(run) if b - a <= LONGEST]
    return [
        Stretch(Quote(candidate, passage.start + start, passage.start + end), sentences=count)
        for start, end, count in spans
    ]


async def _options(
    statement: Statement, candidate: Candidate, embedder: Embedder | None, vectors: Vectors
) -> list[Stretch]:
    """Measure a passage's stretches: what each lacks, and how well it carries the sentence."""
    measured = []
    for stretch in stretches(candidate):
        source = state(stretch.quote.text, candidate.language)
        if not statement.contradicted_by(source):
            missing = statement.missing(source, candidate.passage.title)
            measured.append(replace(stretch, missing=missing, support=statement.overlap(source)))
    if measured and candidate.language != statement.language:
        measured = await _by_meaning(statement, measured, embedder, vectors)
    return sorted(measured, key=lambda each: (len(each.missing), each.sentences, -each.support))


async def _by_meaning(
    statement: Statement, measured: list[Stretch], embedder: Embedder | None, vectors: Vectors
) -> list[Stretch]:
    """Measure support across languages by cosine, on the scale of the share of words."""
    if embedder is None:
        return []
    texts = [statement.text, *(each.quote.text for each in measured)]
    new = [text for text in dict.fromkeys(texts) if text not in vectors]
    vectors.update(zip(new, await embedder.passages(new), strict=True))
    languages = {statement.language, measured[0].quote.candidate.language}
    least = MEANING_UNSPACED if languages & _UNSPACED else MEANING
    said = vectors[statement.text]
    return [
        replace(each, support=WORDS + float(vectors[each.quote.text] @ said) - least)
        for each in measured
    ]


def _alone(statement: Statement, options: list[Stretch]) -> list[Quote]:
    """Prove a sentence from one passage.

    Where the quote names nobody else, names that it lacks may stand in an earlier one, which is
    then shown too: what a pronoun stands for.
    """
    for stretch in options:
        if stretch.support < WORDS or not stretch.missing <= statement.named:
            continue
        if not stretch.missing:
            return [stretch.quote]
        if statement.names_all(state(stretch.quote.text, stretch.quote.candidate.language)):
            for other in options:
                if not other.missing & stretch.missing and other.quote.end <= stretch.quote.start:
                    return [other.quote, stretch.quote]
    return []


def _together(statement: Statement, options: list[list[Stretch]]) -> list[Quote]:
    """Prove a sentence from two passages, where each brings what the other lacks."""
    for first, second in pairwise(options):
        for one, other in product(first[:TRIED], second[:TRIED]):
            if not one.missing & other.missing and min(one.support, other.support) >= WORDS / 2:
                both = statement.joint_overlap(one.quote, other.quote)
                if both >= WORDS:
                    return [one.quote, other.quote]
    return []
