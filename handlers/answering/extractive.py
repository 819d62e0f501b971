"""Answers from the articles' own sentences: few, each with what it points back to."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from handlers.answering.candidates import Candidate
from handlers.answering.orders import addresses_machine
from handlers.answering.pointing import antecedent, following, items_after, lead_in, points_back
from handlers.answering.question import Asks
from handlers.answering.quotes import Claim, Quote
from handlers.answering.rank import Ranked
from handlers.blocks import Kind, blocks
from handlers.sentences import Sentence
from storage.records import Passage, Version

SHORT = 45  # characters: what says so little is gone on with in the sentence behind it
QUOTES = 3  # sentences that stand by themselves; what they point back to comes on top
CHARACTERS = 600
# Of the best score: so near, a sentence that holds what was asked for goes before the best. A
# question why is answered by nothing but a cause; dates and numbers stand in many sentences.
CLOSE = {Asks.WHY: 0.5, Asks.WHEN: 0.6, Asks.NUMBER: 0.85}
OTHER = 0.8  # of the best score, for a sentence of another article
# Of what the best sentence itself brings: a good passage alone makes none worth reading. Chosen by
# hand; on 300 questions of XQuAD-en 2.3 instead of 2.4 quotes are shown, and 0.890 instead of 0.893
# of the answers stand in them.
OWN = 0.3
ENOUGH = 0.5  # of the best sentence's score: below that a further one is not worth reading


def extract(
    ranked: Sequence[Ranked], kind: Asks, versions: dict[tuple[int, int], Version]
) -> tuple[Claim, ...]:
    """Give the best sentences as claims that prove themselves, the most telling first.

    A sentence that points back comes after the list or sentence that it points to; one that
    introduces a list comes with its items. Where sentences near the best hold the kind of thing
    that was asked for (a cause, a date, a number), only such are taken.
    """
    claims: dict[tuple[int, int, int, int], Claim] = {}
    fitting = _fitting(ranked, kind)
    for each in fitting:
        if not _is_worth_reading(each, fitting[0]) or _place_of(each) in claims:
            continue
        group = _group(each, kind, versions[each.candidate.source])
        new = {_place(claim.quotes[0]): claim for claim in group}
        size = sum(len(claim.text) for claim in (claims | new).values())
        if not claims or (size <= CHARACTERS and _has_room(claims.keys(), new.keys())):
            claims |= new
    return tuple(claims.values())


def _has_room(shown: AbstractSet[object], new: AbstractSet[object]) -> bool:
    """Say whether more may be shown: a few sentences, or one that goes on from those shown."""
    return len(shown) < QUOTES or (len(new - shown) == 1 and bool(new & shown))


def _is_worth_reading(each: Ranked, best: Ranked) -> bool:
    same = each.candidate.source == best.candidate.source
    near = each.score >= (ENOUGH if same else OTHER) * best.score
    return near and each.own >= OWN * best.own


def _fitting(ranked: Sequence[Ranked], kind: Asks) -> Sequence[Ranked]:
    fitting = [each for each in ranked if each.fits]
    close = fitting and fitting[0].score >= CLOSE.get(kind, 1.0) * ranked[0].score
    return fitting if close else ranked


def _group(each: Ranked, kind: Asks, version: Version) -> list[Claim]:
    """Give a sentence with what it points to, introduces, or is introduced by, in reading order."""
    text, language = version.text, each.candidate.language
    every = blocks(text)
    sentences = [each.sentence]
    if points_back(each.quote):
        sentences = [*antecedent(text, each.sentence, every, language), each.sentence]
    elif each.sentence.block.kind is Kind.ITEM:
        lead = lead_in(text, each.sentence, every, language)
        sentences = lead + ([*items_after(lead[0], every)] if lead and kind is Asks.WHY else [])
        sentences += [each.sentence] if each.sentence not in sentences else []
    elif each.quote.endswith((":", "：")):
        sentences = [each.sentence, *items_after(each.sentence, every)]
    elif len(each.quote) < SHORT:
        sentences = [each.sentence, *following(text, each.sentence, language)]
    citable = [one for one in sentences if not addresses_machine(one.of(text))]
    quotes = (_quote(each.candidate, sentence, version.passages) for sentence in citable)
    return [Claim(quote.text, (quote,)) for quote in quotes if quote]


def _quote(candidate: Candidate, sentence: Sentence, passages: Sequence[Passage]) -> Quote | None:
    """Place a sentence in the passage that holds it: its own, or a neighbour."""
    for passage in (candidate.passage, *passages):
        if passage.start <= sentence.start and sentence.end <= passage.end:
            return Quote(candidate.of(passage), sentence.start, sentence.end)
    return None


def _place(quote: Quote) -> tuple[int, int, int, int]:
    passage = quote.candidate.passage
    return passage.article, passage.version, quote.start, quote.end


def _place_of(each: Ranked) -> tuple[int, int, int, int]:
    return *each.candidate.source, each.sentence.start, each.sentence.end
