"""The screen: newest picture, never faster than the gap, the last always, nothing left behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from bot.screen import Part, latest, show
from handlers.messages import Action, Draft, Notice, Reply


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


@dataclass
class Notes:
    """A sheet of short messages that notes what is put on it."""

    limit: int = 64
    gap: float = 0.0
    fault: Exception | None = None
    parts: list[Part] = field(default_factory=list)
    began: asyncio.Event = field(default_factory=asyncio.Event)

    def length(self, markdown: str, links: frozenset[str]) -> int:
        return len(markdown)

    async def put(self, part: Part) -> None:
        if self.fault:
            raise self.fault
        self.parts.append(part)
        self.began.set()


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
    handler, sheet = Handler(1000, pause=0.01), Notes(gap=0.01)
    task = asyncio.create_task(show(handler(), sheet))
    await asyncio.wait_for(sheet.began.wait(), 5)
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


async def shown(*replies: Reply, gap: float = 0.0, grace: float = 0.0) -> list[Part]:
    async def pictures() -> AsyncIterator[Reply]:
        for reply in replies:
            yield reply
            await asyncio.sleep(0.01)

    sheet = Notes(gap=gap)
    last = await show(pictures(), sheet, grace)
    assert last == replies[-1]
    return sheet.parts


def said(parts: list[Part]) -> list[tuple[int, str]]:
    return [(part.index, part.markdown) for part in parts]


async def test_a_long_picture_is_put_as_several_messages():
    assert [part.index for part in await shown(Notice("word " * 30))] == [0, 1, 2]


async def test_a_message_that_did_not_change_is_not_put_again():
    assert said(await shown(Notice("same"), Notice("same"))) == [(0, "same")]
    long = "a " * 30 + "\n\n"
    parts = await shown(Notice(long + "end"), Notice(long + "other end"))
    assert [part.index for part in parts] == [0, 1, 1]


async def test_a_message_no_longer_needed_is_put_empty():
    parts = await shown(Notice("word " * 20), Notice("short"))
    assert said(parts)[-2:] == [(0, "short"), (1, "")]


async def test_only_the_last_picture_is_final():
    parts = await shown(Draft("the same words"), Notice("the same words"))
    assert [part.final for part in parts] == [False, True]


async def test_buttons_stand_under_the_last_message_of_a_long_picture():
    undo = Action("Undo", "undo", "1/1")
    parts = await shown(Notice("word " * 30, (undo,)))
    assert [part.actions for part in parts] == [(), (), (undo,)]


async def test_a_quick_reply_is_shown_in_one_piece():
    assert said(await shown(Draft("half"), Notice("whole"), grace=5.0)) == [(0, "whole")]


async def test_the_grace_ends_with_the_reply():
    async with asyncio.timeout(3):
        await shown(Notice("whole"), grace=30.0)


async def test_a_slow_reply_shows_its_newest_picture_when_the_grace_is_over():
    handler, sheet = Handler(3, pause=0.05), Notes()
    await show(handler(), sheet, grace=0.12)
    assert said(sheet.parts)[0] != (0, "0"), "the first was held back, and then it was old"
    assert said(sheet.parts)[-1] == (0, "the end")
    assert len(sheet.parts) > 1


async def test_a_handler_that_fails_within_the_grace_is_not_waited_for():
    handler, sheet = Handler(1, fault=KeyError("x")), Notes()
    async with asyncio.timeout(3):
        with pytest.raises(KeyError):
            await show(handler(), sheet, grace=30.0)


async def test_a_sheet_that_fails_ends_the_reply_and_closes_the_handler():
    handler, sheet = Handler(1000, pause=0.01), Notes(fault=OSError("gone"))
    with pytest.raises(OSError, match="gone"):
        await show(handler(), sheet)
    assert handler.closed
    assert asyncio.all_tasks() == {asyncio.current_task()}
