"""Where the bot may not speak: it gives up at once, quietly, and serves everybody else."""

from __future__ import annotations

import pytest

from tests.fakes.openai_server import OpenAIServer
from tests.process import ARTICLE, QUESTION
from tests.scenarios.held import half_answered
from tests.scenarios.stage import Stage


async def serves_others(stage: Stage) -> None:
    other = stage.world.together("Cora Dean", chat="Elsewhere")
    await stage.give(other, ARTICLE)
    await stage.replied(other, await other.mention(QUESTION), "cut down in 1965")
    await stage.quiet()


@pytest.mark.parametrize("trouble", ["throw_out", "mute"])
async def test_a_bot_that_may_speak_no_more_while_it_answers_gives_up(
    stage: Stage, model: OpenAIServer, trouble: str
):
    held, ben, _, half = await half_answered(stage, model)
    getattr(stage.world.trouble, trouble)(ben)
    held.go.set()
    await serves_others(stage)
    assert [each.id for each in ben.bubbles()] == [half.id]
    calls = len(stage.world.said())
    await serves_others(stage)
    assert len(stage.world.said()) <= calls + 3, "it tries again and again"


async def test_without_the_right_to_post_nothing_is_sent_and_nothing_is_left_over(stage: Stage):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    stage.world.trouble.mute(ben)
    await ben.mention(QUESTION)
    await serves_others(stage)
    assert list(ben.bubbles()) == []
    assert len([each for each in stage.world.said() if not each.taken]) <= 1


async def test_a_reply_that_a_moderator_deletes_while_it_grows_does_not_come_back(
    stage: Stage, model: OpenAIServer
):
    held, ben, _, half = await half_answered(stage, model)
    stage.world.trouble.moderate(ben, half)
    held.go.set()
    await serves_others(stage)
    assert list(ben.bubbles()) == []
