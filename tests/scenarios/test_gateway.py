"""Discord's line breaks in every way: the bot comes back, misses nothing and doubles nothing."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from bot import discord_adapter
from bot.app import App
from bot.supervise import Serve
from tests.fakes.discord import DiscordServer, discord_server
from tests.fakes.discord.gateway import MESSAGE_CONTENT, Gateway
from tests.process import ARTICLE, FOOD, QUESTION, REASON
from tests.scenarios.stage import Stage
from tests.scenarios.worlds import DiscordWorld


@pytest.fixture
async def fake() -> AsyncIterator[DiscordServer]:
    async with discord_server() as served:
        yield served


@pytest.fixture
async def stage(fake: DiscordServer, tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot, not started yet."""
    made = Stage(DiscordWorld(fake), tmp_path)
    yield made
    async with asyncio.timeout(10):
        await made.stop()


def impatient(app: App) -> Mapping[str, Serve]:
    """Take a line for dead that was silent for half a second."""
    return {"Discord": partial(discord_adapter.serve, app, heartbeat_timeout=0.5)}


BREAKS: dict[str, Callable[[Gateway], None]] = {
    "the line is cut": Gateway.cut,
    "Discord asks to reconnect": Gateway.ask_to_reconnect,
    "the session is invalid but may be resumed": lambda line: line.invalidate(resumable=True),
    "Discord closes with an unknown error": lambda line: line.close(4000),
}


@pytest.mark.parametrize("breaks", BREAKS.values(), ids=BREAKS.keys())
async def test_the_bot_resumes_and_answers_what_was_asked_meanwhile_once(
    stage: Stage, fake: DiscordServer, breaks: Callable[[Gateway], None]
):
    await stage.start()
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    await ben.mention("Who lives in the woods of Japan?")
    await ben.see("raccoons")
    breaks(fake.gateway)
    asked = await ben.mention(QUESTION)
    assert (await ben.see(REASON)).reply_to == asked
    await ben.mention(FOOD)
    await ben.see("food for them")
    assert (fake.gateway.resumes, fake.gateway.identifies) == (1, 1)
    assert len(ben.bubbles()) == 3


async def test_a_session_that_is_gone_is_begun_anew(stage: Stage, fake: DiscordServer):
    await stage.start()
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    await ben.mention(QUESTION)
    await ben.see(REASON)
    fake.gateway.invalidate()
    await fake.until(lambda: fake.gateway.identifies == 2 and fake.gateway.ready(), 15)
    await ben.mention(FOOD)
    await ben.see("food for them")
    assert len(ben.bubbles()) == 2, "nothing was answered a second time"


async def test_a_line_that_takes_no_heartbeat_is_left_for_a_new_one(
    stage: Stage, fake: DiscordServer
):
    fake.gateway.interval, stage.serving = 0.1, impatient
    await stage.start()
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    fake.gateway.zombie = True
    await fake.until(lambda: fake.gateway.connects > 1, 10)
    fake.gateway.zombie = False
    await ben.mention(QUESTION)
    await ben.see(REASON)
    assert fake.gateway.identifies == 1


async def test_a_first_connection_that_fails_is_tried_again(stage: Stage, fake: DiscordServer):
    fake.gateway.refuse = 1
    await stage.start()
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    await ben.mention(QUESTION)
    await ben.see(REASON)


async def test_without_the_message_content_intent_mentions_and_direct_messages_still_work(
    stage: Stage, fake: DiscordServer, caplog: pytest.LogCaptureFixture
):
    fake.gateway.allowed &= ~MESSAGE_CONTENT
    with caplog.at_level(logging.WARNING):
        await stage.start()
    said = [each.getMessage() for each in caplog.records if each.name.startswith("bot")]
    assert len(said) == 1
    assert "Message Content intent" in said[0]
    ben, alone = stage.world.together("Ben Carr"), stage.world.alone("Ben Carr")
    await stage.give(ben, ARTICLE)
    await stage.give(alone, ARTICLE)
    await ben.mention(QUESTION)
    answer = await ben.see(REASON)
    await alone.say(QUESTION)
    await alone.see(REASON)
    await ben.command("ask", FOOD)
    await ben.see("food for them")
    await ben.mention("And when?", to=answer.id)
    await ben.see("1965")


async def test_a_line_that_breaks_often_costs_no_new_sessions(stage: Stage, fake: DiscordServer):
    """Discord gives a thousand a day, and then takes the token away."""
    await stage.start()
    for times in range(1, 6):
        fake.gateway.ask_to_reconnect()
        await fake.until(lambda times=times: fake.gateway.resumes >= times, 10)
    assert fake.gateway.identifies == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_stopping_while_the_line_is_being_begun_anew_ends_at_once(
    stage: Stage, fake: DiscordServer
):
    fake.gateway.interval = 0.2
    await stage.start()
    fake.gateway.invalidate()
    await fake.until(lambda: fake.gateway.connects == 2)
    async with asyncio.timeout(5):
        await stage.stop()
        while _heart_beats():  # noqa: ASYNC110 - the library's thread ends at its next beat
            await asyncio.sleep(0.02)
    gc.collect()  # what the library forgets of a line that was half begun


def _heart_beats() -> bool:
    return any(each.name.startswith("keep-alive-handler") for each in threading.enumerate())
