"""Asking on each platform what an article is about, and what there is."""

from __future__ import annotations

from tests.process import ARTICLE
from tests.scenarios.stage import OWNER, Stage
from tests.scenarios.test_receipts import STORY

LIT = "was lit again on Monday"


async def test_a_summary_in_reply_to_a_receipt_is_of_what_that_stored(stage: Stage):
    owner = stage.world.together(OWNER, admin=True)
    await owner.upload(("kiln.txt", STORY))
    receipt = await owner.see("Stored 1 article")
    await owner.upload(("tanuki.md", ARTICLE.encode()))
    await owner.see("Stored 1 article", "The tanuki of Matsuyama")
    await stage.restart()
    asked = await owner.say("give me a summary", to=receipt.id)
    answer = await stage.replied(owner, asked, LIT, "[1]")
    assert "The tanuki" not in answer.text
    assert "👍" in answer.buttons


async def test_a_summary_right_behind_a_receipt_is_of_that_article(anywhere: Stage):
    owner = anywhere.world.alone(OWNER)
    await owner.upload(("tanuki.md", ARTICLE.encode()))
    await owner.see("Stored 1 article")
    await owner.upload(("kiln.txt", STORY))
    await owner.see("The Kiln at Marden")
    await owner.say("tldr")
    answer = await owner.see(LIT, "[1]")
    assert "The tanuki" not in answer.text


async def test_a_receipt_leaves_the_conversation_before_it_as_it_was(stage: Stage):
    owner = stage.world.alone(OWNER)
    await stage.give(owner, ARTICLE)
    await owner.say("Why do the tanuki come into the town of Matsuyama?")
    await owner.see("[1]")
    await owner.upload(("kiln.txt", STORY))
    await owner.see("Stored 1 article")
    await owner.say("And when was that?")
    assert "The tanuki" in (await owner.see("1965")).text


async def test_what_there_is_and_what_is_new_are_told_in_a_chat(stage: Stage):
    person = stage.world.together("Ben Carr")
    await stage.give(person, ARTICLE, STORY.decode())
    await person.mention("what articles do you have?")
    listing = await person.see("The Kiln at Marden", "The tanuki of Matsuyama")
    assert listing.text.index("#2") < listing.text.index("#1")
    assert "[1]" not in listing.text
    await person.mention("what's new?")
    assert (await person.see("New in the library", LIT)).text.index(LIT) > 0


async def test_a_reply_to_the_answer_of_a_command_goes_on_in_its_conversation(stage: Stage):
    person = stage.world.together("Ben Carr")
    await stage.give(person, ARTICLE, STORY.decode())
    await person.command("ask", "summarise the article about the kiln")
    answer = await person.see(LIT, "[1]")
    await person.command("ask", "summarise the article about the tanuki")
    await person.see("raccoons")
    asked = await person.say("tldr", to=answer.id)
    await stage.replied(person, asked, LIT)
