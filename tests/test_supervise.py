"""Platforms side by side: one that fails is started again, and takes no other down with it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter

import pytest

from bot.supervise import Hopeless, supervise

FIRST = 0.01  # seconds


class Platform:
    """Ends with its faults in turn; then it goes on until it is cancelled."""

    def __init__(self, *faults: BaseException | None) -> None:
        self.faults = list(faults)
        self.starts = 0
        self.goes_on = asyncio.Event()
        self.stopped = asyncio.Event()

    async def __call__(self) -> None:
        self.starts += 1
        if self.faults:
            fault = self.faults.pop(0)
            if fault:
                raise fault
            return
        self.goes_on.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.stopped.set()


async def stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize("fault", [OSError("down"), KeyError("odd"), None], ids=repr)
async def test_a_platform_that_ends_is_started_again(fault: BaseException | None):
    platform = Platform(fault, fault)
    task = asyncio.create_task(supervise({"A": platform}, first_pause=FIRST))
    await asyncio.wait_for(platform.goes_on.wait(), 5)
    assert platform.starts == 3
    await stopped(task)
    assert platform.stopped.is_set()


async def test_a_failing_platform_does_not_disturb_the_other(caplog: pytest.LogCaptureFixture):
    bad, good = Platform(OSError("one"), OSError("two")), Platform()
    task = asyncio.create_task(supervise({"Bad": bad, "Good": good}, first_pause=FIRST))
    await asyncio.wait_for(bad.goes_on.wait(), 5)
    assert good.starts == 1
    assert not good.stopped.is_set()
    await stopped(task)
    lines = [each.getMessage() for each in caplog.records]
    assert Counter(line.split()[0] for line in lines) == {"Bad": 2}
    assert "one" in lines[0]


async def test_the_pause_grows(caplog: pytest.LogCaptureFixture):
    platform = Platform(*(OSError("down") for _ in range(4)))
    with caplog.at_level(logging.WARNING):
        task = asyncio.create_task(supervise({"A": platform}, first_pause=FIRST))
        await asyncio.wait_for(platform.goes_on.wait(), 5)
    await stopped(task)
    times = [each.created for each in caplog.records]
    assert times[3] - times[2] > 2 * FIRST
    assert times[3] - times[2] > times[1] - times[0]


async def test_one_that_is_hopeless_stops_for_good_in_one_line_and_the_other_goes_on(
    caplog: pytest.LogCaptureFixture,
):
    bad, good = Platform(Hopeless("the token is wrong")), Platform()
    task = asyncio.create_task(supervise({"Bad": bad, "Good": good}, first_pause=FIRST))
    await asyncio.wait_for(good.goes_on.wait(), 5)
    await asyncio.sleep(3 * FIRST)
    assert bad.starts == 1
    assert not task.done()
    assert [each.getMessage() for each in caplog.records] == ["Bad stops: the token is wrong"]
    assert caplog.records[0].exc_info is None
    await stopped(task)


async def test_it_ends_when_none_can_go_on():
    platforms = {"A": Platform(Hopeless("a")), "B": Platform(OSError(), Hopeless("b"))}
    await asyncio.wait_for(supervise(platforms, first_pause=FIRST), 5)


async def test_a_platform_that_is_stopped_from_inside_is_started_again():
    platform = Platform(asyncio.CancelledError())
    task = asyncio.create_task(supervise({"A": platform}, first_pause=FIRST))
    await asyncio.wait_for(platform.goes_on.wait(), 5)
    await stopped(task)


async def test_stopping_waits_until_the_last_platform_has_closed():
    begun, closed = asyncio.Event(), []

    async def quick() -> None:
        await asyncio.Event().wait()

    async def slow() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.05)
            closed.append("slow")

    running = asyncio.create_task(supervise({"Quick": quick, "Slow": slow}))
    await begun.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert running.cancelled()
    assert closed == ["slow"]
