"""Fusion: bounded, complete, and decided by whichever half has evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answering.fuse import NOWHERE, WORDS, Home, fuse, home_of
from storage.records import Hit

# To a millionth: BM25 gives no scores that a division makes one.
MILLIONTHS = st.integers(0, 50_000_000).map(lambda millionths: millionths / 1e6)
SCORES = st.dictionaries(st.integers(1, 40), MILLIONTHS, max_size=30)
COSINES = st.dictionaries(st.integers(1, 40), st.floats(-1, 1, allow_nan=False), max_size=30)


def hits(scores: dict[int, float]) -> list[Hit]:
    return [Hit(*pair, pair[1]) for pair in sorted(scores.items(), key=lambda pair: -pair[1])]


@given(SCORES, COSINES, st.floats(0, 60, allow_nan=False))
def test_every_passage_of_either_ranking_is_fused_once_and_scored_from_0_to_1(
    words: dict[int, float], meaning: dict[int, float], most: float
) -> None:
    fused = fuse(hits(words), hits(meaning), most)
    assert {each.passage for each in fused} == words.keys() | meaning.keys()
    assert len({each.passage for each in fused}) == len(fused)
    assert all(0 <= each.score <= 1 for each in fused)
    assert [each.score for each in fused] == sorted((each.score for each in fused), reverse=True)


@given(SCORES)
def test_words_alone_keep_their_order(words: dict[int, float]) -> None:
    fused = fuse(hits(words), [], 100.0)
    assert [words[each.passage] for each in fused] == sorted(words.values(), reverse=True)


@given(COSINES)
def test_meaning_alone_keeps_its_order(meaning: dict[int, float]) -> None:
    fused = fuse([], hits(meaning), 0.0)
    assert [meaning[each.passage] for each in fused] == sorted(meaning.values(), reverse=True)


def test_stray_words_of_a_foreign_question_do_not_outweigh_meaning() -> None:
    words, meaning = [Hit(2, 1.5)], [Hit(1, 0.86, 0.86), Hit(2, 0.83, 0.83)]
    assert fuse(words, meaning, 40.0)[0].passage == 1


def test_a_rare_name_that_is_met_outweighs_a_little_more_nearness() -> None:
    words, meaning = [Hit(2, 9.0)], [Hit(1, 0.84, 0.84), Hit(2, 0.80, 0.80)]
    assert fuse(words, meaning, 14.0)[0].passage == 2


def test_a_passage_without_a_vector_can_still_win_by_its_words() -> None:
    fused = fuse([Hit(7, 14.0)], [Hit(1, 0.80, 0.80), Hit(2, 0.76, 0.76)], 15.0)
    assert (fused[0].passage, fused[0].meaning) == (7, 0.0)


def test_words_are_worth_no_more_than_all_of_them() -> None:
    (each,) = fuse([Hit(1, 30.0)], [Hit(1, 0.5, 0.6)], 10.0)
    assert each.raw == pytest.approx(0.5 + WORDS)
    assert (each.words, each.meaning, each.score) == (30.0, 0.6, 1.0)


def test_passages_that_hardly_differ_are_not_set_far_apart() -> None:
    fused = fuse([], [Hit(1, 0.85, 0.85), Hit(2, 0.82, 0.82)], 0.0)
    assert [each.passage for each in fused] == [1, 2]
    assert fused[1].score > 0.8
    wide = fuse([], [Hit(1, 0.9, 0.9), Hit(2, 0.4, 0.4)], 0.0)
    assert wide[1].score == 0.0


@given(SCORES, COSINES, st.integers(1, 9))
def test_the_best_few_are_the_best_of_all(
    words: dict[int, float], meaning: dict[int, float], limit: int
) -> None:
    every = fuse(hits(words), hits(meaning), 50.0)
    assert fuse(hits(words), hits(meaning), 50.0, NOWHERE, limit) == every[:limit]


def test_a_library_in_other_languages_makes_one_met_word_weigh_less_and_all_of_them_as_much():
    home, abroad = home_of("de", {"de": 9}), home_of("de", {"de": 1, "en": 2, "fr": 3, "ru": 3})
    assert (home.worth, home.foreign, abroad.foreign) == (1.0, 0.0, pytest.approx(8 / 9))

    def worth(score: float, there: Home) -> float:
        (each,) = fuse([Hit(1, score)], [Hit(1, 0.5, 0.5, "fr")], 10.0, there)
        return each.raw - 0.5

    assert worth(2.0, abroad) < 0.6 * worth(2.0, home)
    assert worth(10.0, abroad) == pytest.approx(worth(10.0, home)) == pytest.approx(WORDS)
