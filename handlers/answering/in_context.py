"""Searches for a question of a conversation in both ways in which it may be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from handlers.answering.candidates import Candidate
from handlers.answering.distinct import distinct
from handlers.answering.followup import Readings
from handlers.answering.retrieve import Retrieved, Retriever
from handlers.answering.stems import stems
from handlers.answering.words import content_words, words

# Cosine by which the nearest passage must gain for a question that may stand alone to be read with
# those before it (decision 14).
GAIN = 0.01
HELD = 0.5  # share of its own words that this passage must hold for that
# Content words of its own at most for that: with more, it names its subject itself. On the even
# questions of MT-RAG recall@10 is 0.951 with this bound and without it.
FEW = 2


async def found_for(
    library: str, read: Readings, retriever: Retriever, limit: int
) -> tuple[Retrieved, Retrieved]:
    """Search for both readings of a question; the passages of each are taken in turns.

    Gives what was found, and the same as sentences are to be ranked by: a question that leans on
    others finds passages with them, but its own words tell which sentence answers it.
    """
    found = await retriever.retrieve(library, read.alone, limit)
    if not read.other:
        return found, found
    other = await retriever.retrieve(library, read.other, limit)
    if read.carries and not read.whole and _gains(found, other):
        found, other = other, found
    merged = _in_turns(found.candidates, other.candidates)[:limit]
    found = replace(found, candidates=merged)
    if found.question == read.carried and not read.whole:
        return found, replace(other, candidates=merged)
    return found, found


def _in_turns(first: Sequence[Candidate], second: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Give the best of both lists in turns, each passage once, with its standing in the first.

    How near a passage is to another reading is no evidence for this one.
    """
    strange = [replace(each, words=0.0, meaning=0.0) for each in second]
    known = {each.passage.id: each for each in (*strange, *first)}
    turns = filter(None, chain.from_iterable(zip_longest(first, second)))
    ordered = dict.fromkeys(each.passage.id for each in turns)
    return tuple(distinct([known[each] for each in ordered]))


def _gains(alone: Retrieved, carried: Retrieved) -> bool:
    """Say whether a question that may stand alone says more with those before it.

    It must be short, and another passage come nearer than any did, and hold half of its own words
    at least: else those before it would only answer themselves.
    """
    own = set(content_words(alone.question, alone.language))
    if len(own) > FEW or not carried.candidates:
        return False
    if not alone.candidates:
        return True
    nearest, nearer = (max(each.candidates, key=_meaning) for each in (alone, carried))
    return (
        nearest.passage.id != nearer.passage.id
        and nearer.meaning - nearest.meaning > GAIN
        and _held(alone, nearer) >= HELD
    )


def _meaning(candidate: Candidate) -> float:
    return candidate.meaning


def _held(question: Retrieved, candidate: Candidate) -> float:
    """Give the share of a question's content words that a passage holds."""
    own = set(stems(content_words(question.question, question.language), candidate.language))
    passage = candidate.passage
    text = f"{passage.title} {passage.heading} {passage.text}"
    return len(own & set(stems(words(text), candidate.language))) / max(1, len(own))
