"""What is shown once, and what goes first when a question names a time."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.answering.candidates import Candidate
from handlers.answering.distinct import distinct
from handlers.answering.when import in_time, span_of
from storage.records import Passage

TODAY = date(2025, 6, 18)  # a Wednesday
LONG = "The council closed the old bridge on Monday because cracks ran through four of its plates."


def candidate(
    number: int, text: str = "", published: str | None = None, score: float = 1.0
) -> Candidate:
    passage = Passage(number, number, 1, "T", "", 0, len(text), text or f"text number {number}")
    return Candidate(passage, None, None, published, "en", score, 1.0, 0.8)


def ids(candidates: list[Candidate]) -> list[int]:
    return [each.passage.id for each in candidates]


@pytest.mark.parametrize(
    ("again", "kept"),
    [
        (LONG, [1]),
        (LONG.upper(), [1]),
        (f"{LONG} Our reporter was there.", [1]),
        ("The council opened a new school on Friday, and many came to see it.", [1, 2]),
    ],
)
def test_a_text_that_nearly_repeats_a_better_one_is_left_out(again: str, kept: list[int]) -> None:
    assert ids(distinct([candidate(1, LONG), candidate(2, again)])) == kept


def test_texts_without_spaces_are_compared_too() -> None:
    text = "青岩合作社今年春天卖掉了全部六台采茶机，重新请了八十五名采茶工。"
    other = "这些损失让合作社在十二月决定放弃机器。"
    assert ids(distinct([candidate(1, text), candidate(2, text + "。"), candidate(3, other)])) == [
        1,
        3,
    ]


def test_texts_of_the_same_words_in_another_order_are_both_kept() -> None:
    other = " ".join(reversed(LONG.split()))
    assert ids(distinct([candidate(1, LONG), candidate(2, other)])) == [1, 2]


def test_short_texts_are_kept_unless_they_are_the_same() -> None:
    assert ids(distinct([candidate(1, "no"), candidate(2, "yes"), candidate(3, "no")])) == [1, 2]


@pytest.mark.parametrize(
    "question", ["What is the latest on the bridge?", "Was gibt es Neuestes?", "桥的最新消息"]
)
def test_the_newest_of_equals_goes_first_where_the_latest_is_asked_for(question: str) -> None:
    found = [
        candidate(1, published="2023-01-01"),
        candidate(2, published="2025-01-01", score=0.9),
        candidate(3, score=0.85),
        candidate(4, published="2026-01-01", score=0.3),
    ]
    assert ids(in_time(found, question, TODAY)) == [2, 1, 3, 4]


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("what happened in 2013?", date(2013, 1, 1), date(2013, 12, 31)),
        ("between 2013 and 2015", date(2013, 1, 1), date(2015, 12, 31)),
        ("who resigned last week?", date(2025, 6, 9), TODAY),
        ("was geschah letzte Woche?", date(2025, 6, 9), TODAY),
        ("what did they say yesterday", date(2025, 6, 17), TODAY),
        ("上个月发生了什么", date(2025, 5, 1), TODAY),
        ("ce qui s'est passé l'année dernière", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_times_are_understood(question: str, first: date, last: date) -> None:
    span = span_of(question, TODAY)
    assert span is not None
    assert (span.first, span.last) == (first, last)


@pytest.mark.parametrize("question", ["why did he leave?", "it cost 2,013 crowns", "room 20131"])
def test_no_time_is_understood_where_none_is_named(question: str) -> None:
    assert span_of(question, TODAY) is None


def test_what_is_of_the_time_goes_before_its_equals_only() -> None:
    found = [
        candidate(1, published="2023-09-12"),
        candidate(2, "it struck in 2013 at night", score=0.9),
        candidate(3, published="2013-09-14", score=0.8),
        candidate(4, published="2013-01-01", score=0.2),
    ]
    assert ids(in_time(found, "what happened in Orrin in 2013?", TODAY)) == [2, 3, 1, 4]
    assert ids(in_time(found, "what happened in Orrin?", TODAY)) == [1, 2, 3, 4]


def test_a_text_that_comes_again_with_another_number_is_news() -> None:
    text = "The council of Orrin says that {} people were hurt when the old bridge fell on Monday."
    first, then = text.format("at least 12"), text.format("at least 15")
    assert ids(distinct([candidate(1, first), candidate(2, then)])) == [1, 2]
    dated = f"{first} Photo 3 of 7."
    assert ids(distinct([candidate(1, first), candidate(2, dated)])) == [1]
