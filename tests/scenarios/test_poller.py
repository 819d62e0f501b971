"""Telegram by polling: it is away, somebody else asks with the same token, a group moves."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.telegram import Fake, telegram_server
from tests.fakes.telegram.clients import client
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.events import key_of, press
from tests.scenarios.stage import Stage
from tests.scenarios.worlds import TelegramWorld


@pytest.fixture
async def fake() -> AsyncIterator[Fake]:
    async with telegram_server() as served:
        yield served


@pytest.fixture
async def stage(fake: Fake, tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot, not started yet."""
    made = Stage(TelegramWorld(fake), tmp_path)
    yield made
    await made.stop()


def lines(caplog: pytest.LogCaptureFixture, *words: str) -> list[str]:
    said = [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]
    return [each for each in said if all(word in each for word in words)]


async def test_two_programs_with_one_token_are_said_in_one_line_and_one_goes_on_alone(
    stage: Stage, fake: Fake, caplog: pytest.LogCaptureFixture
):
    await stage.start()
    ben = stage.world.alone("Ben Carr")
    await stage.give(ben, ARTICLE)
    async with client(fake) as other:
        for times in (1, 2):
            await fake.until(lambda: fake.called("getUpdates")[-1].status == 0)
            await other.get_updates(timeout=0)
            await fake.until(
                lambda times=times: sum(c.status == 409 for c in fake.called("getUpdates")) >= times
            )
    await ben.say(QUESTION)
    await ben.see(REASON)
    assert len(lines(caplog, "same token")) == 1, caplog.text


async def test_telegram_may_be_down_at_the_start(
    stage: Stage, fake: Fake, caplog: pytest.LogCaptureFixture
):
    fake.drop("getMe")
    fake.fail("deleteWebhook", 502, "Bad Gateway")
    await stage.start()
    ben = stage.world.alone("Ben Carr")
    await stage.give(ben, ARTICLE)
    await ben.say(QUESTION)
    await ben.see(REASON)
    assert lines(caplog, "Telegram")


async def test_telegram_may_go_down_and_come_back(
    stage: Stage, fake: Fake, caplog: pytest.LogCaptureFixture
):
    await stage.start()
    ben = stage.world.alone("Ben Carr")
    await stage.give(ben, ARTICLE)
    await fake.down()
    await ben.say(QUESTION)
    await fake.up()
    await ben.see(REASON)
    assert len(lines(caplog, "can't be reached")) == 1
    assert len(ben.bubbles()) == 1


async def test_a_group_that_becomes_a_supergroup_keeps_all_that_it_had(stage: Stage, fake: Fake):
    await stage.start()
    room = fake.group("Readers", kind="group")
    ada, ben = room.join("Ada Bell", "administrator"), room.join("Ben Carr")
    await ada.upload(("tanuki.md", ARTICLE.encode()))
    receipt = await ada.see("Stored 1 article")
    await stage.app.store.appoint(ada.chat, ben.id, by="test")
    key = key_of(stage, ada, receipt, "Undo")
    now = room.migrate(by=ada)
    ada, ben = now.join(ada, "administrator"), now.join(ben)
    await ben.mention(QUESTION)
    answer = await ben.see(REASON)
    await ben.upload(("more.md", ARTICLE.replace("1965", "1975").encode()))
    await ben.see("Stored 1 article")
    assert await press(stage, ada, answer, key) == ""
    await ada.see("Undone")
    assert [each.title for each in await stage.app.store.articles(ada.chat)] == [
        "The tanuki of Matsuyama"
    ]


async def test_a_question_from_before_the_move_is_answered_in_the_supergroup(
    stage: Stage, fake: Fake
):
    await stage.start()
    room = fake.group("Readers", kind="group")
    ben = room.join("Ben Carr", "creator")
    await stage.give(ben, ARTICLE)
    await stage.stop()
    await ben.mention(QUESTION)
    now = room.migrate(by=ben)
    await stage.start()
    await now.join(ben).see(REASON)


async def test_what_can_t_be_read_is_passed_over_and_what_came_with_it_is_answered(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    async with telegram_server(check=False) as fake:
        stage = Stage(TelegramWorld(fake), tmp_path)
        ben = stage.world.alone("Ben Carr")
        fake.mail.post("message", {"no": "message"})
        first = await ben.say("Hello?")
        await stage.start()
        await ben.see("no library")
        await stage.give(ben, ARTICLE)
        await ben.say(QUESTION)
        await ben.see(REASON)
        assert lines(caplog, "can't be read")
        assert [each.text for each in ben.bubbles() if "no library" in each.text] != []
        assert first
        await stage.stop()
