"""What speaks for and against an answer in what was found: a few numbers to decide from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from statistics import fmean

from handlers.answering.background import backgrounds
from handlers.answering.candidates import Candidate
from handlers.answering.question import Asks, asks
from handlers.answering.rank import Ranked
from handlers.answering.retrieve import SENTENCE, Retrieved
from handlers.answering.words import words
from handlers.language import function_words
from storage.terms import asked, terms

PASSAGES = 5  # that the words are looked for in
SEVERAL = 3
OPENING = 8  # words in which a text names its subject
LONG = 8  # letters from which on a word weighs no more
DIGITS = 3  # what a number weighs beyond its length: nothing else can stand for it
PAIR = 3.0  # what a pair of signs weighs
EXACT = (Asks.NUMBER, Asks.WHEN)
ALIKE = 0.7  # a passage that holds this share of the words is in their language, whatever it seems
MOST = 2_000  # passages up to which was measured what a library's size does


@dataclass(frozen=True, slots=True)
class Signs:
    """Weights are of the question's words, shares of their sum; cosines are 0 without vectors."""

    passage: float  # highest cosine of a passage
    several: float  # mean of the three highest
    nearest: float  # highest cosine of a passage or a sentence
    met: float  # share of the words that the best passage holds
    together: float  # share that the best sentence holds, with the title above it
    beside: float  # share that the nearest sentence holds, with the title above it
    unmet: float  # weight of the words that none of the passages holds
    opens: float  # 1 where the nearest passage opens with words of the question
    exact: float  # 1 where a number or a date is asked for
    loose: float  # of a question with numbers: share of it that no sentence says with them
    above: float  # by how much the nearest is nearer than the passages around usually are
    size: float  # logarithm of how many passages the library has
    ahead: float  # log-odds of the likelihood of the best sentence among those ranked
    mixed: float  # 1 where passages in the question's own language were found as well
    foreign: bool  # whether the best passage is in another language than the question surely is


def signs(found: Retrieved, ranked: Sequence[Ranked]) -> Signs:
    """Read the signs off the best passages and sentences; there must be a passage."""
    asks_for = _Asked.of(found)
    nearest = max(found.candidates, key=lambda each: (each.meaning, each.score))
    cosines = _cosines(found, ranked)
    held = [_in_passage(asks_for, each) for each in found.candidates[:PASSAGES]]
    lines = [_in_sentence(asks_for, each) for each in ranked]
    foreign = _is_foreign(found) and asks_for.most(held) < ALIKE
    beside = max(zip(ranked, lines, strict=True), key=_nearness, default=(None, frozenset[str]()))
    return Signs(
        passage=max(cosines),
        several=fmean(nlargest(SEVERAL, cosines)),
        nearest=max(*cosines, *(each.meaning for each in ranked)),
        met=asks_for.most(held),
        together=asks_for.most(lines),
        beside=asks_for.share(beside[1]),
        unmet=asks_for.total - asks_for.weight(frozenset().union(*held)),
        opens=float(bool(_opening(asks_for, nearest))),
        exact=float(asks(found.question) in EXACT),
        loose=_loose(asks_for, lines),
        above=_above(found, ranked, foreign),
        size=math.log(min(max(1, found.passages), MOST)),
        ahead=_ahead(ranked),
        mixed=float(any(each.language == found.language for each in found.near)),
        foreign=foreign,
    )


def _above(found: Retrieved, ranked: Sequence[Ranked], foreign: bool) -> float:
    """Measure the highest cosine against the passages around in its language.

    Between languages that of a sentence, where there is one (docs/decisions/0016).
    """
    usual = backgrounds(found.near, (each.language for each in found.candidates))
    lines = [(each.freed or each.meaning, each.candidate.language) for each in ranked]
    whole = [(each.meaning, each.language) for each in found.candidates]
    for pairs in (lines, whole) if foreign else ([*lines, *whole],):
        if above := [cosine - usual[language] for cosine, language in pairs if cosine]:
            return max(above)
    return 0.0


