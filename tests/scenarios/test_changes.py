"""What happens while the bot answers: others ask, questions change, questions and replies go."""

from __future__ import annotations

import asyncio

from tests.fakes.openai_server import OpenAIServer
from tests.process import ARTICLE, QUESTION
from tests.scenarios.held import FED, SAID, Held, half_answered
from tests.scenarios.stage import Stage

OTHER = "What do people leave for the tanuki at the temple?"


async def test_two_who_ask_at_once_each_get_their_answer(stage: Stage):
    ben, cora = stage.world.together("Ben Carr"), stage.world.together("Cora Dean")
    await stage.give(ben, ARTICLE)
    asked = await asyncio.gather(ben.mention(QUESTION), cora.mention(OTHER))
    await stage.replied(ben, asked[0], "cut down in 1965")
    await stage.replied(cora, asked[1], "food")
    await stage.quiet()
    assert len(ben.bubbles()) == 2


async def test_a_question_edited_while_it_is_answered_is_answered_anew_in_one_reply(
    stage: Stage, model: OpenAIServer
):
    held = Held(SAID, FED)
    model.scripts[:] = [held.script()]
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    asked = await ben.mention(QUESTION)
    half = await stage.replied(ben, asked, "1965")
    await ben.edit(asked, f"{stage.world.called} {OTHER}")
    await stage.world.fake.until(lambda: len(model.requests) == 2)
    held.go.set()
    answer = await stage.replied(ben, asked, "food", "raccoons", "The tanuki of Matsuyama")
    await stage.quiet()
    assert answer.id == half.id
    assert [each.id for each in ben.bubbles()] == [half.id]
    assert "1965" not in ben.bubbles()[0].text


async def test_a_question_edited_after_its_answer_changes_the_same_reply(stage: Stage):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    asked = await ben.mention(QUESTION)
    before = await stage.replied(ben, asked, "1965")
    await stage.quiet()
    await ben.edit(asked, f"{stage.world.called} {OTHER}")
    after = await stage.replied(ben, asked, "food")
    assert (after.id, after.edits, after.pings) == (before.id, 1, ())
    assert len(ben.bubbles()) == 1


async def test_a_question_deleted_while_it_is_answered(stage: Stage, model: OpenAIServer):
    held, ben, asked, _ = await half_answered(stage, model)
    await ben.delete(asked)
    if stage.world.name == "discord":  # which tells the bot: the half answer goes
        await stage.world.fake.until(lambda: not ben.bubbles())
        held.go.set()
        await stage.quiet()
        assert list(ben.bubbles()) == []
    else:  # which does not: what the others read so far is ended
        held.go.set()
        await stage.world.fake.until(lambda: "raccoons" in ben.bubbles()[-1].text)
        await stage.quiet()
        assert len(ben.bubbles()) == 1


async def test_a_question_deleted_before_anything_is_shown(stage: Stage, model: OpenAIServer):
    held = Held(SAID)
    ready = asyncio.Event()
    play = held.script()

    async def late(writer: asyncio.StreamWriter) -> None:
        await ready.wait()
        await play(writer)

    model.scripts[:] = [late]
    ben = stage.world.alone("Ben Carr")
    await stage.give(ben, ARTICLE)
    asked = await ben.say(QUESTION)
    await stage.world.fake.until(lambda: model.requests)
    await ben.delete(asked)
    held.go.set()
    ready.set()
    if stage.world.name == "telegram":
        await stage.world.fake.until(lambda: [b for b in ben.bubbles() if "1965" in b.text])
    await stage.quiet()
    left = 1 if stage.world.name == "telegram" else 0  # what was begun meanwhile goes as well
    await stage.world.fake.until(
        lambda: len([each for each in ben.bubbles() if not each.streaming]) == left
    )
