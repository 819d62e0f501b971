"""A reply goes on from the question whose answer it replies to, were others asked since."""

from __future__ import annotations

import pytest

from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.stage import Stage
from tests.scenarios.test_asking import LYON, MARKET


async def test_a_reply_to_an_older_answer_goes_on_from_its_question(stage: Stage):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE, LYON)
    await ben.mention(QUESTION)
    older = await ben.see(REASON)
    await ben.mention(MARKET)
    await ben.see("ten percent")
    asked = await ben.say("And why?", to=older.id)
    answer = await stage.replied(ben, asked)
    assert REASON in answer.text
    assert "drought" not in answer.text


async def test_a_reply_after_that_goes_on_from_the_reply(stage: Stage):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE, LYON)
    await ben.mention(QUESTION)
    older = await ben.see(REASON)
    await ben.mention(MARKET)
    newer = await ben.see("ten percent")
    asked = await ben.say("And when was that?", to=older.id)
    again = await stage.replied(ben, asked)
    assert "1965" in again.text
    asked = await ben.say("And why?", to=again.id)
    assert REASON in (await stage.replied(ben, asked)).text
    asked = await ben.say("And why?", to=newer.id)
    assert "drought" in (await stage.replied(ben, asked)).text


@pytest.mark.parametrize("restarted", [False, True])
async def test_who_replied_to_another_s_answer_does_not_go_on_from_what_they_ask_next(
    stage: Stage, restarted: bool
):
    ben, cora = stage.world.together("Ben Carr"), stage.world.together("Cora Dean")
    await stage.give(ben, ARTICLE, LYON)
    await ben.mention(QUESTION)
    shared = await ben.see(REASON)
    asked = await cora.say("And when was that?", to=shared.id)
    assert "1965" in (await stage.replied(cora, asked)).text
    await ben.mention(MARKET)
    await ben.see("ten percent")
    if restarted:
        await stage.restart()
    asked = await cora.mention("And why?")
    answer = await stage.replied(cora, asked)
    assert REASON in answer.text
    assert "drought" not in answer.text
