"""BM25 of some passages, counted in the terms that are stored with them."""

from __future__ import annotations

import pytest

from storage.exact import count


@pytest.mark.parametrize(
    ("term", "held"),
    [("a", 3), ("y z", 2), ("ab", 1), ("b a", 1), ("a a", 1), ("c", 0), ("本", 2), ("本で", 1)],
)
def test_a_term_is_counted_where_it_stands_whole(term: str, held: int):
    text = "ab b a a x 本で 日本 本 a y z y z"
    assert count(term, text) == held
