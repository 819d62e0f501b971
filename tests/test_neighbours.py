"""Passages that can't be read without their neighbour bring it along."""

from __future__ import annotations

import pytest

from handlers.answering.candidates import Candidate
from handlers.answering.neighbours import joined
from storage.records import Passage, Version

TEXTS = (
    "The dam was raised by two metres in 1998. Heavy rain fell all autumn.",
    "These two things flooded the village. Nobody was hurt.",
    "The council then bought three things:",
    "- pumps\n- sandbags\n- a boat",
    "A school was built in 2004.",
)


def library(headings: tuple[str, ...] = ("",) * 5) -> tuple[list[Candidate], Version]:
    passages, at = [], 0
    for number, (text, heading) in enumerate(zip(TEXTS, headings, strict=True), 1):
        passages.append(Passage(number, 1, 1, "T", heading, at, at + len(text), text))
        at += len(text) + 2
    version = Version(1, 1, "\n\n".join(TEXTS), "2026-01-01", tuple(passages))
    made = [Candidate(each, None, None, None, "en", 1.0, 1.0, 0.8) for each in passages]
    return made, version


def ids(found: tuple[Candidate, ...]) -> list[int]:
    return [each.passage.id for each in found]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ([2], [1, 2]),  # "These two things" stand before it
        ([3], [3, 4]),  # the list stands after it
        ([5, 4], [5, 4]),
        ([2, 1], [2, 1]),  # found by itself: not shown twice
        ([5, 4, 1, 2], [5, 4, 1, 2]),  # too far down
    ],
)
def test_a_passage_brings_the_neighbour_that_it_leans_on(chosen: list[int], shown: list[int]):
    made, version = library()
    assert ids(joined([made[one - 1] for one in chosen], {(1, 1): version})) == shown


def test_a_heading_in_between_ends_the_thread():
    made, version = library(("a", "b", "c", "d", "e"))
    assert ids(joined([made[1], made[2]], {(1, 1): version})) == [2, 3]


def test_without_their_version_passages_stay_as_they_are():
    made, _ = library()
    assert ids(joined(made[1:3], {})) == [2, 3]
