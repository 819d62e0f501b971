"""What a question asks for, in several languages, and sentences that point back."""

import pytest

from handlers.answering.pointing import antecedent, items_after, points_back
from handlers.answering.question import Asks, asks, asks_money, brings, looks_like
from handlers.blocks import blocks
from handlers.sentences import sentences

ASKED = {
    "why did the mill close?": Asks.WHY,
    "What caused the delay?": Asks.WHY,
    "Warum wurde die Brücke gesperrt?": Asks.WHY,
    "¿Por qué cerró el molino?": Asks.WHY,
    "为什么工厂关闭了": Asks.WHY,
    "почему закрыли мост?": Asks.WHY,
    "when does the ferry leave": Asks.WHEN,
    "In which year was it built?": Asks.WHEN,
    "Quand le pont a-t-il rouvert ?": Asks.WHEN,
    "橋はいつ開いたのか": Asks.WHEN,
    "how many people came?": Asks.NUMBER,
    "Wie viele Bäume fielen?": Asks.NUMBER,
    "who won the race?": Asks.WHO,
    "谁赢了比赛？": Asks.WHO,
    "tell me about the mill": Asks.OTHER,
    "how many people know who built it?": Asks.NUMBER,
}


@pytest.mark.parametrize(("question", "kind"), ASKED.items())
def test_a_question_is_read_by_the_word_that_asks(question: str, kind: Asks) -> None:
    assert asks(question) is kind


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How much money did Ida Krohn raise?", "en"),
        ("how much did the new pier in Brack cost?", "en"),
        ("Was kostet der Pier?", "de"),
        ("¿Cuánto costó el muelle?", "es"),
        ("Сколько стоит билет?", "ru"),
        ("码头花了多少钱？", "zh"),
        ("チケットはいくらですか", "ja"),
    ],
)
def test_a_question_for_money_asks_for_a_number_that_is_money(question: str, language: str) -> None:
    assert asks_money(question, language)
    assert asks(question, language) is Asks.NUMBER
    assert not brings(Asks.NUMBER, "Some 600 people came.", "en", question)
    for sum_of_money in ("It cost 4.2 million euros.", "She raised 300,000.", "一共花了八百元。"):
        assert brings(Asks.NUMBER, sum_of_money, "en", question)


@pytest.mark.parametrize("question", ["how much snow fell?", "what does the mill make?"])
def test_another_question_asks_for_no_money(question: str) -> None:
    assert not asks_money(question, "en")


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        (Asks.WHY, "It closed because the roof leaked.", "It stood by the river."),
        (Asks.WHY, "Wegen der Flut fiel der Markt aus.", "Der Markt war voll."),
        (Asks.WHEN, "It opened on 4 March 1998.", "It opened with music."),
        (Asks.WHEN, "El puente abrió en enero.", "El puente es largo."),
        (Asks.NUMBER, "Some 300 people came.", "Many people came."),
        (Asks.WHO, "The prize went to Ada Quill.", "The prize went to nobody."),
    ],
)
def test_a_sentence_looks_like_an_answer_to_its_kind(kind: Asks, yes: str, no: str) -> None:
    assert looks_like(kind, yes)
    assert not looks_like(kind, no)


@pytest.mark.parametrize(
    "sentence",
    [
        "These delays cost the town its market.",
        "“Those losses were too much.”",
        "For this reason the ferry was sold.",
        "Both decisions angered the crew.",
        "Aus diesen Gründen wurde gewählt.",
        "Estas medidas no bastaron.",
        "这些问题迫使他离开。",
        "Эти решения стоили ему поста.",
    ],
)
def test_a_sentence_that_points_back_is_seen(sentence: str) -> None:
    assert points_back(sentence)


@pytest.mark.parametrize(
    "sentence", ["This year the ferry was sold.", "Thesis work began.", "The delays were long."]
)
def test_a_sentence_that_stands_alone_is_left_alone(sentence: str) -> None:
    assert not points_back(sentence)


def _pointing(text: str, beginning: str) -> list[str]:
    every = blocks(text)
    for block in every:
        for sentence in sentences(text, block, "en"):
            if sentence.of(text).startswith(beginning):
                return [each.of(text) for each in antecedent(text, sentence, every, "en")]
    raise AssertionError(f"no sentence begins with {beginning!r}")


def test_pointing_back_brings_the_whole_list_that_stands_before() -> None:
    text = "## Trouble\n\nTwo:\n\n- The roof leaked.\n- The miller died.\n\nThese blows closed it."
    assert _pointing(text, "These") == ["The roof leaked.", "The miller died."]


def test_pointing_back_inside_a_paragraph_brings_the_sentence_before() -> None:
    assert _pointing("It rained. The roof leaked. This closed the mill.", "This") == [
        "The roof leaked."
    ]


def test_pointing_back_does_not_reach_over_a_heading() -> None:
    assert _pointing("The roof leaked.\n\n## Later\n\nThis closed the mill.", "This") == []


def test_a_sentence_that_introduces_a_list_brings_its_items() -> None:
    text = "The council wants:\n\n- a bridge\n- a school\n\nNobody else does."
    every = blocks(text)
    lead = sentences(text, every[0], "en")[0]
    assert [each.of(text) for each in items_after(lead, every)] == ["a bridge", "a school"]
