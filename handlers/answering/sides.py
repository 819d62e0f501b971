"""Finds what another article says against an answer's quotes, so that both sides are shown."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.answering.disagree import Kind, Said, disagreement
from handlers.answering.embed import Embedder
from handlers.answering.gather import Evidence
from handlers.answering.quotes import Claim, Quote
from handlers.answering.rank import Ranked
from handlers.errors import ModelFault

log = logging.getLogger(__name__)

# Cosine of two sentences (multilingual-e5-small) below which they are about two things. Of the half
# of tests/disagreement that it was chosen on, those that disagree lie at 0.884 and above.
ALIKE = 0.88
SUSPECTED = 8  # pairs whose cosines are looked at
QUOTES = 8  # of the answer's first quotes, whose other sides are looked for


@dataclass(frozen=True, slots=True)
class Sides:
    """An answer's claims, and the two quotes among theirs that disagree, the earlier one first."""

    claims: tuple[Claim, ...]
    kind: Kind | None = None
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pair:
    kind: Kind
    one: Quote
    other: Quote


async def with_sides(
    question: str, evidence: Evidence, claims: tuple[Claim, ...], embedder: Embedder | None
) -> Sides:
    """Give an answer with the other side, where an article found says otherwise.

    A side that no claim quotes yet becomes a claim that proves itself; of a correction the later
    side comes first.
    """
    quotes = tuple(dict.fromkeys(quote for claim in claims for quote in claim.quotes))
    suspected = await asyncio.to_thread(_suspected, question, evidence, quotes)
    pair = await _nearest(suspected, embedder) if suspected else None
    if pair is None:
        return Sides(claims)
    shown = claims if pair.other in quotes else (*claims, Claim(pair.other.text, (pair.other,)))
    sides = tuple(sorted((pair.one, pair.other), key=_published))
    if pair.kind is Kind.CORRECTED:
        shown = tuple(sorted(shown, key=lambda claim: sides[1] not in claim.quotes))
    return Sides(shown, pair.kind, sides)


def _suspected(question: str, evidence: Evidence, quotes: Sequence[Quote]) -> list[_Pair]:
    """Give pairs of a quote and a sentence of another article that disagree by their words."""
    found = []
    others = _others(evidence.ranked, quotes)
    for one in quotes[:QUOTES]:
        for other in others:
            if one.candidate.passage.article == other.candidate.passage.article:
                continue
            if kind := disagreement(question, evidence.kind, _said(one), _said(other)):
                found.append(_Pair(kind, one, other))
    return found[:SUSPECTED]


async def _nearest(pairs: Sequence[_Pair], embedder: Embedder | None) -> _Pair | None:
    """Give the pair that is most about one thing, if it is by its meaning, where that is known."""
    if embedder is None:
        return pairs[0]
    texts = list(dict.fromkeys(side.text for each in pairs for side in (each.one, each.other)))
    try:
        rows = await embedder.passages(texts)
    except ModelFault as fault:
        log.warning("two sides were compared by their words alone: %s", fault)
        return pairs[0]
    vectors = dict(zip(texts, rows, strict=True))
    alike = [float(vectors[each.one.text] @ vectors[each.other.text]) for each in pairs]
    best = max(alike)
    return pairs[alike.index(best)] if best >= ALIKE else None


def _others(ranked: Sequence[Ranked], quotes: Sequence[Quote]) -> list[Quote]:
    """Give what may be another side: what is quoted already, then what was ranked, best first.

    However sure the ranking is of one side, the other may differ (docs/decisions/0014).
    """
    found = (Quote(each.candidate, each.sentence.start, each.sentence.end) for each in ranked)
    return list(dict.fromkeys([*quotes[:QUOTES], *found]))


def _said(quote: Quote) -> Said:
    passage = quote.candidate.passage
    above = f"{passage.title} {passage.heading}".strip()
    return Said(quote.text, quote.candidate.language, quote.candidate.published, above)


def _published(quote: Quote) -> str:
    return quote.candidate.published or ""
