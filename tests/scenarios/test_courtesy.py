"""What is said rather than asked: a greeting shows the help, thanks are answered by nothing."""

from __future__ import annotations

from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.stage import Stage


async def test_a_greeting_shows_the_help_and_thanks_nothing(stage: Stage) -> None:
    ada = stage.world.together("Ada Bell", admin=True)
    await ada.mention("hello!")
    await ada.see("Your id here is")
    before = len(stage.world.said())
    await ada.mention("thanks!")
    await ada.mention("👍")
    await ada.mention("haha nice")
    await stage.quiet()
    assert len(stage.world.said()) == before


async def test_who_only_names_the_bot_is_shown_what_it_can_do(stage: Stage) -> None:
    ben = stage.world.together("Ben Carr")
    await ben.mention("")
    await ben.see("Your id here is")


async def test_who_names_the_bot_in_reply_to_another_s_question_has_that_answered(stage: Stage):
    ben, cora = stage.world.together("Ben Carr"), stage.world.together("Cora Dean")
    await stage.give(ben, ARTICLE)
    for pointer in ("", "please answer this"):
        question = await cora.say(QUESTION)
        asked = await ben.mention(pointer, to=question)
        await stage.replied(ben, asked, REASON)
