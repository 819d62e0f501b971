"""The first day: an admin brings an article, people ask, and open what the answer rests on."""

from __future__ import annotations

from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.stage import OWNER, Stage


async def test_an_admin_stores_a_file_a_person_asks_and_opens_the_quote(stage: Stage):
    admin = stage.world.together("Ada Bell", admin=True)
    await admin.upload(("tanuki.md", ARTICLE.encode()))
    receipt = await admin.see("Stored 1 article", "The tanuki of Matsuyama")
    assert receipt.buttons == ("Undo",)

    person = stage.world.together("Ben Carr")
    asked = await person.mention(QUESTION)
    answer = await person.see(REASON, "[1]")
    assert answer.reply_to == asked
    assert answer.pings == ()
    assert answer.links == ()
    assert answer.buttons[0] == "Quote 1"

    await person.click(answer, "Quote 1")
    around = await person.see("The tanuki of Matsuyama", "People leave food")
    assert around.id != answer.id


async def test_a_person_who_is_no_admin_stores_nothing(stage: Stage):
    stage.world.together("Ada Bell", admin=True)
    person = stage.world.together("Ben Carr")
    await person.upload(("tanuki.md", ARTICLE.encode()))
    await person.see("admins")
    assert await stage.app.store.articles(person.chat) == []


async def test_a_stranger_in_a_direct_message_sees_nothing_until_an_owner_lets_them(stage: Stage):
    stranger = stage.world.alone("Stan Stone")
    await stranger.say(QUESTION)
    await stranger.see("no library")
    owner = stage.world.alone(OWNER)
    await owner.upload(("tanuki.md", ARTICLE.encode()))
    await owner.see("Stored 1 article")
    await owner.command("library", f"use shared in {owner.id}")
    await owner.see("shared")
    await owner.upload(("tanuki.md", ARTICLE.encode()))
    await owner.see("Stored 1 article")
    await owner.command("library", f"use shared in {stranger.id}")
    await owner.see(stranger.id)
    await stranger.say(QUESTION)
    await stranger.see(REASON)
