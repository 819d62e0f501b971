"""A question that goes on from the one before is read with it; one that stands alone is not."""

from __future__ import annotations

import pytest

from handlers.answering.followup import stand_alone
from storage.records import Question, Turn
from storage.store import Store

BEFORE = "Why did the mill at Ostley close?"


async def read(store: Store, question: str) -> str:
    await store.log_question(Question("main", "c", "p", BEFORE, True))
    return await stand_alone(store, "main", Turn("c"), question)


@pytest.mark.parametrize(
    "question",
    [
        "and when?",
        "when was that?",
        "who bought it?",
        "how many people worked there?",
        "why?",
        "Und wann?",
        "¿y cuándo?",
        "那什么时候？",
        "а когда?",
    ],
)
async def test_what_goes_on_is_read_with_the_question_before(store: Store, question: str) -> None:
    assert await read(store, question) == f"{BEFORE} {question}"


@pytest.mark.parametrize(
    "question",
    [
        "when do tickets go on sale?",
        "why is the glass bridge closed?",
        "who is Oona Brisk?",
        "how much is a seat?",
        "Wie viele Brote verkauft der Bäcker?",
        "采茶工一天的工资是多少？",
        "how long did the storm in the northern valleys last and what did it cost the farmers?",
    ],
)
async def test_what_stands_alone_is_read_alone(store: Store, question: str) -> None:
    assert await read(store, question) == question


async def test_without_a_conversation_nothing_is_added(store: Store) -> None:
    assert await stand_alone(store, "main", Turn(""), "and when?") == "and when?"
    assert await stand_alone(store, "main", Turn("unknown"), "and when?") == "and when?"
