"""What every storage engine promises of questions, and of what people made of the answers."""

from __future__ import annotations

import dataclasses

from storage.asked import Pin, Vote
from storage.records import Proof, Question
from storage.store import Store
from tests.engines import new, save

ASKED = Question("main", "c1", "telegram:5", "Why?", True, place="telegram:-100")


async def test_a_question_comes_back_with_its_answer_and_proofs_in_their_order(
    engine: Store,
) -> None:
    (article,) = await save(engine, new("The roof leaks. The wall fell."))
    proofs = (Proof(article, 1, 16, 30), Proof(article, 1, 0, 15))
    asked = dataclasses.replace(ASKED, alone="Why the roof?", answer="Leaks. [1]", proofs=proofs)
    number = await engine.log_question(asked)
    found = await engine.question("main", number)
    assert found is not None
    assert dataclasses.replace(found, asked="") == asked
    assert await engine.question("other", number) is None
    assert await engine.question("main", number + 1) is None


async def test_an_article_that_is_erased_takes_along_what_answers_said_of_it(
    engine: Store,
) -> None:
    gone, stays = await save(engine, new("The roof leaks."), new("The wall fell."))
    numbers = [
        await engine.log_question(
            dataclasses.replace(ASKED, answer="It did. [1]", proofs=(Proof(article, 1, 0, 5),))
        )
        for article in (gone, stays)
    ]
    await engine.forget("main", gone, by="me")
    first, second = [await engine.question("main", number) for number in numbers]
    assert first is not None
    assert second is not None
    assert (first.answer, first.proofs, first.text) == ("", (), "Why?")
    assert (second.answer, len(second.proofs)) == ("It did. [1]", 1)


async def test_a_version_that_is_taken_back_takes_along_what_answers_said_of_it(
    engine: Store,
) -> None:
    (article,) = await save(engine, new("The roof leaks.", "https://a.example/"))
    await save(engine, new("The wall fell.", "https://a.example/"))
    numbers = [
        await engine.log_question(
            dataclasses.replace(
                ASKED, answer="It did. [1]", proofs=(Proof(article, version, 0, 5),)
            )
        )
        for version in (1, 2)
    ]
    await engine.undo("main", article, 2, by="me")
    answers = [question.answer for n in numbers if (question := await engine.question("main", n))]
    assert answers == ["It did. [1]", ""]


async def test_a_person_has_one_vote_and_the_last_one_counts(engine: Store) -> None:
    number = await engine.log_question(ASKED)
    assert await engine.vote("main", Vote(number, "telegram:5", up=False, reason="wrong"))
    assert await engine.vote("main", Vote(number, "telegram:6", up=True))
    assert await engine.vote("main", Vote(number, "telegram:5", up=True))
    votes = await engine.votes("main", number)
    assert {(each.person, each.up, each.reason) for each in votes} == {
        ("telegram:5", True, ""),
        ("telegram:6", True, ""),
    }


async def test_a_vote_on_another_librarys_question_is_none(engine: Store) -> None:
    number = await engine.log_question(ASKED)
    assert not await engine.vote("other", Vote(number, "telegram:5", up=True))
    assert not await engine.vote("main", Vote(number + 1, "telegram:5", up=True))
    assert await engine.votes("main", number) == []
    assert await engine.votes("other", number) == []


def pin(article: int, version: int = 1, question: str = "Why?") -> Pin:
    return Pin("main", question.lower(), question, "me", (Proof(article, version, 0, 5),))


async def test_a_pin_is_served_until_an_article_of_it_changes_and_again_when_it_changes_back(
    engine: Store,
) -> None:
    (article,) = await save(engine, new("The roof leaks.", "https://a.example/"))
    number = await engine.pin(pin(article))
    served = await engine.pinned("main", "why?")
    assert served is not None
    assert (served.id, served.question, served.proofs) == (number, "Why?", pin(article).proofs)
    assert await engine.pinned("other", "why?") is None
    assert await engine.pinned("main", "why") is None
    await save(engine, new("The wall fell.", "https://a.example/"))
    assert await engine.pinned("main", "why?") is None
    assert [each.changed for each in await engine.pins("main")] == [True]
    await engine.undo("main", article, 2, by="me")
    assert await engine.pinned("main", "why?") is not None
    await engine.forget("main", article, by="me")
    assert await engine.pins("main") == []


async def test_the_last_pin_of_a_question_counts(engine: Store) -> None:
    first, second = await save(engine, new("The roof leaks."), new("The wall fell."))
    await engine.pin(pin(first))
    await engine.pin(pin(first, question="When?"))
    await engine.pin(pin(second))
    listed = [(each.question, each.proofs[0].article) for each in await engine.pins("main")]
    assert listed == [("Why?", second), ("When?", first)]


async def test_a_pin_is_taken_away_in_its_own_library_alone(engine: Store) -> None:
    (article,) = await save(engine, new("The roof leaks."))
    number = await engine.pin(pin(article))
    assert await engine.unpin("other", number, by="me") is None
    gone = await engine.unpin("main", number, by="me")
    assert gone is not None
    assert gone.question == "Why?"
    assert await engine.unpin("main", number, by="me") is None
    assert await engine.pinned("main", "why?") is None


async def test_a_conversation_leads_to_any_of_its_questions(store: Store) -> None:
    async def asked(text: str, before: int | None = None) -> int:
        return await store.log_question(Question("main", "c", "p", text, True, before=before))

    async def led(upto: int = 0) -> list[str]:
        return [each.text for each in await store.conversation("main", "c", upto)]

    first = await asked("one")
    second = await asked("two")
    third = await asked("three", first)
    fourth = await asked("four")
    assert await led(first) == ["one"]
    assert await led(second) == ["one", "two"]
    assert await led(third) == ["one", "three"]
    assert await led(fourth) == await led() == ["one", "three", "four"]
    assert await led(9_999) == []
    assert await store.conversation("other", "c") == []
