"""Of a message that asks several things each gets its own answer, or its own no."""

from __future__ import annotations

import dataclasses

from handlers import phrases
from handlers.answering.candidates import Candidate
from handlers.answering.embed import Embedder
from handlers.answering.model import Limits, Model
from handlers.answering.quotes import Claim, Quote
from handlers.answering.retrieve import Retriever
from handlers.answering.several import CHARACTERS, QUOTES, shared
from handlers.ask import ask
from handlers.messages import Answer, Person, Place, Request
from handlers.pin import pin
from storage.records import Passage
from storage.store import Store
from tests.asking import asked, library, quotes
from tests.fakes.openai_server import openai_server, says

__all__ = ["library"]

CLOSED = "When did the mill at Ostley close?"
BOUGHT = "And how much did the town pay for the building?"
UNKNOWN = "Who won the 2018 World Cup?"


async def test_each_question_has_a_paragraph_in_the_order_asked(
    library: Store, embedder: Embedder
) -> None:
    answer = await asked(library, embedder, f"{CLOSED} {BOUGHT}")
    first, second = answer.text.split("\n\n")
    assert "March 2019" in first
    assert "85,000 crowns" in second
    turned = await asked(library, embedder, f"{BOUGHT.removeprefix('And ')} {CLOSED}")
    assert "85,000 crowns" in turned.text.split("\n\n")[0]


async def test_the_second_question_goes_on_from_the_first(
    library: Store, embedder: Embedder
) -> None:
    answer = await asked(library, embedder, "Who is the captain of the ferry? Why does she sail?")
    assert "Oona Brisk" in quotes(answer)
    answer = await asked(library, embedder, "When did the mill at Ostley close? And why?")
    assert "March 2019" in quotes(answer)
    assert "These blows" in quotes(answer)


async def test_a_question_that_the_library_lacks_is_named(
    library: Store, embedder: Embedder
) -> None:
    for message, place in ((f"{CLOSED} {UNKNOWN}", 1), (f"{UNKNOWN} {CLOSED}", 0)):
        answer = await asked(library, embedder, message)
        assert answer.answered
        assert answer.text.split("\n\n")[place] == phrases.not_told(UNKNOWN)
        assert "March 2019" in answer.text.split("\n\n")[1 - place]


async def test_where_none_is_answered_there_is_one_no_and_one_gap(
    library: Store, embedder: Embedder
) -> None:
    message = f"{UNKNOWN} What is the capital of Mongolia?"
    answer = await asked(library, embedder, message)
    assert answer.text == phrases.NO_ANSWER
    assert answer.nearest
    assert [each.text for each in await library.gaps("main", 9)] == [message]


async def test_the_message_is_one_question_of_its_conversation_and_what_it_lacks_is_a_gap(
    library: Store, embedder: Embedder
) -> None:
    answer = await asked(library, embedder, f"{CLOSED} {UNKNOWN}")
    (logged,) = await library.conversation("main", answer.conversation)
    assert (logged.text, logged.answered) == (f"{CLOSED} {UNKNOWN}", True)
    assert logged.id == answer.number
    assert [each.text for each in await library.gaps("main", 9)] == [UNKNOWN]


async def test_in_a_talk_that_nobody_meant_for_the_bot_nothing_becomes_a_gap(
    library: Store, embedder: Embedder
) -> None:
    request = Request("ask", f"{CLOSED} {UNKNOWN}", Person("a"), Place("b"), library="main")
    request = dataclasses.replace(request, unasked=True)
    retriever = Retriever(library, embedder)
    replies = ask(request, store=library, retriever=retriever, embedder=embedder, model=None)
    last = [reply async for reply in replies][-1]
    assert isinstance(last, Answer)
    assert last.answered
    assert await library.gaps("main", 9) == []


async def test_a_pin_answers_the_whole_message(library: Store, embedder: Embedder) -> None:
    message = f"{CLOSED} {BOUGHT}"
    request = Request(
        "pin", f"{message} | The price of rye rose by 60 percent.", Person("o"), Place("p")
    )
    request = dataclasses.replace(request, library="main")
    retriever = Retriever(library, embedder)
    async for _ in pin(request, store=library, retriever=retriever, embedder=embedder):
        pass
    answer = await asked(library, embedder, message)
    assert quotes(answer) == "The price of rye rose by 60 percent."


async def test_a_model_gets_the_whole_message_and_passages_to_each_question(
    library: Store, embedder: Embedder
) -> None:
    message = f"{CLOSED} Warum wird die Brücke gesperrt?"
    async with openai_server(says("The mill at Ostley closed in March 2019 [1].")) as server:
        model = Model(server.base_url, None, "tiny", Limits(total=5, gap=2))
        answer = await asked(library, embedder, message, model=model)
        await model.close()
    told = str(server.requests[-1]["messages"])
    assert message in told
    assert "March" in told
    assert "Pfeiler" in told
    assert answer.text == "The mill at Ostley closed in March 2019. [1]"


def claim(start: int, length: int) -> Claim:
    passage = Passage(1, 1, 1, "Title", "", 0, 5000, "x" * 5000)
    candidate = Candidate(passage, None, None, None, "en", 1.0, 1.0, 1.0)
    return Claim("x" * length, (Quote(candidate, start, start + length),))


def test_first_claims_are_shown_whatever_there_is_and_others_while_there_is_room() -> None:
    long = [[claim(0, 600), claim(700, 90)], [claim(1000, 600), claim(1700, 90)]]
    assert [len(each) for each in shared(long)] == [1, 1]
    short = [[claim(n, 9) for n in range(0, 90, 10)], [claim(n, 9) for n in range(500, 590, 10)]]
    kept = shared(short)
    assert [len(each) for each in kept] == [3, 2]
    assert sum(map(len, kept)) == QUOTES
    assert CHARACTERS >= 5 * 9


def test_a_claim_that_another_holds_whole_is_told_with_that() -> None:
    assert shared([[claim(10, 50)], [claim(0, 100)]]) == [(), (claim(0, 100),)]


def test_what_one_question_has_shown_is_not_shown_to_the_next() -> None:
    assert shared([[claim(0, 100)], [claim(10, 50), claim(200, 50)]]) == [
        (claim(0, 100),),
        (claim(200, 50),),
    ]
