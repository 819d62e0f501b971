"""Discord gives an answer three seconds to be promised and fifteen minutes to come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.discord import DiscordServer, discord_server
from tests.fakes.openai_server import OpenAIServer, openai_server
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.events import key_of, press
from tests.scenarios.slow import Slow
from tests.scenarios.stage import Stage
from tests.scenarios.worlds import DiscordWorld

LIVES = 15 * 60.0
CALLBACK = "POST /interactions/{interaction}/{token}/callback"


@pytest.fixture
async def fake() -> AsyncIterator[DiscordServer]:
    async with discord_server() as served:
        yield served


@pytest.fixture
async def stage(fake: DiscordServer, tmp_path: Path) -> AsyncIterator[Stage]:
    made = Stage(DiscordWorld(fake), tmp_path)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def slow() -> Slow:
    return Slow()


@pytest.fixture
async def model(slow: Slow) -> AsyncIterator[OpenAIServer]:
    async with openai_server(slow) as served:
        yield served


async def test_an_answer_that_took_longer_comes_as_a_message_of_its_own(
    fake: DiscordServer, tmp_path: Path, slow: Slow, model: OpenAIServer
):
    more = {"openai_base_url": model.base_url, "openai_model": "m"}
    stage = Stage(DiscordWorld(fake), tmp_path, more)
    await stage.start()
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    await ben.command("ask", QUESTION)
    await slow.begun.acquire()
    half = await ben.see(REASON)
    fake.advance(LIVES + 1)
    slow.on.set()
    whole = await ben.see(REASON, "in the evening")
    assert whole.id != half.id
    assert whole.buttons[0] == "Quote 1"
    await stage.quiet()
    assert len(ben.bubbles()) == 2
    await stage.stop()


async def test_a_command_left_over_from_before_a_long_stop_is_answered_in_the_channel(
    stage: Stage, fake: DiscordServer
):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    fake.clock.moved = -LIVES - 60
    await ben.command("ask", QUESTION)
    fake.clock.moved = 0
    answer = await ben.see(REASON)
    assert not answer.hidden
    await stage.quiet()
    assert sum(REASON in each.text for each in ben.bubbles()) == 1


@pytest.mark.parametrize("name", ["help", "search"])
async def test_what_concerns_one_person_is_not_shown_to_all_because_it_is_late(
    stage: Stage, fake: DiscordServer, name: str
):
    ben, eve = stage.world.together("Ben Carr"), stage.world.together("Eve Dane")
    await stage.give(ben, ARTICLE)
    fake.clock.moved = -LIVES - 60
    await ben.command(name, "tanuki" if name == "search" else "")
    fake.clock.moved = 0
    await eve.mention(QUESTION)
    await eve.see(REASON)
    await stage.quiet()
    assert [REASON in each.text for each in eve.bubbles() if not each.streaming] == [True]


async def test_a_promise_that_came_too_late_is_made_good_in_the_channel(
    stage: Stage, fake: DiscordServer
):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    await ben.command("ask", QUESTION)
    fake.advance(4)
    await ben.see(REASON)
    refused = [each for each in fake.calls if each.name == CALLBACK]
    assert [each.answer["code"] for each in refused] == [10062]
    await stage.quiet()
    assert sum(REASON in each.text for each in ben.bubbles()) == 1


async def test_a_press_whose_promise_came_too_late_harms_nothing(stage: Stage, fake: DiscordServer):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    await ben.mention(QUESTION)
    answer = await ben.see(REASON)
    asyncio.get_running_loop().call_soon(fake.advance, 4)
    told = await press(stage, ben, answer, key_of(stage, ben, answer, "Quote 1"))
    assert "failed" in told
    await stage.quiet()
    assert [each.id for each in ben.bubbles() if not each.hidden] == [answer.id]
    await ben.click(answer, "Quote 1")
    await ben.see("People leave food")
