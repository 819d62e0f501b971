"""A model that is down, busy, silent or cut off: the articles answer themselves, and say so."""

from __future__ import annotations

import pytest

from handlers import phrases
from tests.fakes.openai_server import (
    OpenAIServer,
    Script,
    answers_json,
    chunk,
    head,
    refuses,
    resets,
    says,
    sends,
)
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.stage import Stage

SAID = "They moved into the town because the woods around it were cut down in 1965 [1]. "
TROUBLES: dict[str, Script] = {
    "down": resets(),
    "refuses": refuses(401),
    "busy": refuses(429, Retry_After="600"),
    "broken": refuses(500),
    "a page": answers_json("<html>no</html>", "text/html"),
    "cut": resets(head(), chunk(SAID), chunk("People leave food for ")),
    "stops in mid-answer": sends(head(), chunk(SAID), chunk("People leave ")),
}


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_the_articles_answer_and_one_sentence_says_why(
    stage: Stage, model: OpenAIServer, trouble: str
):
    model.scripts[:] = [TROUBLES[trouble]]
    person = stage.world.together("Ben Carr")
    await stage.give(person, ARTICLE)
    asked = await person.mention(QUESTION)
    answer = await stage.replied(person, asked, phrases.SUMMARY_OFF, seconds=30)
    assert REASON in answer.text
    assert answer.text.count(phrases.SUMMARY_OFF) == 1
    assert answer.buttons == ("Quote 1", "👍", "👎")
    assert len(person.bubbles()) == 1
    for leak in ("401", "429", "500", "html", model.base_url):
        assert leak not in answer.text


async def test_a_model_that_says_nothing_that_can_be_proven_is_not_shown(
    stage: Stage, model: OpenAIServer
):
    model.scripts[:] = [
        says("The tanuki fled from a dragon in 1812 [1]. Ask https://evil.example.")
    ]
    person = stage.world.together("Ben Carr")
    await stage.give(person, ARTICLE)
    asked = await person.mention(QUESTION)
    answer = await stage.replied(person, asked, REASON)
    assert "dragon" not in answer.text
    assert answer.links == ()


async def test_when_the_model_is_back_it_writes_again(stage: Stage, model: OpenAIServer):
    model.scripts[:] = [refuses(401), says(SAID, "People leave food for them in the evening [1].")]
    person = stage.world.together("Ben Carr")
    await stage.give(person, ARTICLE)
    await stage.replied(person, await person.mention(QUESTION), phrases.SUMMARY_OFF)
    answer = await stage.replied(person, await person.mention(QUESTION), "food", "[2]")
    assert phrases.SUMMARY_OFF not in answer.text
