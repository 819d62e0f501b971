"""A message that asks several things is told apart; one that only looks so is left whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answering.parts import LONGEST, MOST, by_itself, parts_of
from handlers.answering.words import words

ROWS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "questions" / "two.json").read_text(encoding="utf-8")
)
PIECES = st.sampled_from(
    [
        "why",
        "Who",
        "?",
        "？",
        "? ",
        "\n",
        " and ",
        " und ",
        "'",
        '"',
        "“",
        "”",
        "1. ",
        "the bell",
        "谁",
    ]
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["message"])
def test_a_message_has_as_many_questions_as_it_asks(row: dict[str, Any]) -> None:
    assert len(parts_of(row["message"])) == len(row["parts"])


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("Who sang? Who danced at the fair?", ("Who sang?", "Who danced at the fair?")),
        ("Who closed the mill?Why?", ("Who closed the mill?Why?",)),
        ("谁关了磨坊?为什么?", ("谁关了磨坊?", "为什么?")),
        ("متى أغلق الجسر؟ ولماذا أغلق؟", ("متى أغلق الجسر؟", "ولماذا أغلق؟")),
        ("Dove è il ponte? E quando riapre?", ("Dove è il ponte?", "E quando riapre?")),
        ("Quem fechou a ponte? Por quê?", ("Quem fechou a ponte?", "Por quê?")),
        (
            "橋はいつ閉まりましたか？誰が閉めましたか？",
            ("橋はいつ閉まりましたか？", "誰が閉めましたか？"),
        ),
        ("日本の首都は？人口は？", ("日本の首都は？", "人口は？")),
        ("磨坊是谁的？价格呢？", ("磨坊是谁的？", "价格呢？")),
        ("- why did it burn\n- who saw it burn", ("why did it burn", "who saw it burn")),
        (
            "Did anybody die in the flood? Is the dam repaired by now?",
            ("Did anybody die in the flood?", "Is the dam repaired by now?"),
        ),
        (
            "Who runs the mill at Ostley, and when did it close",
            ("Who runs the mill at Ostley", "and when did it close"),
        ),
    ],
)
def test_questions_are_given_in_their_words(message: str, parts: tuple[str, ...]) -> None:
    assert parts_of(message) == parts


@pytest.mark.parametrize(
    "message",
    [
        "Who wrote 'Who's afraid?'",
        "Who wrote “Where is the sea? Who drank it?” in 1910?",
        "What does the song (who knows why?) tell of the bridge?",
        "Who wrote Where Are the Gulls? in the year of the flood?",
        "How and when did the bridge close?",
        "Who explained what happened and why it mattered?",
        "Is summer longer here? Or shorter?",
        "この地方の夏は長い？短い？",
        "特斯拉和哪一家公司合并？",
        "The mill burnt down? Why?",
        "why did the bridge\nclose last summer",
        "I read the piece about the mill.\nwhy did it close?",
        "Why? Who? When? Where did it close? What then?",
        "See https://mill.example/?who=what&why=1 and tell who owns it?",
        "",
        "???",
    ],
)
def test_what_only_looks_like_several_questions_is_left_whole(message: str) -> None:
    assert parts_of(message) == (message,)


def test_a_text_with_questions_in_it_is_no_list_of_questions() -> None:
    text = "Who rang the bell? " + "The tower stood empty for years. " * 20 + "Who rang it then?"
    assert len(text) > LONGEST
    assert parts_of(text) == (text,)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_nothing_that_was_said_is_lost_and_there_are_never_too_many(message: str) -> None:
    parts = parts_of(message)
    assert 1 <= len(parts) <= MOST
    left = [word for part in parts for word in words(part) if word != "1"]
    assert left == [word for word in words(message) if word != "1"]


@pytest.mark.parametrize(
    ("part", "alone"),
    [
        ("and who is Mona Lisa?", "Who is Mona Lisa?"),
        ("und wer malte sie?", "Wer malte sie?"),
        ("Andes: who lives there?", "Andes: who lives there?"),
        ("and", "and"),
    ],
)
def test_a_part_that_is_named_stands_by_itself(part: str, alone: str):
    assert by_itself(part) == alone
