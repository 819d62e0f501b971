"""Buttons are found by keys that nobody guesses, in their place alone; conversations go on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handlers.buttons import Buttons, pressed
from handlers.conversations import RECENT, Conversations
from handlers.messages import Action, Answer, Person, Place, Seconds
from storage.engines import open_store
from storage.store import Store

HERE, ELSEWHERE = Place("telegram:-1", private=False), Place("telegram:-2", private=False)
FORGET = Action("Forget it", "forget", "3 yes")
QUOTE = Action("Quote 1", "source", "3/1/0-9", beside=True)


@dataclass
class Clock:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


def answer(conversation: str) -> Answer:
    return Answer("why?", True, "so", "model", conversation, (), (), Seconds(0, 0, 0, 0))


async def test_a_button_leads_where_its_action_said_and_asks_as_who_pressed_it(store: Store):
    buttons = Buttons(store)
    keys = await buttons.keep(HERE.id, [FORGET, QUOTE])
    forget, quote = [await buttons.find(key, HERE) for key in keys]
    assert forget is not None
    assert quote is not None
    assert (forget.beside, quote.beside) == (False, True)
    request = pressed(forget, Person("telegram:5", "Ben"), HERE)
    assert (request.command, request.text) == ("forget", "3 yes")
    assert (request.person.id, request.person.admin, request.place) == ("telegram:5", False, HERE)


async def test_a_key_says_nothing_is_never_the_same_and_fits_every_platform(store: Store):
    buttons = Buttons(store)
    keys = [key for _ in range(50) for key in await buttons.keep(HERE.id, [FORGET])]
    assert len(set(keys)) == 50
    assert all(len(key.encode()) <= 64 and "forget" not in key and key != "3" for key in keys)


async def test_a_key_opens_nothing_in_another_place_and_none_that_was_not_given(store: Store):
    buttons = Buttons(store)
    (key,) = await buttons.keep(HERE.id, [FORGET])
    assert await buttons.find(key, ELSEWHERE) is None
    for wrong in ("", key[:-1], key + "x", key.swapcase(), "%", "x' or '1'='1"):
        assert await buttons.find(wrong, HERE) is None


async def test_no_actions_give_no_keys(store: Store):
    assert await Buttons(store).keep(HERE.id, []) == []


async def test_buttons_outlive_the_process(tmp_path: Path):
    address = f"sqlite:///{tmp_path}/library.db"
    first = await open_store(address)
    (key,) = await Buttons(first).keep(HERE.id, [FORGET])
    await first.close()
    second = await open_store(address)
    assert await Buttons(second).find(key, HERE) is not None
    await second.close()


async def test_a_reply_goes_on_from_the_message_it_replies_to_whoever_asked(store: Store):
    conversations = Conversations(store)
    await conversations.note(HERE.id, "ada", answer("c1"), ["70", "71"])
    await conversations.note(HERE.id, "ben", answer("c2"), ["72"])
    assert (await conversations.before(HERE.id, "ben", "70")).conversation == "c1"
    assert (await conversations.before(HERE.id, "ben", "71")).conversation == "c1"
    assert (await conversations.before(HERE.id, "ben", "99")).conversation == ""
    assert (await conversations.before(ELSEWHERE.id, "ada", "70")).conversation == ""


async def test_a_question_goes_on_from_ones_own_a_moment_ago_and_nobody_elses(store: Store):
    clock = Clock()
    conversations = Conversations(store, clock)
    await conversations.note(HERE.id, "ada", answer("c1"), ["70"])
    assert (await conversations.before(HERE.id, "ada", None)).conversation == "c1"
    assert (await conversations.before(HERE.id, "ben", None)).conversation == ""
    assert (await conversations.before(ELSEWHERE.id, "ada", None)).conversation == ""
    clock.now += RECENT + 1
    assert (await conversations.before(HERE.id, "ada", None)).conversation == ""
    assert (await conversations.before(HERE.id, "ada", "70")).conversation == "c1"
