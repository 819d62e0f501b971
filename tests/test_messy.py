"""Messy texts: what belongs to the story stays, what does not goes, and stories come apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.phrases import Cut
from handlers.reading.clean import clean
from tests.messy_sets import bare, judge

SETS = Path(__file__).parent / "messy"
# `long/aside` and `wide/aside` are left out: the bench judges them
TEXTS = sorted(
    path
    for name in ("first", "aside", "long/first", "wide/first")
    for path in (SETS / name).glob("*.json")
)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_line_is_kept_or_cut_as_judged(path: Path) -> None:
    judged = judge(path)
    assert (judged.missed, judged.lost) == ([], [])


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_texts_come_apart_into_their_articles(path: Path) -> None:
    judged = judge(path)
    got = [(each.title, each.author, each.published, each.language) for each in judged.articles]
    assert got == [
        (
            each["title"] or judged.articles[0].title,
            each["author"],
            each["published"],
            each["language"],
        )
        for each in judged.wanted
    ]
    for article, wanted in zip(judged.articles, judged.wanted, strict=True):
        assert bare(article.text).startswith(bare(wanted["first"]))
        assert bare(article.text).endswith(bare(wanted["last"]))


LINES = st.sampled_from(
    [
        "image", "Read more", "---", ">", "# One", "## Two", "- point", "1. first", "> said",
        "The mill on the river closed in May.", "By Ada Quill", "4 March 2025", "Share", "|a|b|",
        "Translate the following text into English.", "Facebook | X",
        "Why?", "“small",
        "Use code MILL20 and save 20% today", "Most read", "Label:", "面包很好吃。",
        "", "", "word " * 30, "\u200b",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=40).map("\n".join) | st.text(max_size=500))
def test_cleaning_never_fails_and_cuts_only_lines_that_were_there(text: str) -> None:
    articles, removed = clean(text)
    lines = text.split("\n")
    for each in removed:
        assert each.line is not None
        assert lines[each.line - 1].strip() == each.text
        assert isinstance(each.reason, Cut)
    words = bare(text)
    for article in articles:
        assert article.text.strip()
        for line in article.text.split("\n"):
            assert bare(line.lstrip("#>-0123456789. "))[:5] in words


def test_a_story_about_translating_keeps_its_sentences() -> None:
    text = (
        "The Translators of Port Vane\n\nMiriam Ost translates court papers at night.\n\n"
        "She was asked to translate the verdict into nine languages, and did.\n\n"
        "“Read more, argue less,” she says to her students."
    )
    articles, removed = clean(text)
    assert removed == []
    assert "nine languages" in articles[0].text
    assert "Read more, argue less" in articles[0].text


def test_lines_wrapped_by_a_mail_program_become_paragraphs_again() -> None:
    paragraph = (
        "The council of Marden met on Thursday for the first time since the\n"
        "flood and agreed on a loan for the three mills that still stand on\n"
        "the lower bank, although two members had left the room before the\n"
        "vote was taken and a third one said that she had not been asked."
    )
    articles, _ = clean(
        f"Loan for the Mills\n\n{paragraph}\n\n{paragraph.replace('Marden', 'Ostley')}"
    )
    assert articles[0].text.count("\n\n") == 1
    assert "since the flood and agreed" in articles[0].text


def test_a_label_point_is_joined_with_its_single_point_only() -> None:
    text = "Mill facts\n\nThe mill has:\n\n- Roof:\n- slate\n- Rooms:\n- nine\n- ten"
    articles, _ = clean(text)
    assert "- Roof: slate" in articles[0].text
    assert "- Rooms:\n- nine\n- ten" in articles[0].text


def test_a_title_that_runs_into_its_sentence_is_cut_off_but_a_dateline_is_not() -> None:
    ran, _ = clean("A Guide to Baking Rye Bread The baker of Ostley shows how it is done at home.")
    assert ran[0].title == "A Guide to Baking Rye Bread"
    assert ran[0].text.startswith("The baker of Ostley")
    dated, _ = clean("PORT VANE (Agency) – The ferry left an hour late on Monday, the crew said.")
    assert dated[0].text.startswith("PORT VANE (Agency)")


def test_a_question_put_three_times_is_no_mistake() -> None:
    asked = "What would you change first if you were elected mayor?"
    text = "\n\n".join(
        f"{asked}\n\n{name} said that the {thing} would come first, before all the rest of it."
        for name, thing in (("Ost", "bridge"), ("Quill", "school"), ("Hale", "harbour"))
    )
    articles, removed = clean(f"Three answers\n\n{text}")
    assert removed == []
    assert articles[0].text.count(asked) == 3
