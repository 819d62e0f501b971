"""Asking in each way that a platform has, and going on from an answer."""

from __future__ import annotations

import pytest

from handlers import phrases
from tests.process import ARTICLE, JULY, QUESTION, REASON
from tests.scenarios.stage import Stage

MARKET = "By how many percent did the prices of the market of Lyon rise?"
LYON = """# The market of Lyon

The market of Lyon opens at six in the morning, and the gardeners come long before.

The prices rose by ten percent since July because of the drought.
"""


@pytest.mark.parametrize("way", ["command", "mention", "alone", "alone by command"])
async def test_each_way_of_asking_is_answered_in_reply(stage: Stage, way: str):
    alone = way.startswith("alone")
    person = (stage.world.alone if alone else stage.world.together)("Ben Carr")
    await stage.give(person, ARTICLE)
    if way.endswith("command"):
        asked = await person.command("ask", QUESTION)
    elif way == "mention":
        asked = await person.mention(QUESTION)
    else:
        asked = await person.say(QUESTION)
    answer = await person.see(REASON, "[1]")
    assert answer.buttons == ("Quote 1", "👍", "👎")
    assert (answer.pings, answer.links, answer.hidden) == ((), (), False)
    assert answer.reply_to == (asked if not alone or stage.world.name == "discord" else None)
    assert len([each for each in person.bubbles() if not each.streaming]) == 1


async def test_a_reply_to_an_answer_goes_on_in_its_conversation(stage: Stage):
    ben, cora = stage.world.together("Ben Carr"), stage.world.together("Cora Dean")
    await stage.give(ben, ARTICLE, LYON)
    await ben.mention(QUESTION)
    answer = await ben.see(REASON)
    await cora.mention(MARKET)
    await cora.see("ten percent")
    asked = await cora.say("And when was that?", to=answer.id)
    again = await cora.see("1965")
    assert again.reply_to == asked


async def test_a_question_goes_on_from_the_one_before(anywhere: Stage):
    person = anywhere.world.alone("Ben Carr")
    await anywhere.give(person, ARTICLE, LYON)
    await person.say(MARKET)
    await person.see("ten percent")
    await person.say("And why?")
    await person.see("because of the drought")


async def test_conversations_of_two_people_in_one_group_do_not_mix(stage: Stage):
    ben, cora = stage.world.together("Ben Carr"), stage.world.together("Cora Dean")
    await stage.give(ben, ARTICLE, LYON)
    await ben.mention(MARKET)
    about_lyon = await ben.see("ten percent")
    await cora.mention(QUESTION)
    about_tanuki = await cora.see(REASON)
    for person, before in ((ben, about_lyon), (cora, about_tanuki)):
        asked = await person.mention("And why?")
        after = await person.see()
        assert after.reply_to == asked
        wanted = "drought" if before is about_lyon else REASON
        assert wanted in after.text


async def test_what_the_library_does_not_hold_is_said_with_what_comes_nearest(anywhere: Stage):
    person = anywhere.world.alone("Ben Carr")
    await anywhere.give(person, ARTICLE, JULY)
    await person.say("Who won the world cup in the year 2018?")
    no = await person.see(phrases.NO_ANSWER)
    assert no.buttons == (phrases.TELL_ME,)
    assert "[1]" not in no.text


async def test_an_answer_and_its_conversation_survive_a_restart(stage: Stage):
    person = stage.world.together("Ben Carr")
    await stage.give(person, ARTICLE, LYON)
    await person.mention(QUESTION)
    answer = await person.see(REASON)
    await stage.restart()
    await person.click(answer, "Quote 1")
    await person.see("The tanuki of Matsuyama", "People leave food")
    await person.say("And when was that?", to=answer.id)
    await person.see("1965")
