"""What happened on a day: which day is asked for, what is told of it, and when nothing is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answering.dated import AskedDay, asked_day
from handlers.answering.days import Day, days
from handlers.answering.embed import Embedder
from handlers.embedding import EmbeddingWorker
from storage.store import Store
from tests.asking import asked, new

YEAR = """In Selm the year began with frost.

On 4 March the pier got a new roof. It was paid for by the town.

From 14 to 19 July the well ran dry.

In August a heat wave killed the roses. In November the oven of the inn went out."""
NOTES = """Quill keeps notes.

## 2.1 (2 May 2025)

- Folders may have a colour.

## 2.0 (9 October 2024)

- The settings moved to another place."""


@pytest.mark.parametrize(
    ("language", "question", "day", "beside"),
    [
        ("en", "what happened on November 19?", Day(11, 19), False),
        ("en", "what happened on november 19", Day(11, 19), False),
        ("en", "what happened on 2025-05-02?", Day(5, 2, 2025), False),
        ("en", "what changed in Quill on 2 May 2025?", Day(5, 2, 2025), True),
        ("en", "what happened in May?", Day(5, 0), False),
        ("en", "what happened in 1997?", Day(0, 0, 1997), False),
        ("de", "Was geschah am 12. Juni 1961 in Selm?", Day(6, 12, 1961), True),
        ("es", "¿Qué pasó el 1 de febrero?", Day(2, 1), False),
        ("fr", "Que s'est-il passé le 2 juillet 2023 ?", Day(7, 2, 2023), False),
        ("it", "Che cosa è successo il 6 gennaio?", Day(1, 6), False),
        ("pt", "O que aconteceu no dia 5 de julho?", Day(7, 5), False),
        ("ru", "Что случилось 23 марта 2024 года?", Day(3, 23, 2024), False),
        ("ar", "ماذا حدث في 2 أبريل؟", Day(4, 2), False),
        ("zh", "2024年6月18日发生了什么？", Day(6, 18, 2024), False),
        ("ja", "9月12日に何がありましたか？", Day(9, 12), False),
    ],
)
def test_a_question_asks_what_there_was_on_a_day(
    language: str, question: str, day: Day, beside: bool
) -> None:
    assert asked_day(question, language) == AskedDay(day, beside)


@pytest.mark.parametrize(
    "question",
    [
        "what happened to the logbooks on October 14?",
        "how much did the dockers earn in 2023?",
        "what may happen?",
        "what happened?",
        "what did the mayor do on 4 March?",
        "what happened between 4 March and 9 May?",
    ],
)
def test_a_day_that_is_only_a_detail_is_not_asked_for(question: str) -> None:
    assert asked_day(question, "en") is None


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "From 14 to 19 July it was hot.", Day(7, 16)),
        ("en", "July 14-19 was hot.", Day(7, 14)),
        ("de", "Vom 14. bis 19. Juli war es heiß.", Day(7, 19)),
        ("zh", "7月14日晚停电。", Day(7, 14)),
        ("en", "It was 14/07/2024.", Day(7, 14)),
        ("en", "On 14 July 2024 it was hot.", Day(7, 0)),
        ("en", "On 14 July 2024 it was hot.", Day(0, 0, 2024)),
    ],
)
def test_a_text_names_the_days_of_a_span_and_of_any_writing(
    language: str, text: str, day: Day
) -> None:
    assert any(day.is_met(told) for told in days(text, language))


@pytest.mark.parametrize("day", [Day(7, 20), Day(6, 14), Day(7, 14, 2023), Day(0, 0, 2023)])
def test_another_day_or_year_is_not_met(day: Day) -> None:
    assert not any(day.is_met(told) for told in days("On 14 July 2024 it was hot.", "en"))


@given(st.text(max_size=80), st.sampled_from(["en", "de", "zh", "ar", "xx"]))
def test_any_text_can_be_looked_through_for_days(text: str, language: str) -> None:
    asked_day(text, language)
    assert all(0 <= each.month <= 12 for each in days(text, language))


@pytest.fixture
async def library(store: Store, embedder: Embedder) -> Store:
    articles = [
        new("The Year in Selm", YEAR, "en"),
        new("Notes on Quill", NOTES, "en"),
        new(
            "Council Votes on the Inn",
            "The council of Selm sold the inn.",
            "en",
            published="2024-12-06",
        ),
    ]
    await store.save("main", articles, [], source="test", by="test")
    await EmbeddingWorker(store, embedder).drain()
    return store


@pytest.mark.parametrize(
    ("question", "proof"),
    [
        ("what happened on March 4?", "a new roof"),
        ("what happened on 16 July?", "the well ran dry"),
        ("what happened in Selm in August?", "killed the roses"),
        ("what changed in Quill on 9 October 2024?", "The settings moved"),
        ("What happened in Selm on 6 December 2024?", "sold the inn"),
    ],
)
async def test_what_is_told_of_a_day_leads(
    library: Store, embedder: Embedder, question: str, proof: str
) -> None:
    answer = await asked(library, embedder, question)
    assert answer.answered
    assert proof in answer.sources[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "what happened on November 19?",
        "what happened in Selm on 5 March?",
        "what happened in Selm in 1987?",
        "what changed in Quill on 2 May 2019?",
    ],
)
async def test_a_day_of_which_nothing_is_told_gets_an_honest_no(
    library: Store, embedder: Embedder, question: str
) -> None:
    assert not (await asked(library, embedder, question)).answered


async def test_a_day_that_is_only_a_detail_refuses_nothing(
    library: Store, embedder: Embedder
) -> None:
    answer = await asked(library, embedder, "who paid for the new roof of the pier in March 2024?")
    assert "paid for by the town" in "".join(each.quote for each in answer.sources)
