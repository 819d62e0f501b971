"""Answers from the articles' own sentences: few, each with what it points back to."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.answering.joined import Versions, joined, quote_of, unmarked
from handlers.answering.orders import addresses_machine
from handlers.answering.pointing import (
    antecedent,
    begins_inside,
    following,
    items_after,
    lead_in,
    led_to,
    names_none,
    points_back,
    sums_up,
)
from handlers.answering.pool import blocks_of
from handlers.answering.question import Asks, looks_like
from handlers.answering.quotes import Claim, Quote
from handlers.answering.rank import Ranked
from handlers.answering.words import words
from handlers.blocks import Kind
from handlers.sentences import Sentence
from storage.records import Version

QUOTES = 3
CHARACTERS = 600
SENTENCES = 4  # that answer; what they point back to comes on top
SHORT = 8  # words, pairs of letters in unspaced scripts: what is shorter needs the one behind it
# Shares of the best sentence's likelihood (docs/decisions/0011): the first two chosen on even
# questions, the third on all that ask why; `FAR` was set by hand.
WORTH = 0.01  # below it a sentence is not worth reading
CLOSE = {Asks.WHY: 0.1, Asks.WHEN: 0.05, Asks.NUMBER: 0.3}  # what holds the asked-for goes first
SUMMED = 1e-5  # a sum of causes goes before a best sentence that holds none
FAR = 0.005  # what holds the asked-for is shown after the best


def extract(ranked: Sequence[Ranked], kind: Asks, versions: Versions) -> tuple[Claim, ...]:
    """Give the best sentences as claims that prove themselves, the most telling first.

    A sentence that points back comes after the list or sentence that it points to; one that
    introduces a list comes with its items. Sentences that stand side by side are one quote.
    """
    quotes: list[Quote] = []
    taken = 0
    for each in _in_turn(ranked, kind, versions):
        if taken == SENTENCES:
            break
        if _is_shown(each, quotes):
            continue
        grown = _grown(quotes, each, kind, versions)
        taken += grown != quotes
        quotes = grown
    return tuple(Claim(unmarked(quote.text), (quote,)) for quote in quotes)


def _in_turn(ranked: Sequence[Ranked], kind: Asks, versions: Versions) -> list[Ranked]:
    """Give what is worth reading, best first, but what holds the asked-for before what does not.

    That is a cause, a date or a number; near the best it goes first, farther off it comes next.
    """
    if not ranked:
        return []
    best = ranked[0]
    worth = [each for each in ranked if each.score >= WORTH * best.score]
    if kind not in CLOSE:
        return worth
    holding = [each for each in ranked if each.fits and each.score >= FAR * best.score]
    near = [each for each in holding if each.score >= CLOSE[kind] * best.score]
    if kind is Asks.WHY and (summing := _summing_up(ranked, versions)):
        first = [] if summing.score >= SUMMED * best.score and not best.fits else [best]
        near = [*first, summing, *near]
    return list(dict.fromkeys([*near, best, *holding[:1], *worth]))


def _summing_up(ranked: Sequence[Ranked], versions: Versions) -> Ranked | None:
    """Give the sentence that sums up causes told before it, in the article of the best sentence.

    It says what they caused, and may say it in words that the question has not: of several it is
    the one whose meaning is nearest to the question.
    """
    here = (each for each in ranked if each.candidate.source == ranked[0].candidate.source)
    found = [each for each in here if _sums_up(each, versions[each.candidate.source].text)]
    return max(found, key=lambda each: each.meaning, default=None)


def _sums_up(each: Ranked, text: str) -> bool:
    language = each.candidate.language
    back = points_back(each.quote, language) and looks_like(Asks.WHY, each.quote, language)
    return back or sums_up(text, each.sentence, blocks_of(text), language)


def _is_shown(each: Ranked, quotes: Sequence[Quote]) -> bool:
    return any(
        quote.candidate.source == each.candidate.source
        and quote.start <= each.sentence.start
        and each.sentence.end <= quote.end
        for quote in quotes
    )


def _grown(quotes: list[Quote], each: Ranked, kind: Asks, versions: Versions) -> list[Quote]:
    """Add a sentence with what belongs to it; without that, or not at all, where it is too much.

    The first is always taken. One that only leads to what is not shown is no other's company.
    """
    version = versions[each.candidate.source]
    group = _quotes(each, _group(each, kind, version), version)
    alone = _quotes(each, [each.sentence], version)
    leads = each.quote.endswith((":", "："))
    tried = [group, alone] if not leads or not quotes else [group] * (len(group) > 1)
    for new in tried:
        grown = joined([*quotes, *new], versions)
        size = sum(quote.end - quote.start for quote in grown)
        if size <= CHARACTERS and (not quotes or len(grown) <= QUOTES):
            return grown
    return quotes or alone


def _group(each: Ranked, kind: Asks, version: Version) -> list[Sentence]:
    """Give a sentence with what it points to, introduces, or is introduced by, in reading order."""
    text, language, quote = version.text, each.candidate.language, each.quote
    every = blocks_of(text)
    if quote.endswith((":", "：")):
        return [each.sentence, *led_to(text, each.sentence, every, language)]
    if points_back(quote, language) or names_none(quote, language) or begins_inside(quote):
        return [*antecedent(text, each.sentence, every, language), each.sentence]
    if each.sentence.block.kind is Kind.ITEM:
        lead = lead_in(text, each.sentence, every, language)
        list_of = lead + ([*items_after(lead[0], every)] if lead and kind is Asks.WHY else [])
        return list_of + ([each.sentence] if each.sentence not in list_of else [])
    if len(words(quote)) < SHORT or quote.endswith(("?", "？", "؟")):
        return [each.sentence, *following(text, each.sentence, language)]
    return [each.sentence]


def _quotes(each: Ranked, sentences: Sequence[Sentence], version: Version) -> list[Quote]:
    placed = (
        quote_of(each.candidate, one.start, one.end, version.passages)
        for one in sentences
        if not addresses_machine(one.of(version.text))
    )
    return [quote for quote in placed if quote]
