"""What is asked of an article as a whole is told from a question of fact, in many languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answering.when import wants_latest
from handlers.answering.wish import LONGEST, Asked, Wish, named, wish

SET: dict[str, Any] = json.loads(
    (Path(__file__).parent / "questions" / "overview.json").read_text(encoding="utf-8")
)
ASKS = [question for row in SET["articles"] for question in row["asks"]]
NAMELESS = {"what are the key points of the contract?"}  # a title alone decides: test_overview


@pytest.mark.parametrize("question", [*ASKS, *SET["nowhere"]])
def test_what_asks_for_a_summary_names_its_article(question: str) -> None:
    found = wish(question)
    assert found is not None
    assert found.asked is Asked.GIST
    assert found.about


@pytest.mark.parametrize("question", [*SET["open"], *SET["newest"]])
def test_what_is_left_of_an_article_that_is_not_named_is_nothing(question: str) -> None:
    found = wish(question)
    assert found is not None
    assert (found.asked, found.about) == (Asked.GIST, "")
    assert found.newest == (question in SET["newest"])


@pytest.mark.parametrize("question", SET["listing"])
def test_what_the_library_holds_is_asked_in_many_ways(question: str) -> None:
    found = wish(question)
    assert found is not None
    assert found.asked in (Asked.LISTING, Asked.COUNT)


@pytest.mark.parametrize("question", SET["news"])
def test_what_is_new_is_asked_in_many_ways(question: str) -> None:
    assert (wish(question) or Wish(Asked.GIST)).asked is Asked.NEWS


@pytest.mark.parametrize("question", [each for each in SET["others"] if each not in NAMELESS])
def test_what_only_looks_so_is_a_question_like_any_other(question: str) -> None:
    assert wish(question) is None


@pytest.mark.parametrize(
    ("question", "about", "called"),
    [
        ("Summarise the article about LeCun, please!", "LeCun", True),
        ("tldr LeCun", "LeCun", False),
        ("key points of the R course article", "R course", True),
        ("what’s the bridge article about?", "bridge", True),
        ("Worum geht es in dem Artikel über die Brücke?", "Brücke", True),
        ("总结一下关于大桥的文章", "大桥", True),
        ("О чём статья про мост?", "мост", True),
        ('summarise "Last Ferry"', "Ferry", False),
        ("summarise the text message scandal", "text message scandal", False),
    ],
)
def test_the_name_of_an_article_is_what_the_other_words_leave(
    question: str, about: str, called: bool
) -> None:
    found = wish(question)
    assert found is not None
    assert (found.about, found.called) == (about, called)


@pytest.mark.parametrize(
    ("question", "number"),
    [("summarise #3", 3), ("summary of article 12", 12), ("fasse Artikel 7 zusammen", 7)],
)
def test_an_article_may_be_named_by_its_number(question: str, number: int) -> None:
    found = wish(question)
    assert found is not None
    assert (found.number, found.about) == (number, "")


def test_a_number_that_is_none_of_an_article_is_a_name() -> None:
    assert wish("summarise 1984") == Wish(Asked.GIST, "1984", "en")


@pytest.mark.parametrize(
    ("said", "about", "number"),
    [("the bridge one", "bridge", 0), ("#3", "", 3), ("4", "", 4), ("about LeCun", "LeCun", 0)],
)
def test_a_name_is_understood_where_it_was_asked_for(said: str, about: str, number: int) -> None:
    found = named(said)
    assert found is not None
    assert (found.about, found.number) == (about, number)


@pytest.mark.parametrize("said", ["why did he leave?", "", "?!", "x" * 100])
def test_a_question_names_no_article(said: str) -> None:
    assert named(said) is None


@pytest.mark.parametrize(
    "question",
    [
        "anything new about Meta?",
        "what's new with LeCun?",
        "any news on the dam?",
        "Was gibt es Neues zu Meta?",
        "¿Qué hay de nuevo sobre Meta?",
        "что нового про Meta?",
        "Meta有什么新消息？",
    ],
)
def test_what_is_new_about_a_subject_is_a_question_for_the_latest(question: str) -> None:
    assert wish(question) is None
    assert wants_latest(question)


@given(st.text(max_size=LONGEST + 20))
def test_any_message_can_be_read(text: str) -> None:
    found = wish(text)
    assert found is None or len(text) <= LONGEST
    named(text)
