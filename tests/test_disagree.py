"""Whether two sentences disagree: by their numbers, by what they claim, by what one takes back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answering.disagree import Kind, Said, disagreement
from handlers.answering.quantities import quantities
from handlers.answering.quantity import COUNT, DATE, YEAR, Quantity
from handlers.answering.question import asks
from tests.test_disagreement_set import PAIRS

LANGUAGES = st.sampled_from(["en", "de", "fr", "ru", "zh", "ja", "ar", "und"])


def judged(
    question: str, one: str, other: str, language: str = "en", days: tuple[str, str] = ("", "")
) -> Kind | None:
    sides = (Said(text, language, day) for text, day in zip((one, other), days, strict=True))
    return disagreement(question, asks(question), *sides)


@pytest.mark.parametrize(
    ("text", "language", "kind", "value"),
    [
        ("It costs $4.5 million a year.", "en", "dollar", "4500000"),
        ("Sie kostet 3,8 Millionen Euro.", "de", "euro", "3800000"),
        ("640 000 bouteilles ont été vendues", "fr", COUNT, "640000"),
        ("It is seven miles long.", "en", "length", "11265.408"),
        ("The tower is 62\nmetres high.", "en", "length", "62"),
        ("水库可蓄水三千二百万立方米。", "zh", "volume", "32000000000"),
        ("橋の長さは四百二十メートルである。", "ja", "length", "420"),
        ("about 54 percent", "en", "percent", "54"),
        ("built in 1874 by masons", "en", YEAR, "1874"),
        ("it reopens on 15 June", "en", DATE, "615"),
        ("ab dem 2. Mai", "de", DATE, "502"),
        ("八月十五日通车", "zh", DATE, "815"),
        ("1,870 grey seals", "en", COUNT, "1870"),
        ("12 of her workers", "en", COUNT, "12"),
    ],
)
def test_a_quantity_is_a_number_with_what_it_measures(
    text: str, language: str, kind: str, value: str
) -> None:
    found = [each for each in quantities(text, language) if Decimal(value) in each.values]
    assert [each.kind for each in found] == [kind]


@given(st.text(max_size=200), LANGUAGES)
def test_no_text_is_too_strange_for_it(text: str, language: str) -> None:
    assert all(each.values for each in quantities(text, language))


@given(st.text(max_size=120), st.text(max_size=120), LANGUAGES)
def test_it_does_not_matter_which_one_is_named_first(one: str, other: str, language: str) -> None:
    days = ("2024-01-01", "2025-01-01")
    assert judged("how many?", one, other, language, days) == judged(
        "how many?", other, one, language, days[::-1]
    )


@given(st.text(max_size=200), LANGUAGES)
def test_no_sentence_disagrees_with_itself(text: str, language: str) -> None:
    assert judged("how many are there?", text, text, language, ("2024-01-01", "2025-01-01")) is None


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("198", "200", True),
        ("3.1 million", "3 million", True),
        ("54 percent", "49 percent", False),
        ("12,400", "15,900", False),
        ("10", "13", False),
        ("ten miles", "twelve kilometres", False),
        ("ten miles", "sixteen kilometres", True),
    ],
)
def test_a_rounded_number_agrees_with_what_it_rounds(one: str, other: str, agree: bool) -> None:
    (first,), (second,) = quantities(one, "en"), quantities(other, "en")
    assert first.agrees(second) is second.agrees(first) is agree


def test_counts_are_compared_by_their_nouns_or_by_what_is_asked_for() -> None:
    workers, people, cars = (
        Quantity(COUNT, frozenset({Decimal(value)}), frozenset({noun}))
        for value, noun in ((130, "worker"), (85, "peopl"), (3, "car"))
    )
    assert not workers.comparable(people)
    assert workers.comparable(people, frozenset({"worker"}))
    assert not people.comparable(cars, frozenset({"worker"}))


@pytest.mark.parametrize(
    ("question", "one", "other", "kind"),
    [
        (
            "How many boats sank at Orrin?",
            "Nine boats sank in the harbour of Orrin.",
            "In the harbour of Orrin 14 boats sank.",
            Kind.NUMBER,
        ),
        (
            "How many boats sank at Orrin?",
            "In the harbour of Orrin nine boats sank in the storm.",
            "Nine boats sank in the harbour of Orrin.",
            None,
        ),
        (
            "How much is a boat at Orrin?",
            "A boat at Orrin costs 12 euros an hour.",
            "A boat at Orrin costs 60 euros a day.",
            None,
        ),
        (
            "How many boats did Orrin count?",
            "Orrin counted 120 boats in 2019.",
            "Orrin counted 95 boats in 2023.",
            None,
        ),
        (
            "Is the harbour of Orrin open?",
            "The harbour of Orrin is open to sailing boats.",
            "The harbour of Orrin is closed to sailing boats.",
            Kind.OPPOSITE,
        ),
        (
            "Is the harbour of Orrin open?",
            "The harbour of Orrin is closed to sailing boats.",
            "The harbour of Orrin is not open to sailing boats.",
            None,
        ),
        (
            "Did the harbour burn?",
            "The harbour office of Orrin burned on the first night.",
            "The harbour office of Orrin never burned, its keeper says.",
            Kind.OPPOSITE,
        ),
        (
            "Who owns the harbour of Orrin?",
            "The harbour of Orrin has nine piers and belongs to Ada Quill.",
            "The harbour of Orrin with its ten piers belongs to Ada Quill.",
            None,
        ),
    ],
)
def test_what_is_a_disagreement_and_what_is_none(
    question: str, one: str, other: str, kind: Kind | None
) -> None:
    assert judged(question, one, other, days=("2024-05-01", "2024-06-01")) is kind


def test_only_the_later_one_corrects_the_earlier_one() -> None:
    first = "The harbour of Orrin was built by Ada Quill."
    then = "Correction: the harbour of Orrin was built by Tom Brell."
    question = "Who built the harbour of Orrin?"
    assert judged(question, first, then, days=("2024-05-01", "2024-06-01")) is Kind.CORRECTED
    assert judged(question, first, then, days=("2024-06-01", "2024-05-01")) is None
    assert judged(question, first, then, days=("2024-06-01", "2024-06-01")) is None


def test_on_the_set_it_is_seldom_wrong_and_finds_most() -> None:
    found = [
        (
            pair["kind"] != "different",
            judged(
                pair["question"],
                pair["a"]["text"],
                pair["b"]["text"],
                pair["language"],
                (pair["a"]["published"], pair["b"]["published"]),
            )
            is not None,
        )
        for pair in PAIRS
    ]
    right, wrong = found.count((True, True)), found.count((False, True))
    assert right / (right + wrong) >= 0.9
    assert right / sum(differ for differ, _ in found) >= 0.75
