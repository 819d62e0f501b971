"""What every storage engine promises of questions that people wait for an answer to."""

from __future__ import annotations

import dataclasses

import numpy as np

from storage.asked import Follow
from storage.records import Question
from storage.store import Store
from tests.engines import E5, new, save

WAITS = Follow(
    "main", "And when?", "Why? And when?", "telegram:5", "Ben", "telegram:-1", "3/7", False
)


async def test_what_is_followed_is_looked_at_when_its_library_gets_passages(engine: Store) -> None:
    number = await engine.follow(WAITS)
    assert await engine.unchecked() == []
    await save(engine, new("The roof leaks."), library="other")
    assert await engine.unchecked() == []
    await save(engine, new("The wall fell."))
    (follow,) = await engine.unchecked()
    assert dataclasses.replace(follow, newest=0) == dataclasses.replace(WAITS, id=number)
    await engine.checked(follow, due=False)
    assert await engine.unchecked() == []
    await save(engine, new("The door opens."))
    assert [each.id for each in await engine.unchecked()] == [number]


async def test_what_is_due_is_told_on_its_platform_once(engine: Store) -> None:
    number = await engine.follow(WAITS)
    await save(engine, new("The wall fell."))
    (follow,) = await engine.unchecked()
    await engine.checked(follow, due=True)
    assert await engine.unchecked() == []
    assert await engine.due("discord") == []
    await engine.telling(number, ["71", "72"])
    (due,) = await engine.due("telegram")
    assert due.reply == ("71", "72")
    await engine.told(number)
    assert await engine.following(WAITS.person) == 0
    await save(engine, new("The door opens."))
    assert await engine.due("telegram") == []
    assert await engine.unchecked() == []


async def test_what_turned_out_to_be_no_answer_waits_on(engine: Store) -> None:
    await engine.follow(WAITS)
    await save(engine, new("The wall fell."))
    (follow,) = await engine.unchecked()
    await engine.checked(follow, due=True)
    await engine.checked(follow, due=False)
    assert await engine.due("telegram") == []
    assert await engine.unchecked() == []
    await save(engine, new("The door opens."))
    assert len(await engine.unchecked()) == 1


async def test_who_follows_twice_waits_once_and_may_leave(engine: Store) -> None:
    await engine.follow(WAITS)
    await engine.follow(WAITS)
    await engine.follow(dataclasses.replace(WAITS, person="telegram:6"))
    await save(engine, new("The wall fell."))
    assert len(await engine.unchecked()) == 2
    alone = WAITS.alone
    assert [await engine.following(f"telegram:{n}") for n in (5, 6, 7)] == [1, 1, 0]
    assert await engine.unfollow("main", "telegram:5", "telegram:-1", alone)
    assert not await engine.unfollow("main", "telegram:5", "telegram:-1", alone)
    assert not await engine.unfollow("other", "telegram:6", "telegram:-1", alone)
    assert [each.person for each in await engine.unchecked()] == ["telegram:6"]


async def test_what_is_followed_moves_with_its_chat(engine: Store) -> None:
    await engine.follow(WAITS)
    await save(engine, new("The wall fell."))
    await engine.move("telegram:-1", "telegram:-1001")
    assert [each.place for each in await engine.unchecked()] == ["telegram:-1001"]


async def test_gaps_are_questions_without_an_answer_that_none_got_since(engine: Store) -> None:
    def asked(text: str, *, answered: bool = False, library: str = "main") -> Question:
        return Question(library, "c", "telegram:5", text, answered)

    for question in (
        asked("Why?"),
        asked("When?", answered=True),
        asked("Where?"),
        asked("  "),
        asked("Who?", library="other"),
        asked("When?"),
        asked("Why?", answered=True),
    ):
        await engine.log_question(question)
    assert [each.text for each in await engine.gaps("main", 9)] == ["When?", "Where?"]
    assert [each.text for each in await engine.gaps("main", 1)] == ["When?"]
    assert await engine.gaps("nowhere", 9) == []


async def test_a_library_that_is_searched_by_meaning_says_how_much_of_it_is_ready(
    engine: Store,
) -> None:
    await save(engine, new("The wall fell."))
    ((passage, _),) = await engine.unembedded(E5, 9)
    assert (await engine.stats("main", E5)).embedded == 0
    await engine.embed(E5, [(passage, np.array([1, 0], np.float32))])
    assert (await engine.stats("main", E5)).embedded == 1
