"""Which terms are compared with a word that nobody wrote so: few, and none too few."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from storage.spelling import Vocabulary, slips_in

WORDS = st.text("abcdeßд本", min_size=1, max_size=9)


@given(WORDS, st.lists(WORDS, unique=True, max_size=20))
def test_no_term_within_its_slips_is_passed_over(word: str, terms: list[str]) -> None:
    slips = slips_in(word)
    among = Vocabulary(terms).like(word, slips)
    assert {each for each in terms if OSA.distance(word, each) <= slips} <= set(among)


def test_terms_of_other_lengths_or_letters_are_not_compared() -> None:
    held = Vocabulary(["kiln", "kilns", "kilometre", "roof", "link"])
    assert held.like("kilm", 1) == ["kiln", "link"]
    assert Vocabulary([]).like("kiln", 1) == []
