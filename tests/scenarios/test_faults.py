"""A platform that limits, stumbles, breaks lines or is away: the answer arrives all the same."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.openai_server import OpenAIServer
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.held import half_answered
from tests.scenarios.stage import Stage


@pytest.mark.parametrize("trouble", ["patience", "stumble", "cut"])
async def test_an_answer_that_is_refused_once_arrives_once(stage: Stage, trouble: str):
    person = stage.world.together("Ben Carr")
    await stage.give(person, ARTICLE)
    if trouble == "patience":
        stage.world.trouble.patience(1, person)
    else:
        getattr(stage.world.trouble, trouble)(person)
    asked = await person.mention(QUESTION)
    await stage.replied(person, asked, REASON)
    await stage.quiet()
    assert stage.world.trouble.refusals >= 1, "it did not go wrong"
    assert len(person.bubbles()) == 1


@pytest.mark.parametrize("stage", ["discord"], indirect=True)
async def test_a_command_whose_answer_is_refused_once_does_not_think_for_ever(stage: Stage):
    person = stage.world.together("Ben Carr")
    await stage.give(person, ARTICLE)
    cut = stage.world.fake.fail("PATCH /webhooks/*", status=503)
    asked = await person.command("ask", QUESTION)
    await stage.replied(person, asked, REASON)
    await stage.quiet()
    assert cut.hits == 1
    assert [REASON in each.text for each in person.bubbles()] == [True]


async def test_a_chat_that_must_wait_long_delays_no_other(stage: Stage):
    ben = stage.world.together("Ben Carr", chat="Waiting")
    cora = stage.world.together("Cora Dean", chat="Free")
    for each in (ben, cora):
        await stage.give(each, ARTICLE)
    stage.world.trouble.patience(2, ben)
    slow = await ben.mention(QUESTION)
    await stage.world.trouble.refused()
    refused = asyncio.get_running_loop().time()
    quick = await cora.mention(QUESTION)
    other = await stage.replied(cora, quick, REASON, seconds=4)
    assert other.times[0] - refused < 1.5
    assert list(ben.bubbles()) == []
    answer = await stage.replied(ben, slow, REASON)
    assert 1.9 <= answer.times[0] - refused < 8
    assert len(ben.bubbles()) == 1


async def test_an_answer_outlives_that_the_platform_was_away(stage: Stage, model: OpenAIServer):
    held, person, asked, half = await half_answered(stage, model)
    await stage.world.trouble.down()
    held.go.set()
    await asyncio.sleep(0.3)  # in which the bot calls in vain
    await stage.world.trouble.up()
    whole = await stage.replied(person, asked, "1965", "raccoons", "The tanuki of Matsuyama")
    assert whole.id == half.id
    again = await person.mention(QUESTION)
    await stage.replied(person, again, "1965")
    await stage.quiet()
    assert len(person.bubbles()) == 2
