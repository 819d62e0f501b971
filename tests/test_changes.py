"""What changed between two texts: whole, in order, and which numbers."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.changes import Change, changes, numbers, runs, units
from handlers.opcodes import opcodes

OLD = """The kiln at Marden was lit on Monday, 4 June 2024. It had cost 38,000 pounds.

## Why now

The council found the money at last. Nobody had believed in it.

- birch from the estate
- clay from the pit"""

SIGNS = st.text(st.sampled_from("ab 7.!?\n#->。文"), max_size=80)


def kinds(found: list[Change]) -> list[str]:
    return [each.kind for each in found]


def test_a_sentence_with_another_number_is_one_that_changed():
    (change,) = changes(OLD, OLD.replace("38,000", "41,500"), "en")
    assert (change.before, change.after) == (
        "It had cost 38,000 pounds.",
        "It had cost 41,500 pounds.",
    )
    assert numbers(change) == [("38,000", "41,500")]


def test_a_month_beside_a_day_is_a_date_that_changed():
    (change,) = changes(OLD, OLD.replace("4 June", "4 July"), "en")
    assert numbers(change) == [("4 June 2024", "4 July 2024")]


def test_a_word_that_changed_is_no_number():
    (change,) = changes(OLD, OLD.replace("the money", "the cash"), "en")
    assert numbers(change) == []
    assert [each.text for each in runs(change)[1] if not each.same] == ["cash"]


def test_new_and_missing_sentences_stand_where_they_belong():
    new = OLD.replace(" Nobody had believed in it.", "").replace(
        "- clay", "- ash from the lane\n- clay"
    )
    found = changes(OLD, new, "en")
    assert kinds(found) == ["removed", "added"]
    assert found[1].after == "- ash from the lane"


def test_other_spacing_is_no_change():
    assert changes(OLD, OLD.replace("\n\n", "\n\n\n").replace("lit on", "lit\non"), "en") == []


def test_scripts_without_spaces_are_told_apart_too():
    old = "索道去年花了六千万元。镇上没有人坐过。"
    (change,) = changes(old, old.replace("六千万元", "6500万元"), "zh")
    assert change.kind == "changed"
    assert "".join(each.text for each in runs(change)[1]) == "索道去年花了6500万元。"


@given(SIGNS)
def test_the_parts_of_a_text_are_the_text(text: str):
    assert "".join(units(text, "en")) == text


@given(SIGNS, SIGNS)
def test_what_is_gone_stood_in_the_old_text_and_what_is_new_stands_in_the_new(old: str, new: str):
    for change in changes(old, new, "en"):
        assert change.before in old
        assert change.after in new
        before, after = runs(change)
        assert "".join(each.text for each in before) == change.before
        assert "".join(each.text for each in after) == change.after


@given(SIGNS, SIGNS)
def test_old_and_new_differ_in_nothing_else(old: str, new: str):
    """Without what changed, both say the same."""

    def rest(text: str, gone: list[str]) -> list[str]:
        left = [" ".join(each.split()) for each in units(text, "en")]
        for each in gone:
            left.remove(" ".join(each.split()))
        return list(filter(None, left))

    found = changes(old, new, "en")
    before, after = ([getattr(each, name) for each in found] for name in ("before", "after"))
    assert rest(old, list(filter(None, before))) == rest(new, list(filter(None, after)))


@given(SIGNS)
def test_a_text_does_not_differ_from_itself(text: str):
    assert changes(text, text, "en") == []


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_opcodes_lead_from_one_sequence_to_the_other(one: list[str], other: list[str]):
    made: list[str] = []
    at = 0
    for tag, a, b, c, d in opcodes(one, other):
        assert (a, c) == (at, len(made))
        assert (one[a:b] == other[c:d]) == (tag == "equal")
        made += other[c:d]
        at = b
    assert (at, made) == (len(one), other)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("No. " * 30_000, "No. Yes. " * 15_000),
        ("a b " * 40_000, "b a c " * 30_000),
        (
            " ".join(f"w{n % 150}." for n in range(20_000)),
            " ".join(f"w{n % 149}." for n in range(20_000)),
        ),
        ("中文" * 30_000, "文中" * 30_000),
    ],
)
def test_texts_that_repeat_themselves_are_compared_in_bounded_time(old: str, new: str):
    begun = time.process_time()
    for change in changes(old, new, "en")[:3]:
        runs(change)
        numbers(change)
    assert time.process_time() - begun < 20  # seconds; by pairs it would take hours
