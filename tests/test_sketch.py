"""What two texts have in common, told from a few numbers of each."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.sketch import LOOKED_UP, SAME, SAMPLE, overlap, sketch


def story(words: int, seed: int = 1) -> str:
    chance = random.Random(seed)
    return " ".join(f"w{chance.randrange(20_000)}" for _ in range(words))


@pytest.mark.parametrize("words", [40, 300, 5_000, 40_000])
def test_a_text_has_all_in_common_with_itself_and_nothing_with_another(words: int) -> None:
    assert overlap(sketch(story(words)), sketch(story(words))) == 1.0
    assert overlap(sketch(story(words)), sketch(story(words, seed=2))) == 0.0


@pytest.mark.parametrize("words", [60, 300, 900, 5_000])
def test_a_part_of_a_text_stands_in_it_whichever_is_asked(words: int) -> None:
    whole, part = story(words), story(words).split()[words // 4 : words // 4 + words * 6 // 10]
    other = " ".join([*story(words // 10, 3).split(), *part, *story(words // 10, 4).split()])
    one, two = sketch(whole), sketch(other)
    assert overlap(one, two) == overlap(two, one) == pytest.approx(0.75, abs=0.15)


def test_case_signs_and_spacing_change_nothing() -> None:
    text = story(300)
    same = "\n\n".join(f"**{word.upper()}**," for word in text.split())
    assert overlap(sketch(text), sketch(same)) == 1.0


def test_full_width_and_half_width_are_the_same_letters() -> None:
    assert (
        overlap(sketch("ＡＢＣ １２３ " * 3 + story(40)), sketch("abc 123 " * 3 + story(40))) == 1.0
    )


@pytest.mark.parametrize("text", ["", "word", "a b c d e f g", "他离开了公司。", "。。。"])
def test_what_says_too_little_has_nothing_in_common(text: str) -> None:
    assert overlap(sketch(text), sketch(text)) < SAME
    assert overlap(sketch(text), sketch(story(300))) == 0.0


def test_a_long_text_is_kept_in_few_numbers() -> None:
    kept = sketch(story(40_000))
    assert SAMPLE <= kept.prints.size < 3 * SAMPLE
    assert LOOKED_UP <= len(kept.looked_up) < 3 * LOOKED_UP
    assert kept.prints.dtype == np.uint32


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_share_a_share(one: str, other: str) -> None:
    assert 0.0 <= overlap(sketch(one), sketch(other)) <= 1.0
    assert overlap(sketch(one), sketch(other)) == overlap(sketch(other), sketch(one))


@given(st.integers(10, 3_000), st.integers(1, 50))
def test_two_alike_share_what_an_index_looks_up(words: int, seed: int) -> None:
    text = story(words, seed)
    one, two = sketch(text), sketch(f"{text} {story(words // 3, seed + 1)}")
    if overlap(one, two) >= SAME:
        assert set(one.looked_up) & set(two.looked_up)
