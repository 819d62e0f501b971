"""Answers from the articles' own sentences: few, each with what it points back to."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.answering.joined import MARK, Versions, joined, quote_of, unmarked
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
SHORT = 8  # words, pairs of letters in unspaced scripts: what is shorter needs the one behind it
# Likelihoods (docs/decisions/0017), chosen on even questions. What is left of it says how unsure
# the answer is; a sentence that reads on from one that is shown disturbs less than one apart.
SURE = 0.01
BESIDE = 0.005
APART = 0.04
# Shares of the best sentence's likelihood (docs/decisions/0011): chosen on even questions, the one
# for why on all that ask so; from 0.005 to 0.04 `FAR` made no difference there.
CLOSE = {Asks.WHY: 0.1, Asks.WHEN: 0.05, Asks.NUMBER: 0.3}  # what holds the asked-for goes first
SUMMED = 1e-5  # a sum of causes goes before a best sentence that holds none
FAR = 0.02  # what holds the asked-for is shown after a best sentence that does not


def extract(ranked: Sequence[Ranked], kind: Asks, versions: Versions) -> tuple[Claim, ...]:
    """Give the best sentences as claims that prove themselves, the most telling first.

    A sentence that points back comes after the list or sentence that it points to; one that
    introduces a list comes with its items. Sentences that stand side by side are one quote. The
    surer the ranking is of what is shown, the less is added; what holds the asked-for counts double
    where room is short.
    """
    quotes: list[Quote] = []
    for each in _leading(ranked, kind, versions):
        if not _is_shown(each, quotes):
            quotes = _grown(quotes, each, kind, versions)
    every = sum(each.score for each in ranked)  # less than 1 where what says the same was left out
    worth = [each for each in ranked if each.score >= BESIDE * every]
    for each in sorted(worth, key=lambda each: -each.score * (1 + (kind in CLOSE and each.fits))):
        near = each.score >= APART * every or _reads_on(each, quotes, versions)
        if near and not _repeats(each, quotes) and _left(ranked, quotes) >= SURE * every:
            quotes = _grown(quotes, each, kind, versions)
    return _claims(quotes, versions)


def _claims(quotes: Sequence[Quote], versions: Versions) -> tuple[Claim, ...]:
    """Make a claim of each quote; one that leads to the next is told with it, or is left out.

    Where all lead to something each is a claim.
    """
    found: list[Claim] = []
    lead: Quote | None = None
    for quote in quotes:
        if _leads(quote.text):
            lead = quote
            continue
        text = unmarked(quote.text)
        if lead and lead.candidate.source == quote.candidate.source and lead.end <= quote.start:
            between = versions[quote.candidate.source].text[lead.end : quote.start]
            gap = " … " if any(map(str.isalpha, between)) else " "
            found.append(Claim(f"{unmarked(lead.text)}{gap}{text}", (lead, quote)))
        else:
            found.append(Claim(text, (quote,)))
        lead = None
    return tuple(found) or tuple(Claim(unmarked(each.text), (each,)) for each in quotes)


def _leads(text: str) -> bool:
    return text.endswith((":", "："))


def _leading(ranked: Sequence[Ranked], kind: Asks, versions: Versions) -> list[Ranked]:
    """Give what is shown however sure the ranking is: the best, and what holds the asked-for.

    That is a cause, a date or a number; near the best it goes first, farther off it comes next.
    """
    best = list(ranked[:1])
    if not best or kind not in CLOSE:
        return best
    likely = best[0].score
    holding = [each for each in ranked if each.fits and each.score >= FAR * likely]
    near = [each for each in holding if each.score >= CLOSE[kind] * likely]
    if kind is Asks.WHY and (summing := _summing_up(ranked, versions)):
        first = [] if summing.score >= SUMMED * likely and not best[0].fits else best
        near = [*first, summing, *near]
    return list(dict.fromkeys([*near, *best, *holding[:1]]))


def _left(ranked: Sequence[Ranked], quotes: Sequence[Quote]) -> float:
    """Give the likelihood of what is not shown."""
    return sum(each.score for each in ranked if not _is_shown(each, quotes))


def _reads_on(each: Ranked, quotes: Sequence[Quote], versions: Versions) -> bool:
    """Say whether a sentence stands beside one that is shown, in the same paragraph or list."""
    text = versions[each.candidate.source].text
    gaps = (
        text[min(quote.end, each.sentence.end) : max(quote.start, each.sentence.start)]
        for quote in quotes
        if quote.candidate.source == each.candidate.source
    )
    return any("\n" not in gap if not gap.strip() else MARK.fullmatch(gap) for gap in gaps)


def _repeats(each: Ranked, quotes: Sequence[Quote]) -> bool:
    """Say whether a sentence has no word that what is shown has not."""
    return {*words(each.quote)} <= {word for quote in quotes for word in words(quote.text)}


def _summing_up(ranked: Sequence[Ranked], versions: Versions) -> Ranked | None:
    """Give the sentence that sums up causes told before it, in the article of the best sentence.

    It says what they caused, and may say it in words that the question has not. One that points to
    several things goes before one that points to a single thing and holds a cause itself; of those
    it is the one whose meaning is nearest to the question.
    """
    here = [each for each in ranked if each.candidate.source == ranked[0].candidate.source]
    text = versions[ranked[0].candidate.source].text
    several = [each for each in here if _sums_up(each, text)]
    found = several or [each for each in here if _points_to_cause(each)]
    return max(found, key=lambda each: each.meaning, default=None)


def _sums_up(each: Ranked, text: str) -> bool:
    return sums_up(text, each.sentence, blocks_of(text), each.candidate.language)


def _points_to_cause(each: Ranked) -> bool:
    language = each.candidate.language
    return points_back(each.quote, language) and looks_like(Asks.WHY, each.quote, language)


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
    tried = [group] * (len(group) > 1) if quotes and _leads(each.quote) else [group, alone]
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
    if _leads(quote):
        return [each.sentence, *led_to(text, each.sentence, every, language)]
    if points_back(quote, language) or names_none(quote, language) or begins_inside(quote):
        return [*antecedent(text, each.sentence, every, language), each.sentence]
    if each.sentence.block.kind is Kind.ITEM:
        lead = lead_in(text, each.sentence, every, language)
        list_of = lead + ([*items_after(lead[0], every)] if lead and kind is Asks.WHY else [])
        if lead:
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
