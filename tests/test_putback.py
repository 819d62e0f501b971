"""Pieces that were cut find back to their places, and nothing else of a text changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.putback import with_pieces
from handlers.reading.places import placed
from handlers.reading.sources import read_bytes, read_text
from storage.records import Removed

SCRAPE = """The Kiln at Marden

By Ada Quill
4 June 2024

image

The kiln at Marden was lit again on Monday, after the town had argued about it for nine years.

Advertisement

## Why now

The council found the money for a new chimney at last, and nobody was left to say no to it.

- birch from the estate
- Read more
- clay from the pit

Share this article
"""
PIECES = st.lists(st.tuples(st.text("xyz", min_size=1, max_size=3), st.integers(0, 40)), max_size=5)
TEXTS = st.text(st.sampled_from("ab \n-。"), max_size=40)


def test_each_line_goes_back_to_where_it_stood():
    reading = read_text("s", SCRAPE)
    (article,) = reading.articles
    assert [each.text for each in reading.removed] == [
        "image",
        "Advertisement",
        "- Read more",
        "Share this article",
    ]
    text, left = with_pieces(article.text, reading.removed, {0, 1, 2, 3})
    assert left == []
    assert text.replace("\n\n", "\n").split("\n") == [
        "image",
        "The kiln at Marden was lit again on Monday, after the town had argued about it for nine"
        " years.",
        "Advertisement",
        "## Why now",
        "The council found the money for a new chimney at last, and nobody was left to say no to"
        " it.",
        "- birch from the estate",
        "- Read more",
        "- clay from the pit",
        "Share this article",
    ]


def test_a_line_of_a_page_goes_back_too():
    story = "<p>The kiln at Marden was lit again on Monday, after nine years of argument.</p>" * 3
    page = f"<html><body><article><h1>The Kiln</h1>{story}<p>Read more</p>{story[:-1]}>"
    reading = read_bytes("s", page.encode(), name="kiln.html")
    for at, each in enumerate(reading.removed):
        assert (each.article, each.line) == (0, None)
        text, _ = with_pieces(reading.articles[0].text, reading.removed, {at})
        assert each.text in text


def test_a_line_belongs_to_the_article_that_it_stood_in():
    second = SCRAPE.replace("The Kiln at Marden", "The Mill at Ostley").replace(
        "The kiln at Marden was lit", "The mill at Ostley was sold"
    )
    source = f"{SCRAPE}\n\n---\n\n{second}"
    texts = ["The kiln at Marden was lit", "The mill at Ostley was sold"]
    lines = source.split("\n")
    cut = [Removed(line, "why", n) for n, line in enumerate(lines, 1) if line == "Advertisement"]
    articles = [each.article for each in placed(source, texts, cut)]
    assert articles == [0, 1]


def test_a_piece_whose_place_nobody_knows_goes_to_the_end():
    assert with_pieces("One.\n\nTwo.", [Removed("Three.", "why")], {0})[0] == (
        "One.\n\nTwo.\n\nThree."
    )


@given(
    TEXTS,
    st.lists(st.tuples(st.text("xyz", min_size=1, max_size=3), st.integers(0, 40)), max_size=5),
)
def test_taking_a_piece_out_again_leaves_the_text_as_it_was(
    text: str, pieces: list[tuple[str, int]]
):
    places = sorted(min(place, len(text)) for _, place in pieces)
    cut = [
        Removed(words, "why", place=place) for (words, _), place in zip(pieces, places, strict=True)
    ]
    whole, left = with_pieces(text, cut, range(len(cut)))
    assert left == []
    assert len(whole) == len(text) + sum(len(each.text) + 2 for each in cut) - (
        2 if cut and not text else 0
    )
    kept = "".join(each for each in whole if each not in "xyz")
    assert kept.replace("\n", "") == text.replace("\n", "")


@given(TEXTS, st.lists(st.integers(0, 40), min_size=1, max_size=5), st.randoms())
def test_the_order_of_putting_back_does_not_matter(text: str, places: list[int], chance):
    cut = [
        Removed(f"x{n}", "why", place=place)
        for n, place in enumerate(sorted(min(each, len(text)) for each in places))
    ]
    at_once, _ = with_pieces(text, cut, range(len(cut)))
    order = list(range(len(cut)))
    chance.shuffle(order)
    one_by_one, left = text, list(cut)
    for wanted in order:
        at = next(n for n, each in enumerate(left) if each.text == f"x{wanted}")
        one_by_one, left = with_pieces(one_by_one, left, {at})
    assert one_by_one == at_once


@given(st.lists(st.tuples(st.sampled_from(["ab", "cd", "ef", "gh"]), st.booleans()), max_size=30))
def test_every_place_is_the_end_of_what_was_kept_before(lines: list[tuple[str, bool]]):
    """Whatever is kept and cut, also where lines say the same."""
    kept = [f"{words} {n % 3}" for n, (words, is_kept) in enumerate(lines) if is_kept]
    source = "\n\n".join(f"{words} {n % 3}" for n, (words, _) in enumerate(lines))
    cut = [
        Removed(f"{words} {n % 3}", "why", 2 * n + 1)
        for n, (words, is_kept) in enumerate(lines)
        if not is_kept
    ]
    before = [sum(is_kept for _, is_kept in lines[: (each.line or 1) // 2]) for each in cut]
    found = placed(source, ["\n\n".join(kept)], cut)
    assert [each.place for each in found] == [len("\n\n".join(kept[:n])) for n in before]


@pytest.mark.parametrize("source", ["", "\n\n", "x"])
def test_a_source_without_articles_has_no_places(source: str):
    cut = [Removed("x", "why", 1)]
    assert placed(source, [], cut) == cut
