"""Answers a message that asks several things question by question, each with its own no."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import TypeVar

from handlers.answering.distinct import distinct
from handlers.answering.embed import Embedder
from handlers.answering.extractive import extract
from handlers.answering.gather import LIMIT, Evidence, gather
from handlers.answering.parts import parts_of
from handlers.answering.quotes import Claim, Quote
from handlers.answering.retrieve import Retriever
from handlers.answering.rewrite import Rewrite
from handlers.answering.sides import Sides, with_sides
from handlers.answering.wish import wish
from handlers.answering.write import Written
from storage.records import Question, Turn
from storage.store import Store

_T = TypeVar("_T")
QUOTES = 5  # of all questions of a message; the first claim to each is shown whatever there is
CHARACTERS = 900


@dataclass(frozen=True, slots=True)
class Part:
    """A question of a message, and what the library has to it."""

    question: str
    evidence: Evidence


async def gather_parts(
    library: str,
    message: str,
    *,
    store: Store,
    retriever: Retriever,
    embedder: Embedder | None,
    turn: Turn,
    rewrite: Rewrite | None = None,
) -> tuple[Part, ...]:
    """Give the evidence for each question of a message, of which most have one.

    Each is read as one that follows those before it; only the first may be rewritten. Where one
    asks for an article as a whole, the message is searched for as it is.
    """
    questions = parts_of(message)
    if len(questions) > 1 and any(map(wish, questions)):
        questions = (message,)
    parts: list[Part] = []
    above: list[Question] = []
    for question in questions:
        evidence = await gather(
            library,
            question,
            store=store,
            retriever=retriever,
            embedder=embedder,
            turn=turn,
            rewrite=None if parts else rewrite,
            above=above,
        )
        parts.append(Part(question, evidence))
        text = question if len(parts) > 1 else evidence.alone
        above.append(Question(library, "", "", text, answered=evidence.is_enough))
    return tuple(parts)


def merged(parts: Sequence[Part]) -> Evidence:
    """Give the evidence for a message: the best for each question that has an answer, in turns.

    Where none has one, that for them all.
    """
    first, *others = parts
    if not others:
        return first.evidence
    every = [each.evidence for each in parts]
    telling = [each for each in every if each.is_enough] or every
    passages = distinct(_in_turns([each.found.candidates for each in telling]))
    return replace(
        telling[0],
        alone=" ".join([first.evidence.alone, *(each.question for each in others)]),
        found=replace(telling[0].found, candidates=tuple(passages[:LIMIT])),
        versions=dict(ChainMap(*(each.versions for each in telling))),
        ranked=_in_turns([each.ranked for each in telling]),
    )


async def told(
    parts: Sequence[Part], evidence: Evidence, written: Written, embedder: Embedder | None
) -> tuple[Sides, ...]:
    """Give what is told: what was written and proven, else the articles' own sentences.

    Of the articles' own sentences there is one for each question, without claims where it has no
    answer, or the same as one before it; else there is one for all.
    """
    if written.declined:
        return (Sides(()),)
    if written.claims or len(parts) == 1:
        claims = written.claims or extract(evidence.ranked, evidence.kind, evidence.versions)
        return (await with_sides(evidence.alone, evidence, claims, embedder),)
    groups = shared([_own(each.evidence) for each in parts])
    paired = ((each.evidence, claims) for each, claims in zip(parts, groups, strict=True))
    return tuple([await with_sides(one.alone, one, claims, embedder) for one, claims in paired])


def shared(groups: Sequence[Sequence[Claim]]) -> list[tuple[Claim, ...]]:
    """Give of the claims to each question what an answer has room for: first ones, then others.

    What is shown whole is shown once: where another claim has it, with that.
    """
    kept: list[list[Claim]] = [[] for _ in groups]
    numbered = [[(n, each) for each in group] for n, group in enumerate(groups)]
    for place, claim in _in_turns(numbered):
        shown = [quote for each in chain(*kept) for quote in each.quotes]
        if _is_within(claim, shown):
            continue
        if not kept[place] or _fits([*shown, *claim.quotes]):
            for group in kept:
                group[:] = [each for each in group if not _is_within(each, claim.quotes)]
            kept[place].append(claim)
    return [tuple(claims) for claims in kept]


def _is_within(claim: Claim, quotes: Sequence[Quote]) -> bool:
    return all(any(_holds(one, quote) for one in quotes) for quote in claim.quotes)


def _fits(quotes: Sequence[Quote]) -> bool:
    size = sum(each.end - each.start for each in quotes)
    return len(quotes) <= QUOTES and size <= CHARACTERS


def _own(evidence: Evidence) -> tuple[Claim, ...]:
    if not evidence.is_enough:
        return ()
    return extract(evidence.ranked, evidence.kind, evidence.versions)


def _holds(quote: Quote, other: Quote) -> bool:
    same = quote.candidate.source == other.candidate.source
    return same and quote.start <= other.start and other.end <= quote.end


def _in_turns(lists: Sequence[Sequence[_T]]) -> list[_T]:
    turns = chain.from_iterable(zip_longest(*lists))
    return [each for each in turns if each is not None]