@dataclass(frozen=True, slots=True)
class _Asked:
    """The words of a question with their weights."""

    weights: Mapping[str, float]
    total: float
    numbers: frozenset[str]

    @classmethod
    def of(cls, found: Retrieved) -> _Asked:
        weights = {word: weight_of(word) for word in found.frequencies}
        numbers = frozenset(word for word in weights if word[0].isdigit())
        return cls(weights, sum(weights.values()), numbers)

    def held(self, text: str, language: str) -> frozenset[str]:
        """Give those of the words that a text holds, in any form that finding knows."""
        there = frozenset(terms(text, language))
        return frozenset(
            word
            for word in self.weights
            if any(there.issuperset(form.split()) for form in asked(word, (language,)))
        )

    def weight(self, held: Iterable[str]) -> float:
        return sum(self.weights[word] for word in held)

    def share(self, held: Iterable[str]) -> float:
        return self.weight(held) / (self.total or 1.0)

    def most(self, bags: Iterable[Iterable[str]]) -> float:
        return max(map(self.share, bags), default=0.0)


def weight_of(word: str) -> float:
    """Give how much a word says: the longer, the rarer (Zipf, 1935; Piantadosi et al., 2011).

    The library's own counts don't tell it: among ten passages every word is rare, and those that
    were found for a word all hold it. Pairs of hiragana hold Japanese sentences together and
    weigh nothing.
    """
    if all("\u3041" <= char <= "\u309f" for char in word):
        return 0.0
    if word[0].isdigit():
        return float(min(len(word), LONG) + DIGITS)
    return PAIR if "\u3040" <= word[0] <= "\u9fff" else float(min(len(word) - 1, LONG))


def _cosines(found: Retrieved, ranked: Sequence[Ranked]) -> list[float]:
    """Give those of the passages; what has no vector yet is as near as its nearest sentence."""
    nearest: dict[int, float] = {}
    for each in ranked:
        passage = each.candidate.passage.id
        nearest[passage] = max(each.meaning, nearest.get(passage, 0.0))
    cosines = (each.meaning or nearest.get(each.passage.id, 0.0) for each in found.candidates)
    return [cosine for cosine in cosines if cosine] or [0.0]


def _ahead(ranked: Sequence[Ranked]) -> float:
    """Where all sentences are beside the point, none is far likelier than the others.

    One more is counted, as likely as those ranked are on average: a single one is ahead of nothing.
    """
    every = sum(each.score for each in ranked)
    if not every:
        return 0.0
    count = len(ranked)
    best = max(each.score for each in ranked) / every * count / (count + 1)
    return math.log(best / (1 - best))


def _is_foreign(found: Retrieved) -> bool:
    """The language of a word or two is a guess."""
    known = len(set(words(found.question))) >= SENTENCE
    return known and found.candidates[0].language != found.language


def _in_passage(asks_for: _Asked, candidate: Candidate) -> frozenset[str]:
    passage = candidate.passage
    text = f"{passage.title} {passage.heading} {passage.text}"
    return asks_for.held(text, candidate.language)


def _in_sentence(asks_for: _Asked, each: Ranked) -> frozenset[str]:
    text = f"{each.candidate.passage.title} {' '.join(each.sentence.block.path)} {each.quote}"
    return asks_for.held(text, each.candidate.language)


def _nearness(pair: tuple[Ranked, frozenset[str]]) -> tuple[float, float]:
    return pair[0].meaning, pair[0].score


def _opening(asks_for: _Asked, nearest: Candidate) -> frozenset[str]:
    """Give the words that a passage begins with, as far as the question holds them all."""
    passage, language = nearest.passage, nearest.language
    first = words(f"{passage.title} {passage.text}")[:OPENING]
    known = set(terms(" ".join(asks_for.weights), language))
    run: list[str] = []
    for word in first:
        if known.isdisjoint(terms(word, language)) and word not in function_words(language):
            break
        run.append(word)
    return asks_for.held(" ".join(run), language)


def _loose(asks_for: _Asked, lines: Sequence[frozenset[str]]) -> float:
    """What is said of one year or number says nothing of another."""
    if not asks_for.numbers:
        return 0.0
    return 1.0 - asks_for.most(line for line in lines if asks_for.numbers <= line)
