"""An admin corrects an answer: chooses the words, which are served until their article changes."""

from __future__ import annotations

from handlers import phrases
from handlers.messages import Origin
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.events import key_of, press
from tests.scenarios.stage import Stage

FOOD = "People leave food for them at the gate of the temple in the evening."
CAME = Origin(url="https://news.example/tanuki")


async def test_an_admin_who_votes_an_answer_down_chooses_another_which_all_get(stage: Stage):
    ada, ben = stage.world.together("Ada Bell", admin=True), stage.world.together("Ben Carr")
    await stage.give(ada, ARTICLE)
    await ben.mention(QUESTION)
    await ada.click(await ada.see(REASON), "👎")
    await ada.click(await ada.see(phrases.WHAT_WAS_WRONG), "Incomplete")
    await ada.click(await ada.see(phrases.noted(phrases.Fault.INCOMPLETE)), phrases.CORRECT_IT)
    offered = await ada.see("Which of these", FOOD)
    line = next(line for line in offered.text.splitlines() if FOOD in line)
    number = next(each for each in line if each.isdigit())
    await ada.click(offered, f"Pin {number}")
    await ada.see(f"Pinned to “{QUESTION}”", FOOD)
    await stage.restart()
    asked = await ben.mention("why did the tanuki move into  the TOWN")
    answer = await stage.replied(ben, asked, FOOD, phrases.PINNED)
    assert REASON not in answer.text
    assert answer.buttons == ("Quote 1", "👍", "👎")


async def test_a_pin_is_served_until_its_article_changes_and_listed_as_changed(stage: Stage):
    ada = stage.world.together("Ada Bell", admin=True)
    await stage.give(ada, ARTICLE, origin=CAME)
    await ada.command("pin", f"{QUESTION} | {FOOD}")
    await ada.see(f"Pinned to “{QUESTION}”")
    await stage.replied(ada, await ada.mention(QUESTION), FOOD, phrases.PINNED)
    await stage.give(ada, ARTICLE.replace("evening", "afternoon"), origin=CAME)
    answer = await stage.replied(ada, await ada.mention(QUESTION), REASON)
    assert phrases.PINNED not in answer.text
    await ada.command("pins")
    await ada.see(QUESTION, phrases.PIN_CHANGED)


async def test_pins_are_listed_and_taken_away_by_their_buttons(stage: Stage):
    ada = stage.world.together("Ada Bell", admin=True)
    await stage.give(ada, ARTICLE)
    await ada.command("pin", f"{QUESTION} | {FOOD}")
    await ada.see(f"Pinned to “{QUESTION}”")
    await ada.command("pins")
    listed = await ada.see(QUESTION, FOOD, "→")
    await ada.click(listed, "Unpin 1")
    await ada.see(phrases.unpinned(QUESTION), "Nothing is pinned")
    answer = await stage.replied(ada, await ada.mention(QUESTION), REASON)
    assert phrases.PINNED not in answer.text


async def test_words_that_stand_in_no_article_are_not_pinned(anywhere: Stage):
    owner = anywhere.world.together("Ada Bell", admin=True)
    await anywhere.give(owner, ARTICLE)
    await owner.command("pin", f"{QUESTION} | They were chased by a dragon.")
    await owner.see("stands in no article")
    await owner.command("pins")
    await owner.see("Nothing is pinned")


async def test_who_is_no_admin_pins_nothing(stage: Stage):
    ada, ben = stage.world.together("Ada Bell", admin=True), stage.world.together("Ben Carr")
    await stage.give(ada, ARTICLE)
    await ben.command("pin", f"{QUESTION} | {FOOD}")
    await ben.see("admins")
    await ada.command("pin", QUESTION)
    offered = await ada.see("Which of these")
    if not offered.hidden:
        told = await press(stage, ben, offered, key_of(stage, ben, offered, "Pin 1"))
        assert told == phrases.ADMINS_ONLY
    assert await stage.app.store.pins(stage.world.place(ada)) == []
