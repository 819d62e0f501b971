"""Budgets: as many calls as allowed, the rest wait their turn, and those to spare are left out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from bot.budget import Budget


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


async def test_calls_beyond_the_limit_wait_and_go_in_the_order_they_came():
    budget, done = Budget((2, 0.05)), []
    loop = asyncio.get_running_loop()

    async def call(name: int) -> None:
        async with budget.turn():
            done.append((name, loop.time()))

    await asyncio.gather(*map(call, range(6)))
    assert [name for name, _ in done] == [0, 1, 2, 3, 4, 5]
    times = [at for _, at in done]
    assert all(later - earlier >= 0.049 for earlier, later in zip(times, times[2:], strict=False))


async def test_a_call_counts_from_its_end_not_from_its_beginning():
    budget, loop = Budget((1, 0.05)), asyncio.get_running_loop()
    async with budget.turn():
        await asyncio.sleep(0.1)
        ended = loop.time()
    async with budget.turn():
        assert loop.time() - ended >= 0.049


async def test_a_turn_needs_the_others_too_and_counts_in_both_at_the_same_moment():
    everyone, loop, times = Budget((3, 0.06)), asyncio.get_running_loop(), []

    async def chat() -> None:
        own = Budget((1, 0.02))
        for _ in range(3):
            async with own.turn(everyone):
                times.append(loop.time())

    await asyncio.gather(*(chat() for _ in range(3)))
    times.sort()
    assert all(later - earlier >= 0.059 for earlier, later in zip(times, times[3:], strict=False))


async def test_one_who_waits_for_their_own_limit_does_not_hold_the_others_up():
    everyone, slow, quick = Budget((5, 1.0)), Budget((1, 60.0)), Budget((1, 60.0))
    async with slow.turn(everyone):
        pass

    async def waits() -> None:
        async with slow.turn(everyone):
            pass

    waiting = asyncio.create_task(waits())
    async with asyncio.timeout(1), quick.turn(everyone):
        assert not waiting.done()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_who_gives_up_waiting_lets_the_next_one_through():
    budget = Budget((1, 0.05))

    async def call() -> str:
        async with budget.turn():
            return "done"

    await call()
    first, second = asyncio.create_task(call()), asyncio.create_task(call())
    await asyncio.sleep(0)
    first.cancel()
    assert await asyncio.wait_for(second, 1) == "done"


@pytest.mark.parametrize(("keep", "made"), [(0, 4), (3, 1)])
async def test_calls_to_spare_leave_some_free_for_those_that_must_be_made(keep: int, made: int):
    budget = Budget((4, 60.0), clock=Clock())
    assert [budget.spare(keep=keep) for _ in range(5)] == [True] * made + [False] * (5 - made)


async def test_a_window_for_one_call_keeps_nothing_back():
    clock = Clock()
    budget = Budget((1, 1.0), clock=clock)
    assert budget.spare(keep=5)
    assert not budget.spare(keep=5)
    clock.now = 1.0
    assert budget.spare(keep=5)


async def test_a_call_to_spare_is_left_out_where_the_others_have_none_left():
    clock = Clock()
    own, everyone = Budget((9, 1.0), clock=clock), Budget((1, 1.0), clock=clock)
    assert own.spare(everyone)
    assert not own.spare(everyone)
    assert not Budget((9, 1.0), clock=clock).spare(everyone)


async def test_a_budget_is_idle_when_nothing_counts_and_nobody_waits():
    clock = Clock()
    budget = Budget((2, 1.0), clock=clock)
    assert budget.idle
    async with budget.turn():
        clock.now = 5.0
        assert not budget.idle
    assert not budget.idle
    clock.now = 6.0
    assert budget.idle
