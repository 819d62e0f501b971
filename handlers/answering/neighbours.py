"""Joins the passages that found ones lean on: what is said there goes on over a passage's edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from handlers.answering.candidates import Candidate
from handlers.answering.pointing import points_back
from handlers.blocks import Kind, blocks
from handlers.sentences import sentences
from storage.records import Passage, Version

LEANING = 3  # best candidates whose neighbours are looked at: the answer mostly stands in these


def joined(
    candidates: Sequence[Candidate], versions: Mapping[tuple[int, int], Version]
) -> tuple[Candidate, ...]:
    """Give the candidates, each of the best behind the passage that it leans on.

    A passage that opens by pointing back leans on the one before it, one that ends with a colon on
    the one after it, where both stand under one heading. Each stays a passage of its own, so that
    a quote is placed where it stands.
    """
    known = {each.passage.id for each in candidates}
    found: list[Candidate] = []
    for place, each in enumerate(candidates):
        version = versions.get(each.source) if place < LEANING else None
        before, after = _leant_on(each, version.passages) if version else (None, None)
        new = [one for one in (before, after) if one and one.id not in known]
        known |= {one.id for one in new}
        found += [each.of(one) for one in new if one is before]
        found.append(each)
        found += [each.of(one) for one in new if one is after]
    return tuple(found)


def _leant_on(
    candidate: Candidate, passages: Sequence[Passage]
) -> tuple[Passage | None, Passage | None]:
    """Give the passages before and after a candidate's own that it can't be read without."""
    own, before, after = candidate.passage, None, None
    for one, other in pairwise(passages):
        if one.heading != other.heading:
            continue
        if other.id == own.id and points_back(_first(candidate)):
            before = one
        if one.id == own.id and own.text.rstrip().endswith((":", "：")):
            after = other
    return before, after


def _first(candidate: Candidate) -> str:
    """Give the first sentence of a candidate's passage."""
    text = candidate.passage.text
    for block in blocks(text):
        if block.kind is not Kind.HEADING:
            for sentence in sentences(text, block, candidate.language):
                return sentence.of(text)
    return ""
