"""What people say of an answer: they ask for its source, for more, or say that it is wrong."""

from __future__ import annotations

from handlers import phrases
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.stage import Stage
from tests.scenarios.test_asking import LYON, MARKET


async def test_who_doubts_an_answer_sees_again_what_it_rests_on(anywhere: Stage):
    ben = anywhere.world.together("Ben Carr")
    await anywhere.give(ben, ARTICLE, LYON)
    await ben.mention(MARKET)
    first = await ben.see("ten percent", "[1]")
    await ben.mention("are you sure?")
    again = await ben.see(phrases.rests_on(MARKET), "[1]", "because of the drought")
    assert again.buttons == ("Quote 1",)
    assert first.id != again.id
    await ben.mention("and why?")
    await ben.see("because of the drought", "[1]")


async def test_a_remark_in_reply_to_an_older_answer_is_about_that_one(stage: Stage):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE, LYON)
    await ben.mention(QUESTION)
    older = await ben.see(REASON)
    await ben.mention(MARKET)
    await ben.see("ten percent")
    asked = await ben.say("which article is that from", to=older.id)
    again = await stage.replied(ben, asked, phrases.rests_on(QUESTION))
    assert REASON in again.text
    asked = await ben.say("And when was that?", to=again.id)
    assert "1965" in (await stage.replied(ben, asked)).text


async def test_remarks_are_no_gaps(stage: Stage):
    ben, ada = stage.world.together("Ben Carr"), stage.world.together("Ada Bell", admin=True)
    await stage.give(ben, ARTICLE, LYON)
    await ben.mention(MARKET)
    await ben.see("ten percent")
    for said, told in (
        ("that's not what I asked", phrases.VOTE_WRONG),
        ("in english please", phrases.NOT_TRANSLATED),
        ("show me more", "/article 2"),
    ):
        await ben.mention(said)
        await ben.see(told)
    await ada.command("gaps")
    await ada.see(phrases.NO_GAPS)


async def test_who_was_told_an_honest_no_gets_no_source(stage: Stage):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    await ben.mention("What is the capital of Mongolia?")
    await ben.see(phrases.NO_ANSWER)
    await ben.mention("source?")
    await ben.see(phrases.no_source("What is the capital of Mongolia?"))
