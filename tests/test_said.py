"""Who said what: whose words a question asks for, which sentences are theirs, and what leads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.samples import FOLDER
from handlers.answering.embed import Embedder
from handlers.answering.said import heard
from handlers.answering.speaker import Speaker, speaker
from handlers.embedding import EmbeddingWorker
from handlers.reading.clean import clean
from storage.store import Store
from tests.asking import asked, new

PIER = """The pier of Selm will be rebuilt. Ida Krohn founded the fund for the pier in 2019, and the
pier has a new roof since Krohn sold her boat for it.

Mayor Olaf Brun, a former carpenter, warned that oak is dear. "We will pay for pine," he added.

"Nobody dances on concrete," said Krohn. She hopes for oak.

Krohn and Brun went to school together. According to Brun the pier opens in May."""
TALK = """# The last smith

Reporter: People say that your forge is too loud. Is it?

Rosa Hult: My neighbours sleep well.

I asked each of them.

Reporter: The anvil goes to a museum.

Hult: It was never mine.

The forge closes in June."""


def told(text: str, question: str, language: str = "en") -> list[str]:
    who = speaker(question, language)
    assert who
    return [text[each.start : each.end] for each in heard(text, language, who)]


@pytest.mark.parametrize(
    ("language", "question", "named"),
    [
        ("en", "what did Ida Krohn say about the pier?", "krohn"),
        ("en", "What does Krohn want?", "krohn"),
        ("en", "how did Krohn react to the plan?", "krohn"),
        ("en", "according to Krohn, what is wrong with pine?", "krohn"),
        ("en", "quote Ida Krohn on oak", "krohn"),
        ("en", "What is Krohn's opinion of pine?", "krohn"),
        ("en", "what did the mayor of Selm promise?", "mayor"),
        ("de", "Was sagt Krohn zum Steg?", "krohn"),
        ("de", "Was hat Ida Krohn über den Steg gesagt?", "krohn"),
        ("es", "¿Qué dijo Krohn sobre el muelle?", "krohn"),
        ("fr", "Que dit Ida Krohn de la jetée ?", "krohn"),
        ("fr", "Qu'est-ce que Krohn a dit de la jetée ?", "krohn"),
        ("it", "Che cosa ha detto Krohn del molo?", "krohn"),
        ("pt", "O que disse Krohn sobre o cais?", "krohn"),
        ("pt", "O que Krohn disse sobre o cais?", "krohn"),
        ("nl", "Wat zei Krohn over de pier?", "krohn"),
        ("ru", "Что сказала Крон о причале?", "крон"),
        ("ar", "ماذا قال الكرمي عن الجسر؟", "الكرمي"),
        ("zh", "克朗对码头说了什么？", "克朗"),
        ("ja", "倉田さんは桟橋について何と言いましたか？", "倉田"),
    ],
)
def test_a_question_names_whose_words_it_wants(language: str, question: str, named: str) -> None:
    who = speaker(question, language)
    assert who
    assert who.names == (named,)


@pytest.mark.parametrize(
    "question",
    [
        "why did the mill close?",
        "what did she say about it?",
        "what is oak?",
        "who built the pier?",
    ],
)
def test_another_question_wants_nobodys_words(question: str) -> None:
    assert speaker(question, "en") is None


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "what is the smith called?"),
        ("en", "according to the article, what is oak?"),
        ("de", "Was schreibt das Gesetz vor?"),
        ("de", "Wie nennt man den Steg?"),
        ("es", "¿Cuál es el segundo muelle que se añadió?"),
        ("ja", "倉田さんは何を見て育った？"),
        ("zh", "整数以什么方式表示？"),
    ],
)
def test_how_a_thing_is_called_or_what_a_rule_sets_is_nobodys_words(
    language: str, question: str
) -> None:
    assert speaker(question, language) is None


def test_what_is_told_of_somebody_is_not_said_by_them() -> None:
    assert told(PIER, "what did Krohn say about the pier?") == [
        '"Nobody dances on concrete," said Krohn.',
        "She hopes for oak.",
    ]


def test_whoever_holds_an_office_speaks_under_their_name_too() -> None:
    assert told(PIER, "what did the mayor say?") == [
        "Mayor Olaf Brun, a former carpenter, warned that oak is dear.",
        '"We will pay for pine," he added.',
        "According to Brun the pier opens in May.",
    ]


def test_in_a_talk_a_turn_is_its_labels_and_ends_with_the_talk() -> None:
    assert told(TALK, "what does Hult say about the forge?") == [
        "Rosa Hult: My neighbours sleep well.",
        "I asked each of them.",
        "Hult: It was never mine.",
    ]


def test_a_turn_is_about_what_it_was_asked() -> None:
    who = speaker("what does Hult say about the anvil?", "en")
    assert who
    about = {TALK[each.start : each.end]: each.about for each in heard(TALK, "en", who)}
    assert about["Hult: It was never mine."] > about["Rosa Hult: My neighbours sleep well."]


def test_a_label_that_says_answer_is_whoever_is_asked() -> None:
    text = TALK.replace("Reporter:", "Q:").replace("Rosa Hult:", "A:").replace("Hult:", "A:")
    text = f"Rosa Hult is the last smith of Selm.\n\n{text}"
    assert told(text, "what does Hult say about the anvil?")[-1] == "A: It was never mine."


@pytest.mark.parametrize(
    ("language", "question", "text", "said"),
    [
        (
            "de",
            "Was sagt Hult zur Esse?",
            "Die Wirtin Ida Brun lobt Rosa Hult. „Sie ist laut“, so Hult.",
            1,
        ),
        ("fr", "Que dit Hult ?", "Rosa Hult est là. Pour elle, la forge est belle.", 1),
        ("es", "¿Qué dijo Hult?", "Hult nació en Selm. —No la vendo —respondió Rosa Hult.", 1),
        ("ru", "Что сказал Зорин?", "— Кузница моя, — сказал Пётр Зорин. Зорин родился тут.", 0),
        ("zh", "何青对铁匠铺说了什么？", "何青生于云溪。何青说：“我不卖。”", 1),
        (
            "ja",
            "倉田さんは何と言いましたか？",
            "倉田さんは島で育った。倉田さんは「売らない」と話した。",
            1,
        ),
        ("ar", "ماذا قال الكرمي؟", "ولد الكرمي في المدينة. قال الكرمي إن الجسر جميل.", 1),
    ],
)
def test_words_are_told_from_deeds_in_other_languages(
    language: str, question: str, text: str, said: int
) -> None:
    who = speaker(question, language)
    assert who
    spans = [(each.start, each.end) for each in heard(text, language, who)]
    middle = text.index(" ") if said == 0 else len(text) - 2
    assert len(spans) == 1
    assert spans[0][0] <= middle < spans[0][1]


async def test_a_question_of_what_somebody_said_is_led_by_their_words(
    store: Store, embedder: Embedder
) -> None:
    articles = [new("The Pier of Selm", PIER, "en"), new("The Last Smith", TALK, "en")]
    await store.save("main", articles, [], source="test", by="test")
    await EmbeddingWorker(store, embedder).drain()
    pier = await asked(store, embedder, "what did Ida Krohn say about concrete?")
    assert pier.sources[0].quote.startswith('"Nobody dances on concrete," said Krohn.')
    loud = await asked(store, embedder, "what does Rosa Hult say about the loud forge?")
    assert loud.sources[0].quote.startswith("Rosa Hult: My neighbours sleep well.")
    founded = await asked(store, embedder, "when did Ida Krohn found the fund for the pier?")
    assert "2019" in founded.sources[0].quote


async def test_reasons_told_of_somebody_do_not_lead_what_they_said(
    store: Store, embedder: Embedder
) -> None:
    text = (FOLDER / "01-lecun-leaves-meta.txt").read_text(encoding="utf-8")
    articles, _ = clean(text)
    every = [new(each.title, each.text, each.language) for each in articles]
    await store.save("main", every, [], source="test", by="test")
    await EmbeddingWorker(store, embedder).drain()
    answer = await asked(store, embedder, "what did LeCun say about the new company?")
    assert "told his followers that he will leave" in answer.sources[0].quote
    assert "stricter rules" not in answer.sources[0].quote
    why = await asked(store, embedder, "why did LeCun leave Meta?")
    assert "stricter rules" in why.sources[0].quote


@given(st.text(max_size=120), st.sampled_from(["en", "de", "ru", "zh", "ja", "ar", "xx"]))
def test_whatever_a_text_is_its_sentences_are_someones_or_nobodys(text: str, language: str) -> None:
    who = Speaker(("krohn",), ("pier",), is_office=False)
    whole = f"Krohn: {text}\n\n„{text}“, said Krohn. {text}"
    found = heard(whole, language, who, ((0, 40),))
    assert all(0 <= each.start < each.end <= len(whole) for each in found)
    speaker(text, language)
