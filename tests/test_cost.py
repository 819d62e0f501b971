"""What answers take of a model: counted, priced, kept, and limited a day by person and chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers import phrases
from handlers.access import Access
from handlers.answering.breaker import FAULTS
from handlers.answering.meter import Meter
from handlers.answering.model import Limits, Model
from handlers.answering.retrieve import Retriever
from handlers.ask import ask
from handlers.budget import Budget, Prices
from handlers.library import status
from handlers.messages import Answer, Notice, Person, Place, Request, Usage
from handlers.reading.chunk import chunk as passages
from storage.records import NewArticle, Question
from storage.store import Store
from tests.fakes.openai_server import OpenAIServer, chunk, event, head, openai_server, sends

MILL = "The mill at Ostley closed in March 2019 after 140 years."
SAID = "The mill at Ostley closed in March 2019 [1]."
USED = event({"choices": [], "usage": {"prompt_tokens": 900, "completion_tokens": 100}})
BEN, CORA = Person("telegram:5"), Person("telegram:6")
HERE, THERE = Place("telegram:-1", private=False), Place("telegram:-2", private=False)
PRICES = Prices(sent=2.0, received=10.0)


@pytest.fixture
async def library(store: Store) -> Store:
    article = NewArticle("The Mill", MILL, "en", passages(MILL, "en"))
    await store.save("main", [article], [], source="s", by="me")
    return store


@pytest.fixture
async def server() -> AsyncIterator[OpenAIServer]:
    script = sends(head(), chunk(SAID), chunk(None, "stop"), USED)
    async with openai_server(script) as served:
        yield served


@pytest.fixture
async def model(server: OpenAIServer) -> AsyncIterator[Model]:
    made = Model(server.base_url, None, "tiny", Limits(total=5, gap=2))
    yield made
    await made.close()


async def asked(
    store: Store, model: Model, budget: Budget, person: Person = BEN, place: Place = HERE
) -> Answer:
    request = Request("ask", "When did the mill close?", person, place, library="main")
    replies = ask(
        request,
        store=store,
        retriever=Retriever(store, None),
        embedder=None,
        model=model,
        budget=budget,
    )
    last = [each async for each in replies][-1]
    assert isinstance(last, Answer)
    assert last.sources[0].quote == MILL
    return last


async def test_an_answer_says_what_it_took_and_that_is_kept_with_its_question(
    library: Store, model: Model
) -> None:
    answer = await asked(library, model, Budget(library, PRICES))
    assert answer.usage == Usage(900, 100, estimated=False, cost=0.0028)
    kept = await library.question("main", 1)
    assert kept is not None
    assert (kept.sent, kept.received, kept.estimated, kept.cost) == (900, 100, False, 0.0028)


async def test_who_has_used_up_a_day_gets_the_articles_own_words_and_one_sentence_why(
    library: Store, model: Model, server: OpenAIServer
) -> None:
    budget = Budget(library, person=1_500)
    modes = [(await asked(library, model, budget)).mode for _ in range(2)]
    third = await asked(library, model, budget)
    assert [*modes, third.mode] == ["model", "model", "extractive"]
    assert third.note == phrases.BUDGET_OF_PERSON
    assert third.usage is None
    assert (await asked(library, model, budget, CORA)).mode == "model"
    assert len(server.requests) == 3


async def test_a_chat_that_has_used_up_a_day_gets_them_too_and_others_do_not(
    library: Store, model: Model
) -> None:
    budget = Budget(library, chat=1_000)
    assert (await asked(library, model, budget)).mode == "model"
    second = await asked(library, model, budget, CORA)
    assert (second.mode, second.note) == ("extractive", phrases.BUDGET_OF_CHAT)
    assert (await asked(library, model, budget, CORA, THERE)).mode == "model"


async def test_the_next_day_begins_anew(library: Store, model: Model) -> None:
    now = datetime.now(UTC)
    await asked(library, model, Budget(library))
    today = Budget(library, person=1, clock=lambda: now)
    tomorrow = Budget(library, person=1, clock=lambda: now + timedelta(days=1))
    assert (await asked(library, model, today)).mode == "extractive"
    assert (await asked(library, model, tomorrow)).mode == "model"


async def test_spending_is_counted_by_day_person_and_place(library: Store) -> None:
    asked_ = Question("main", "c", "a", "Why?", True, "2026-05-02T10:00:00+00:00", place="p")
    for question in (
        replace(asked_, sent=10, received=1, cost=0.5),
        replace(asked_, sent=20, received=2, cost=0.25, person="b", estimated=True),
        replace(asked_, sent=40, received=4, place="q"),
        replace(asked_, sent=80, received=8, asked="2026-05-01T23:59:59+00:00"),
        asked_,
    ):
        await library.log_question(question)
    every = await library.spent("2026-05-02")
    assert (every.answers, every.sent, every.received, every.cost) == (3, 70, 7, 0.75)
    assert every.estimated
    mine = await library.spent("2026-05-02", person="a")
    assert (mine.answers, mine.sent, mine.estimated) == (2, 50, False)
    assert (await library.spent("2026-05-02", person="a", place="p")).sent == 10
    assert (await library.spent("2026-06-01")).answers == 0


def test_an_estimate_goes_by_the_bytes_of_what_was_sent_and_came_back() -> None:
    meter = Meter()
    meter.guess(["four", "日本"], 9)
    assert (meter.sent, meter.received, meter.estimated) == (3, 3, True)


async def told(store: Store, model: Model | None, person: Person, budget: Budget) -> str:
    request = Request("status", "", person, HERE, library="main")
    access = Access(store, owners=["telegram:1"])
    replies = status(request, store=store, access=access, embedder="", model=model, budget=budget)
    last = [each async for each in replies][-1]
    assert isinstance(last, Notice)
    return last.text


async def test_status_tells_owners_what_today_took_and_others_only_that_a_model_writes(
    library: Store, model: Model
) -> None:
    budget = Budget(library, PRICES)
    await asked(library, model, budget)
    mine = await told(library, model, Person("telegram:1"), budget)
    assert "1 answer by it, 900 tokens sent and 100 received" in mine
    assert "cost 0.0028" in mine
    theirs = await told(library, model, BEN, budget)
    assert phrases.MODEL_WORKS in theirs
    assert "900" not in theirs
    unpriced = await told(library, model, Person("telegram:1"), Budget(library))
    assert "cost" not in unpriced
    assert phrases.MODEL_NONE in await told(library, None, BEN, budget)


async def test_status_says_when_the_model_rests_and_for_how_long(
    library: Store, model: Model
) -> None:
    for _ in range(FAULTS):
        model.breaker.failed()
    resting = await told(library, model, BEN, Budget(library))
    assert f"rests after {FAULTS} faults in a row" in resting
    assert "30 s" in resting
    model.breaker.succeeded()
    assert phrases.MODEL_WORKS in await told(library, model, BEN, Budget(library))
