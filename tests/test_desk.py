"""The desk: kept before it is answered, each once, a person's in order, none waits in vain."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.clerk import Undeliverable
from bot.desk import IN_A_PLACE, STALE, TRIES, Desk
from storage.records import Letter
from storage.store import Store


def letter(key: str, *, person: str = "ada", place: str = "chat", **more: object) -> Letter:
    given = {"message": f"m{key}", "body": key, "digest": key, "sent": time.time(), **more}
    return Letter(platform="test", key=key, place=place, person=person, **given)  # type: ignore[arg-type]


@dataclass
class Clerk:
    """Notes what it answered. `slow` letters wait until they may go on, `broken` ones raise."""

    slow: dict[str, asyncio.Event] = field(default_factory=dict)
    broken: dict[str, Exception] = field(default_factory=dict)
    bundles: dict[str, str] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    given: list[Sequence[Letter]] = field(default_factory=list)
    turned_away: list[tuple[str, str, int]] = field(default_factory=list)
    moved: asyncio.Condition = field(default_factory=asyncio.Condition)

    def bundle(self, letter: Letter, opened: Container[str]) -> str:
        return self.bundles.get(letter.key, "")

    async def answer(self, letters: Sequence[Letter]) -> None:
        name = "+".join(each.key for each in letters)
        self.begun.append(name)
        await self.note()
        if name in self.slow:
            await self.slow[name].wait()
        if name in self.broken:
            raise self.broken[name]
        self.done.append(name)
        self.given.append(list(letters))
        await self.note()

    async def too_old(self, letter: Letter, count: int) -> None:
        self.turned_away.append((letter.place, letter.key, count))
        await self.note()

    async def note(self) -> None:
        async with self.moved:
            self.moved.notify_all()

    async def until(self, *done: str) -> None:
        async with self.moved, asyncio.timeout(5):
            await self.moved.wait_for(lambda: all(each in self.done for each in done))

    async def until_begun(self, *begun: str) -> None:
        async with self.moved, asyncio.timeout(5):
            await self.moved.wait_for(lambda: all(each in self.begun for each in begun))

    async def until_away(self, number: int = 1) -> None:
        async with self.moved, asyncio.timeout(5):
            await self.moved.wait_for(lambda: len(self.turned_away) >= number)


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


@pytest.fixture
def desk(store: Store, clerk: Clerk) -> Desk:
    return Desk(store, "test", clerk, quiet=0.05, farewell=0.1)


async def waiting(store: Store) -> list[str]:
    return [each.key for each in await store.waiting("test")]


async def test_what_comes_twice_is_answered_once(desk: Desk, clerk: Clerk, store: Store):
    await desk.take([letter("1"), letter("1")])
    await desk.take([letter("1")])
    await desk.take([letter("2")])
    await clerk.until("1", "2")
    await desk.close()
    assert clerk.begun == ["1", "2"]
    assert await waiting(store) == []


async def test_a_letter_is_stored_before_it_is_taken(desk: Desk, clerk: Clerk, store: Store):
    clerk.slow["1"] = asyncio.Event()
    await desk.take([letter("1")])
    assert await waiting(store) == ["1"]
    await clerk.until_begun("1")
    assert await waiting(store) == ["1"]
    clerk.slow["1"].set()
    await clerk.until("1")
    await desk.close()
    assert await waiting(store) == []


async def test_a_person_is_answered_in_order_and_others_do_not_wait(desk: Desk, clerk: Clerk):
    clerk.slow["1"] = asyncio.Event()
    await desk.take([letter("1"), letter("2"), letter("3", person="ben"), letter("4")])
    await clerk.until("3")
    assert clerk.begun == ["1", "3"]
    clerk.slow["1"].set()
    await clerk.until("1", "2", "4")
    assert [each for each in clerk.done if each != "3"] == ["1", "2", "4"]
    await desk.close()


async def test_a_busy_place_keeps_no_other_place_waiting(desk: Desk, clerk: Clerk):
    crowd = [letter(f"a{n}", person=f"p{n}", place="busy") for n in range(40)]
    clerk.slow = {each.key: asyncio.Event() for each in crowd}
    await desk.take([*crowd, letter("b", person="ben", place="quiet")])
    await clerk.until("b")
    assert len([each for each in clerk.begun if each != "b"]) == IN_A_PLACE
    for each in clerk.slow.values():
        each.set()
    await clerk.until(*clerk.slow)
    await desk.close()


async def test_parts_of_a_bundle_are_one_request_and_keep_their_place_in_line(
    desk: Desk, clerk: Clerk
):
    clerk.bundles = {"1": "album", "2": "album", "4": "album"}
    await desk.take([letter("1"), letter("2"), letter("3")])
    await desk.take([letter("4")])
    await clerk.until("1+2+4", "3")
    assert clerk.done == ["1+2+4", "3"]
    await desk.close()


async def test_a_bundle_is_over_when_it_was_quiet(desk: Desk, clerk: Clerk):
    clerk.bundles = {"1": "paste", "2": "paste"}
    await desk.take([letter("1")])
    await clerk.until("1")
    await desk.take([letter("2")])
    await clerk.until("2")
    await desk.close()


async def test_an_edit_in_a_bundle_that_is_still_open_loses_none_of_its_parts(
    desk: Desk, clerk: Clerk, store: Store
):
    clerk.bundles = {"1": "paste", "2": "paste", "1b": "paste", "3": "paste"}
    await desk.take([letter("1"), letter("2")])
    await desk.take([letter("1b", message="m1")])
    await clerk.until("1b+2")
    await desk.take([letter("3")])
    await clerk.until("3")
    await desk.close()
    assert await waiting(store) == []


async def test_an_edit_while_it_is_answered_is_answered_instead(
    desk: Desk, clerk: Clerk, store: Store
):
    clerk.slow["1"] = asyncio.Event()
    await desk.take([letter("1")])
    await clerk.until_begun("1")
    await store.answering(letter("1"), ["77"])
    await desk.take([letter("2", message="m1")])
    await clerk.until("2")
    await desk.close()
    assert clerk.done == ["2"]
    assert clerk.given[0][0].reply == ("77",)
    assert await waiting(store) == []


async def test_an_edit_that_changes_no_word_goes_on(desk: Desk, clerk: Clerk):
    clerk.slow["1"] = asyncio.Event()
    await desk.take([letter("1")])
    await clerk.until_begun("1")
    await desk.take([letter("2", message="m1", digest="1")])
    clerk.slow["1"].set()
    await clerk.until("1")
    await desk.close()
    assert clerk.begun == ["1"]


async def test_a_message_of_the_same_number_in_another_place_is_another(desk: Desk, clerk: Clerk):
    clerk.slow["1"] = asyncio.Event()
    await desk.take([letter("1", message="5")])
    await clerk.until_begun("1")
    await desk.take([letter("2", message="5", place="elsewhere")])
    await clerk.until("2")
    clerk.slow["1"].set()
    await clerk.until("1")
    await desk.close()


async def test_a_message_that_is_gone_is_not_answered_and_gives_its_half_answer(
    desk: Desk, clerk: Clerk, store: Store
):
    clerk.slow["1"] = asyncio.Event()
    await desk.take([letter("1"), letter("2")])
    await clerk.until_begun("1")
    await store.answering(letter("1"), ["77", "78"])
    assert await desk.retract("m1") == ("77", "78")
    await clerk.until("2")
    await desk.close()
    assert clerk.done == ["2"]
    assert await waiting(store) == []


async def test_deleting_a_part_of_a_bundle_leaves_the_others(desk: Desk, clerk: Clerk):
    clerk.bundles = {"1": "album", "2": "album"}
    await desk.take([letter("1"), letter("2")])
    assert await desk.retract("m1") == ()
    await clerk.until("2")
    await desk.close()
    assert clerk.done == ["2"]


async def test_what_was_answered_stays_when_its_question_is_deleted(
    desk: Desk, clerk: Clerk, store: Store
):
    await desk.take([letter("1")])
    await clerk.until("1")
    await desk.close()
    await store.answering(letter("1"), ["77"])
    assert await desk.retract("m1") == ()
    assert await desk.retract("never seen") == ()


async def test_what_is_too_old_is_told_once_in_a_place_with_an_honest_count(
    desk: Desk, clerk: Clerk, store: Store
):
    old = time.time() - STALE - 60
    await desk.take([letter(f"a{n}", sent=old) for n in range(3)])
    await desk.take([letter("a3", sent=old), letter("b", place="other", sent=old), letter("new")])
    await clerk.until("new")
    await clerk.until_away(2)
    assert sorted(clerk.turned_away) == [("chat", "a3", 4), ("other", "b", 1)]
    await desk.take([letter("a4", sent=old)])
    await desk.close()
    assert len(clerk.turned_away) == 2
    assert clerk.done == ["new"]
    assert await waiting(store) == []


async def test_what_grew_too_old_while_it_waited_in_line_is_turned_away(store: Store, clerk: Clerk):
    now = [time.time()]
    desk = Desk(store, "test", clerk, lambda: now[0], quiet=0.01)
    clerk.slow["1"] = asyncio.Event()
    await desk.take([letter("1"), letter("2"), letter("3")])
    await clerk.until_begun("1")
    now[0] += STALE + 1
    clerk.slow["1"].set()
    await clerk.until_away()
    await desk.close()
    assert clerk.done == ["1"]
    assert await waiting(store) == []


async def test_a_letter_that_brings_the_bot_down_again_and_again_is_given_up(
    store: Store, caplog: pytest.LogCaptureFixture
):
    await store.receive([letter("1")])
    for _ in range(TRIES):
        clerk = Clerk(broken={"1": RuntimeError("down")})
        desk = Desk(store, "test", clerk)
        await desk.resume()
        await clerk.until_begun("1")
        await desk.close()
        assert await waiting(store) == ["1"]
    clerk = Clerk()
    desk = Desk(store, "test", clerk)
    await desk.resume()
    await desk.close()
    assert clerk.begun == []
    assert await waiting(store) == []
    assert [each.message for each in caplog.records if "gave up" in each.message] != []


async def test_an_answer_that_broke_off_is_told_to_the_operator_and_the_next_one_comes(
    desk: Desk, clerk: Clerk, caplog: pytest.LogCaptureFixture
):
    clerk.broken["1"] = RuntimeError("odd")
    await desk.take([letter("1"), letter("2")])
    await clerk.until("2")
    await desk.close()
    assert [each.levelno for each in caplog.records] == [logging.ERROR]


async def test_what_the_platform_will_not_show_is_done_with(
    desk: Desk, clerk: Clerk, store: Store, caplog: pytest.LogCaptureFixture
):
    clerk.broken["1"] = Undeliverable("blocked")
    await desk.take([letter("1"), letter("2")])
    await clerk.until("2")
    await desk.close()
    assert await waiting(store) == []
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


async def test_stopping_lets_a_quick_answer_end_and_keeps_a_slow_one_for_the_next_start(
    desk: Desk, clerk: Clerk, store: Store
):
    clerk.slow = {"slow": asyncio.Event(), "quick": asyncio.Event()}
    await desk.take([letter("slow"), letter("quick", person="ben"), letter("behind")])
    await clerk.until_begun("slow", "quick")
    asyncio.get_running_loop().call_later(0.02, clerk.slow["quick"].set)
    await desk.close()
    assert clerk.done == ["quick"]
    assert await waiting(store) == ["slow", "behind"]
    after = Clerk()
    again = Desk(store, "test", after)
    await again.resume()
    await after.until("slow", "behind")
    await again.close()
    assert after.done == ["slow", "behind"]
    assert Counter(clerk.done + after.done).most_common(1)[0][1] == 1


async def test_an_answer_goes_on_in_the_messages_that_had_begun(
    desk: Desk, clerk: Clerk, store: Store
):
    await store.receive([letter("1")])
    await store.attempt(letter("1"))
    await store.answering(letter("1"), ["70", "71"])
    await desk.resume()
    await clerk.until("1")
    await desk.close()
    assert clerk.given == [[replace(letter("1"), **_same(clerk), tries=2, reply=("70", "71"))]]


def _same(clerk: Clerk) -> dict[str, float]:
    return {"sent": clerk.given[0][0].sent}
