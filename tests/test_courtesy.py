"""Greetings get the help, thanks get peace, and what asks for something is a question."""

from __future__ import annotations

import pytest

from handlers.courtesy import is_greeting, is_pointing, is_storing, is_thanks


@pytest.mark.parametrize(
    "text", ["hello", "Hi!", "¿Qué puedes hacer?", "안녕하세요", "привет", "你好", "?", "??"]
)
def test_a_greeting_is_one(text: str) -> None:
    assert is_greeting(text)
    assert not is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "thanks!",
        "Thanks 🙏",
        "merci !",
        "谢谢",
        "danke schön",
        "ok",
        "thx bro",
        "lol",
        "haha",
        "😀",
        "👍👍",
    ],
)
def test_thanks_are_thanks(text: str) -> None:
    assert is_thanks(text)
    assert not is_greeting(text)


@pytest.mark.parametrize(
    "text",
    [
        "hello, who won?",
        "helping hands",
        "great britain",
        "super bowl",
        "nice?",
        "lol?",
        "1984",
        "haha why",
        "",
    ],
)
def test_a_question_is_neither(text: str) -> None:
    assert not is_greeting(text)
    assert not is_thanks(text)


@pytest.mark.parametrize("text", ["", "^", "👆", "this", "please answer this", "das bitte", "これ"])
def test_what_only_points_at_a_message_is_a_pointer(text: str) -> None:
    assert is_pointing(text)


@pytest.mark.parametrize("text", ["why?", "is this true", "what is that mill"])
def test_a_question_is_no_pointer(text: str) -> None:
    assert not is_pointing(text)


@pytest.mark.parametrize("text", ["save this", "please add it", "speicher das bitte", "保存して"])
def test_what_asks_to_store_a_message_is_told_from_what_points_at_it(text: str) -> None:
    assert is_storing(text)
    assert not is_pointing(text)
    assert not is_storing(f"{text} for how long?")
