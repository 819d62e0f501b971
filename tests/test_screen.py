"""The screen: newest picture, never faster than the gap, the last always, nothing left behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from bot.screen import latest, show
from handlers.messages import Draft, Notice, Reply


class Handler:
    """A handler that yields drafts, and knows whether it was closed."""

    def __init__(self, count: int, pause: float = 0.0, fault: Exception | None = None) -> None:
        self.count, self.pause, self.fault = count, pause, fault
        self.closed = False
        self.yielded = 0

    async def __call__(self) -> AsyncIterator[Reply]:
        try:
            for n in range(self.count):
                await asyncio.sleep(self.pause)
                self.yielded += 1
                yield Draft(str(n))
            if self.fault:
                raise self.fault
            yield Notice("the end")
        finally:
            self.closed = True


async def test_a_slow_screen_skips_pictures_but_never_the_last():
    handler = Handler(300)
    seen = [reply async for reply in latest(handler(), gap=0.02)]
    assert seen[-1] == Notice("the end")
    assert len(seen) < 10
    assert handler.yielded == 300


async def test_every_picture_is_seen_where_the_handler_is_the_slower():
    seen = [reply async for reply in latest(Handler(3, pause=0.01)(), gap=0)]
    assert seen[:2] == [Draft("0"), Draft("1")]
    assert seen[-1] == Notice("the end")


async def test_pictures_never_come_faster_than_the_gap():
    loop = asyncio.get_running_loop()
    times = [loop.time() async for _ in latest(Handler(5, pause=0.005)(), gap=0.03)]
    assert all(later - earlier >= 0.029 for earlier, later in pairwise(times))


async def test_leaving_early_closes_the_handler_and_leaves_no_task():
    handler = Handler(10, pause=0.01)
    pictures = latest(handler(), gap=0)
    assert await anext(pictures) == Draft("0")
    await pictures.aclose()
    assert handler.closed
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_cancelling_the_screen_closes_the_handler():
    handler = Handler(1000, pause=0.01)

    async def put(index: int, text: str) -> None:
        pass

    task = asyncio.create_task(show(handler(), put, limit=100, gap=0.01))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert handler.closed
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_fault_of_the_handler_reaches_the_platform():
    handler = Handler(1, fault=KeyError("x"))
    with pytest.raises(KeyError):
        [reply async for reply in latest(handler(), gap=0)]
    assert handler.closed


async def test_a_handler_with_nothing_to_say_shows_nothing():
    async def silent() -> AsyncIterator[Reply]:
        for reply in ():
            yield reply

    assert [reply async for reply in latest(silent(), gap=0)] == []


async def shown(*texts: str) -> list[tuple[int, str]]:
    calls: list[tuple[int, str]] = []

    async def pictures() -> AsyncIterator[Reply]:
        for text in texts:
            yield Notice(text)
            await asyncio.sleep(0.01)

    async def put(index: int, text: str) -> None:
        calls.append((index, text))

    last = await show(pictures(), put, limit=64, gap=0)
    assert last == Notice(texts[-1])
    return calls


async def test_a_long_picture_is_put_as_several_messages():
    assert [index for index, _ in await shown("word " * 30)] == [0, 1, 2]


async def test_a_message_that_did_not_change_is_not_put_again():
    assert await shown("same", "same") == [(0, "same")]
    long = "a " * 30 + "\n\n"
    assert [index for index, _ in await shown(long + "end", long + "other end")] == [0, 1, 1]


async def test_a_message_no_longer_needed_is_put_empty():
    assert (await shown("word " * 20, "short"))[-2:] == [(0, "short"), (1, "")]
