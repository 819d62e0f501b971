"""Messages cut well: within the limit, nothing lost, nothing broken that belongs together."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import discord_markup, telegram_markup
from bot.markup import said
from bot.split import LEAST, split, utf16
from handlers.markdown import tame


def telegram(text: str) -> int:
    return telegram_markup.length(text, ())


def discord(text: str) -> int:
    return discord_markup.length(text, ())


MARKDOWN = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from(
            [
                "```python\nprint('a long line of code')\nx = 1\n```",
                "```\n" + "line\n" * 30 + "```",
                "~~~~\n```\n~~~~",
                "- an item of a list\n- another item, a good deal longer than the first one was",
                "see [a link](https://example.org/a/rather/long/address?with=query) there",
                "https://example.org/" + "a" * 40,
                "**strong words** and `code in line` and \\*escaped\\*",
                "A sentence. Another one! 第一句。第二句。",
                "👩‍👩‍👧‍👦🇩🇪🇫🇷e\u0301\u0302 👍🏽",
                "word " * 60,
                "x" * 200,
                "> a quote of some words\nthat goes on lazily\n> and then with its mark",
                "## A heading that is a good deal longer than headings of articles usually are",
                "**strong words that go on, and on, for longer than any part could be** and end",
            ]
        ),
    ),
    max_size=12,
).map("\n\n".join)
LIMITS = st.integers(LEAST, 400)
LENGTHS = st.sampled_from([len, utf16, telegram, discord])


def words(text: str) -> str:
    """All but white space and marks that may be repeated: of code, quotes, headings, emphasis."""
    lines = [line for line in tame(text).split("\n") if not re.match(r"[ >]*(```|~~~)", line)]
    return re.sub(r"[\s*>#]+", "", "".join(lines))


@settings(deadline=None)
@given(MARKDOWN, LIMITS, LENGTHS)
def test_every_part_is_within_the_limit_and_says_something(text, limit, length):
    parts = split(text, limit, length)
    assert all(0 < length(part) <= limit and part.strip() for part in parts)


@settings(deadline=None)
@given(MARKDOWN, LIMITS, LENGTHS)
def test_nothing_is_lost_between_the_parts(text, limit, length):
    assert words("\n".join(split(text, limit, length))) == words(text)


@settings(deadline=None)
@given(MARKDOWN, LIMITS)
def test_what_fits_is_one_part_unchanged(text, limit):
    if text.strip() and len(text.strip("\n")) <= limit:
        assert split(text, limit) == [text.strip("\n")]


@settings(deadline=None)
@given(st.integers(1, 40), LIMITS)
@example(1, LEAST)
def test_a_code_block_that_is_cut_is_closed_and_opened_again(lines, limit):
    text = "Look:\n\n```python\n" + "".join(f"row = {n}\n" for n in range(lines)) + "```\n\nEnd."
    for part in split(text, limit):
        marks = [line for line in part.split("\n") if line.startswith("```")]
        assert marks == ["```python", "```"] * (len(marks) // 2)
        assert "```python\n```" not in part


@settings(deadline=None)
@given(st.lists(st.sampled_from(["word", "longer", "a", "sentence."]), max_size=200), LIMITS)
def test_words_are_never_cut(pieces, limit):
    assert [w for part in split(" ".join(pieces), limit) for w in part.split()] == pieces


@settings(deadline=None)
@given(st.integers(0, 100), LIMITS)
def test_a_link_that_fits_is_never_cut(before, limit):
    link = "[the title](https://example.org/page)"
    assert sum(link in part for part in split("a" * before + " " + link + " z" * 99, limit)) == 1


@settings(deadline=None)
@given(st.integers(1, 300), st.sampled_from(["👩‍👩‍👧‍👦", "🇩🇪", "e\u0301", "👍🏽", "각", "\r\n"]))
def test_a_letter_keeps_its_marks(count, letter):
    for part in split("a" + letter * count, LEAST, utf16):
        assert part.removeprefix("a").replace(letter, "").strip() == ""


def test_a_part_ends_with_its_paragraph_where_one_ends_late_enough():
    text = "A first paragraph of some words here.\n\nA second one, " + "and more " * 10
    assert split(text, LEAST)[0] == "A first paragraph of some words here."


def test_an_endless_letter_is_cut_all_the_same():
    assert len("".join(split("a" + "\u0301" * 500, LEAST))) == 501


def test_nothing_to_say_gives_no_part():
    assert split(" \n\n ", LEAST) == []


def test_a_limit_without_room_is_refused():
    with pytest.raises(ValueError, match="too small"):
        split("x", LEAST - 1)


# --- what is in a piece of Markdown stays in it -------------------------------------------------

SENSIBLE = st.lists(
    st.sampled_from(
        [
            "The council approved **repairs** to the *old* stone bridge [1]. It starts in May [2].",
            "**A sentence that is strong. And another one, strong as well, and long.** Then not.",
            "See [the page](https://example.org/a) or <https://example.org/b_c>; A&amp;T, a \\*b.",
            "> \\[1\\] “They are  \n> tricksters, *all* of them, and they eat all.”",
            "- one item\n- **another** item\n  - with one in it",
            "1. first\n2. second, `code` in it",
            "```python\nprint('x')\n\nprint('y')\n```",
            "## Heading with `code` in it",
            "一个很长的句子，没有空格。**第二个**句子！",
        ]
    ),
    min_size=1,
    max_size=20,
).map("\n\n".join)


@settings(deadline=None)
@given(SENSIBLE, LIMITS, LENGTHS)
def test_the_parts_say_together_what_the_text_says(text, limit, length):
    assert "".join(map(said, split(text, limit, length))) == said(text)


@settings(deadline=None)
@given(st.integers(2, 20), LIMITS)
def test_a_quote_that_is_cut_goes_on_as_one(lines, limit):
    quote = "".join(f"> Line {n} of the quote, with some words in it.\n" for n in range(lines))
    for part in split(f"{quote}\nAnd after it.", limit):
        for line in part.split("\n"):
            assert not line or line.startswith("> ") or line == "And after it."


def test_a_quote_of_one_long_line_or_with_lazy_lines_goes_on_as_one():
    assert all(part.startswith("> ") for part in split("> " + "word " * 60, LEAST))
    lazy = "> A line of a quote.\n" + "a lazy line of it\n" * 9
    assert all(part.startswith("> ") for part in split(lazy, LEAST))


def test_strong_words_are_cut_only_where_they_must_and_are_strong_on_both_sides():
    text = "word " * 9 + "**strong words here**" + " more" * 9
    assert sum("**strong words here**" in part for part in split(text, LEAST)) == 1
    strong = split("**" + "word " * 60 + "end**", LEAST)
    assert all(re.fullmatch(r"\*\*\w.*\w\*\*", part) for part in strong)
    both = split("***" + "word " * 60 + "end***", LEAST)
    assert all(re.fullmatch(r"\*{3}\w.*\w\*{3}", part) for part in both)


@settings(deadline=None)
@given(
    st.integers(0, 70), st.sampled_from(["\\*", "&amp;", "&#8212;", "<https://e.org/>", "`a b`"])
)
def test_what_means_one_thing_is_never_cut(before, one):
    parts = split("x" * before + one * 3 + "y" * 99, LEAST)
    assert sum(part.count(one) for part in parts) == 3


def test_words_that_would_begin_a_list_or_quote_begin_no_part():
    for mark in ("-", "1.", ">", "#", "+", "2)"):
        text = f"{'word ' * 12}xy {mark} {'word ' * 12}"
        parts = split(text, LEAST)
        assert "".join(map(said, parts)) == said(text)


def test_a_table_that_is_cut_goes_on_under_its_head():
    table = "| name | of |\n| --- | --- |\n" + "| a word | another |\n" * 30
    for part in split(table, 200):
        assert part.startswith("| name | of |\n| --- | --- |\n| a word")


def test_a_heading_that_is_cut_stays_one():
    assert all(part.startswith("## ") for part in split("## " + "word " * 40, LEAST))


def test_code_in_a_quote_and_in_a_list_stays_code_in_it():
    quoted = split("> ```\n" + "> code = code\n" * 30 + "> ```", 100)
    assert all(re.fullmatch(r"> ```\n(> code = code\n)+> ```", part) for part in quoted)
    listed = split("- ```\n" + "  code = code\n" * 30 + "  ```", 100)
    assert "".join(map(said, listed)) == "code=code" * 30


def test_a_part_that_shows_nothing_is_left_out():
    assert split("![](https://example.org/a.png)", 4096, telegram) == []


def test_a_long_answer_is_measured_a_few_times_only():
    line = "The council approved **repairs** number {} [1]. The work *starts* in May [2].\n\n"
    text = "".join(line.format(n) for n in range(300))
    measured = []

    def length(part):
        measured.append(part)
        return telegram(part)

    parts = split(text, 4096, length)
    assert len(text) > 20_000
    assert len(measured) <= 2 * len(parts)


@settings(deadline=None)
@given(st.text(alphabet="a *_`[]()<>#-\n\\~|!&;1.", max_size=300), LIMITS, LENGTHS)
def test_any_marks_at_all_are_cut_within_the_limit(text, limit, length):
    assert all(0 < length(part) <= limit for part in split(text, limit, length))
