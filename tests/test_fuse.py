"""Fusion: convex, bounded, and the one ranking decides where the other is empty."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.answering.fuse import fuse
from storage.records import Hit

HITS = st.dictionaries(st.integers(1, 40), st.floats(0, 50, allow_nan=False), max_size=30).map(
    lambda scores: [Hit(*pair) for pair in sorted(scores.items(), key=lambda pair: -pair[1])]
)


@given(HITS, HITS)
def test_every_passage_of_either_ranking_is_fused_once_and_scored_from_0_to_1(
    words: list[Hit], meaning: list[Hit]
) -> None:
    fused = [hit for hit, _, _ in fuse(words, meaning)]
    assert {hit.passage for hit in fused} == {hit.passage for hit in [*words, *meaning]}
    assert len({hit.passage for hit in fused}) == len(fused)
    assert all(-1e-9 <= hit.score <= 1 + 1e-9 for hit in fused)
    assert [hit.score for hit in fused] == sorted((hit.score for hit in fused), reverse=True)


@given(HITS)
def test_an_empty_half_leaves_the_other_s_order(hits: list[Hit]) -> None:
    assert {hit.passage: hit.score for hit, _, _ in fuse(hits, [])} == {
        hit.passage: hit.score for hit, _, _ in fuse([], hits)
    }


def test_a_passage_that_both_halves_like_beats_one_that_either_likes() -> None:
    words = [Hit(1, 9.0), Hit(2, 8.0), Hit(3, 1.0)]
    meaning = [Hit(4, 0.90), Hit(2, 0.89), Hit(5, 0.70)]
    assert fuse(words, meaning)[0][0].passage == 2


def test_raw_scores_travel_along() -> None:
    (hit, words, meaning), *_ = fuse([Hit(7, 3.5)], [Hit(7, 0.8), Hit(8, 0.7)])
    assert (hit.passage, words, meaning) == (7, 3.5, 0.8)
