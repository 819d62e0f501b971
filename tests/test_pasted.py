"""Alone with the bot, an article that is pasted is stored and a question is answered."""

from __future__ import annotations

import pytest

from bot.pasted import is_handed_over

SENTENCE = "The ferry of Port Vane was sold on Monday to a company from Ostley, for three pounds."
ARTICLE = f"Port Vane sells its ferry\n\n{SENTENCE} {SENTENCE}\n\n{SENTENCE} {SENTENCE}\n{SENTENCE}"


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        "https://example.org/ferry",
        "https://a.example/1\nhttps://a.example/2",
        "word " * 500,
    ],
)
def test_an_article_a_link_and_a_very_long_text_are_handed_over(text: str) -> None:
    assert is_handed_over(text)


@pytest.mark.parametrize(
    "text",
    [
        "why was the ferry sold?",
        f"{SENTENCE} " * 6,
        f"{ARTICLE}\nSo who will run it at night?",
        f"Is this true?\n{ARTICLE}",
        "one\ntwo\nthree",
    ],
)
def test_what_is_asked_is_not(text: str) -> None:
    assert not is_handed_over(text)
