"""Buttons outlive a restart; a key works once it was given, in its place, for who may."""

from __future__ import annotations

import pytest

from handlers import phrases
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.events import key_of, press, twice, twice_from_now
from tests.scenarios.stage import Stage


async def test_buttons_work_after_a_restart(stage: Stage):
    ada, ben = stage.world.together("Ada Bell", admin=True), stage.world.together("Ben Carr")
    await ada.upload(("tanuki.md", ARTICLE.encode()))
    receipt = await ada.see("Stored 1 article")
    await ben.mention(QUESTION)
    answer = await ben.see(REASON)
    await stage.restart()
    await ben.click(answer, "Quote 1")
    around = await ben.see("People leave food")
    assert around.id != answer.id
    await ada.click(receipt, "Undo")
    assert (await ada.see("Undone")).id == receipt.id
    assert await stage.held(ada) == []


async def test_after_a_restart_who_may_not_is_told_so_alone_and_nothing_changes(stage: Stage):
    ada, ben = stage.world.together("Ada Bell", admin=True), stage.world.together("Ben Carr")
    await ada.upload(("tanuki.md", ARTICLE.encode()))
    receipt = await ada.see("Stored 1 article")
    await stage.restart()
    told = await press(stage, ben, receipt, key_of(stage, ben, receipt, "Undo"))
    assert told == phrases.ADMINS_ONLY
    assert [(each.id, each.text, each.buttons) for each in ada.bubbles()] == [
        (receipt.id, receipt.text, receipt.buttons)
    ]
    assert len(await stage.held(ada)) == 1


async def test_an_admin_who_is_none_any_more_presses_in_vain(stage: Stage):
    ada = stage.world.together("Ada Bell", admin=True)
    await ada.upload(("tanuki.md", ARTICLE.encode()))
    receipt = await ada.see("Stored 1 article")
    stage.world.together("Ada Bell", admin=False)
    await stage.restart()  # what Telegram said of her is remembered for a minute
    told = await press(stage, ada, receipt, key_of(stage, ada, receipt, "Undo"))
    assert told == phrases.ADMINS_ONLY
    assert len(await stage.held(ada)) == 1


async def test_a_press_that_comes_twice_counts_once(stage: Stage):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    await ben.mention(QUESTION)
    answer = await ben.see(REASON)
    twice_from_now(stage, "INTERACTION_CREATE")
    await ben.click(answer, "Quote 1")
    twice(stage)
    await ben.see("People leave food")
    await ben.mention("Who lives in the woods of Japan?")
    await ben.see("look like raccoons")
    await stage.quiet()
    assert sum("People leave food" in each.text for each in ben.bubbles()) == 1


async def test_a_press_again_is_answered_again_and_harms_nothing(stage: Stage):
    ada = stage.world.together("Ada Bell", admin=True)
    await ada.upload(("tanuki.md", ARTICLE.encode()))
    receipt = await ada.see("Stored 1 article")
    key = key_of(stage, ada, receipt, "Undo")
    await ada.click(receipt, "Undo")
    await ada.see("Undone")
    await ada.upload(("tanuki.md", ARTICLE.encode()))
    await ada.see("Stored 1 article")
    assert await press(stage, ada, receipt, key) == phrases.NOTHING_TO_UNDO
    assert len(await stage.held(ada)) == 1


async def test_a_key_from_another_chat_opens_nothing(stage: Stage):
    ben = stage.world.together("Ben Carr", chat="Secret")
    await stage.give(ben, ARTICLE)
    await ben.mention(QUESTION)
    key = key_of(stage, ben, await ben.see(REASON), "Quote 1")
    eve = stage.world.together("Eve Dane", chat="Other")
    await eve.mention(QUESTION)
    here = await eve.see("answer that")
    assert await press(stage, eve, here, key) == phrases.OLD_BUTTON
    assert [each.text for each in eve.bubbles() if not each.hidden] == [here.text]


@pytest.mark.parametrize("key", ["AAAAAAAAAAAAAAAA", "source 1", "'; drop table buttons --", "🦝"])
async def test_a_made_up_key_opens_nothing(stage: Stage, key: str):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    await ben.mention(QUESTION)
    answer = await ben.see(REASON)
    assert await press(stage, ben, answer, key) == phrases.OLD_BUTTON
    assert [each.text for each in ben.bubbles() if not each.hidden] == [answer.text]
