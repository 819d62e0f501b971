"""Proof: the stored words that a model's sentence rests on, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, product

from handlers.answering.candidates import Candidate
from handlers.answering.cite import Cited
from handlers.answering.embed import Embedder
from handlers.answering.orders import addresses_machine
from handlers.answering.quotes import Claim, Quote
from handlers.answering.statement import Statement, state
from handlers.answering.support import WORDS, Stretch, Vectors, weighed
from handlers.blocks import Kind, blocks
from handlers.sentences import sentences

LONGEST = 700  # characters of a quote
TRIED = 4  # best stretches of a passage that are combined with those of another
FEWEST = 3  # words of a sentence; a bare word stands in many a text that says something else
FEWEST_UNSPACED = 5  # characters, in scripts without spaces
_QUESTION = re.compile(r"[?？؟]\W*\Z")  # it states nothing, so it proves nothing
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


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
    if not passages or not _is_sentence(cited.text) or addresses_machine(cited.text):
        return None
    kept = {} if vectors is None else vectors
    options = [await _options(statement, passage, embedder, kept) for passage in passages]
    alone = [found for each in options if (found := _alone(statement, each))]
    proof = [quote for quotes in alone for quote in quotes] or _together(statement, options)
    return Claim(cited.text, tuple(dict.fromkeys(proof))) if proof else None


def _is_sentence(text: str) -> bool:
    """Say whether a text is long enough to state something."""
    if _UNSPACED.search(text):
        return sum(map(str.isalnum, text)) >= FEWEST_UNSPACED
    return sum(any(map(str.isalnum, word)) for word in text.split()) >= FEWEST


def known_names(candidates: Sequence[Candidate]) -> frozenset[str]:
    """Give the names that stand in any of the passages, folded."""
    statements = (state(each.passage.text, each.language) for each in candidates)
    return frozenset(name.text for each in statements for name in each.names)


def stretches(candidate: Candidate) -> list[Stretch]:
    """Give each sentence of a passage, and each two that follow each other under one heading.

    Sentences that address a machine are left out, and questions.
    """
    passage = candidate.passage
    runs: list[list[tuple[int, int]]] = [[]]
    for block in blocks(passage.text):
        if block.kind is Kind.HEADING:
            runs.append([])
            continue
        for sentence in sentences(passage.text, block, candidate.language):
            text = sentence.of(passage.text)
            if addresses_machine(text) or _QUESTION.search(text):
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
            words = statement.overlap(source)
            measured.append(Stretch(stretch.quote, missing, words, sentences=stretch.sentences))
    measured = await weighed(statement, measured, embedder, vectors)
    return sorted(measured, key=lambda each: (len(each.missing), each.sentences, -each.support))


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
            if not one.missing & other.missing and min(one.words, other.words) >= WORDS / 2:
                both = statement.joint_overlap(one.quote, other.quote)
                if both >= WORDS:
                    return [one.quote, other.quote]
    return []
