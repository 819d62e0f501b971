"""What the model may cost: at the limit the articles answer themselves, and owners see the sum."""

from __future__ import annotations

import pytest

from handlers import phrases
from tests.fakes.openai_server import OpenAIServer, chunk, event, head, refuses, says, sends
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.stage import OWNER, Stage

SAID = "They moved into the town because the woods around it were cut down in 1965 [1]."
USED = event({"choices": [], "usage": {"prompt_tokens": 900, "completion_tokens": 100}})


@pytest.mark.settings(person_tokens_a_day=1_000, openai_price_sent=2, openai_price_received=10)
async def test_at_the_limit_a_person_gets_the_articles_own_words_and_is_told_why(
    stage: Stage, model: OpenAIServer
):
    model.scripts[:] = [sends(head(), chunk(SAID), chunk(None, "stop"), USED)]
    ben, cora = stage.world.together("Ben Carr"), stage.world.together("Cora Dean")
    await stage.give(ben, ARTICLE)
    written = await stage.replied(ben, await ben.mention(QUESTION), REASON)
    assert phrases.BUDGET_OF_PERSON not in written.text
    await stage.restart()
    asked = await ben.mention(QUESTION)
    limited = await stage.replied(ben, asked, REASON, phrases.BUDGET_OF_PERSON)
    assert limited.text.count(phrases.BUDGET_OF_PERSON) == 1
    hers = await stage.replied(cora, await cora.mention(QUESTION), REASON)
    assert phrases.BUDGET_OF_PERSON not in hers.text
    owner = stage.world.together(OWNER)
    await owner.command("status")
    await owner.see("2 answers by it, 1,800 tokens sent and 200 received", "cost 0.0056")
    await ben.command("status")
    told = await ben.see(phrases.MODEL_WORKS)
    assert "tokens" not in told.text


@pytest.mark.settings(chat_tokens_a_day=1)
async def test_at_the_limit_of_a_chat_all_its_people_get_them(stage: Stage, model: OpenAIServer):
    model.scripts[:] = [says(SAID)]
    ben, cora = stage.world.together("Ben Carr"), stage.world.together("Cora Dean")
    await stage.give(ben, ARTICLE)
    await stage.replied(ben, await ben.mention(QUESTION), REASON)
    await stage.replied(cora, await cora.mention(QUESTION), REASON, phrases.BUDGET_OF_CHAT)
    assert len(model.requests) == 1


async def test_status_says_that_a_model_rests_that_failed_too_often(
    stage: Stage, model: OpenAIServer
):
    model.scripts[:] = [refuses(401)]
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    for _ in range(6):
        await stage.replied(ben, await ben.mention(QUESTION), REASON, phrases.SUMMARY_OFF)
    await ben.command("status")
    await ben.see("rests after 5 faults in a row")
    assert len(model.requests) == 5
