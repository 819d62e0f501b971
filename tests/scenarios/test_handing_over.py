"""Storing what others wrote in a chat: replied to, forwarded, chosen from a menu, pasted."""

from __future__ import annotations

import itertools

import pytest

from handlers import phrases
from storage.records import Article
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.stage import OWNER, Stage

POST = "The kiln at Marden was lit again on Monday, after nine years of quarrels in the town."
LONG_POST = f"""The Kiln

{POST}

{"The council found money for a new chimney in the spring, which it had sought for long. " * 3}

{"Forty people came to watch, and a baker brought bread that was baked in the old way. " * 2}"""
JUNE = 1_717_495_200  # 4 June 2024, 10:00 UTC


def facts(article: Article) -> tuple[str | None, ...]:
    return article.author, article.site, article.url, article.published


@pytest.mark.parametrize("stage", ["telegram"], indirect=True)
async def test_a_forwarded_post_keeps_its_channel_link_and_date(stage: Stage):
    owner = stage.world.alone(OWNER)
    await owner.forward(
        POST, channel="The Ostley Post", link="https://t.me/ostleypost/42", date=JUNE
    )
    await owner.see("Stored 1 article", "The Ostley Post")
    (kept,) = await stage.held(owner)
    assert facts(kept) == (None, "The Ostley Post", "https://t.me/ostleypost/42", "2024-06-04")
    await owner.forward("What a kiln that must be! I would like to see it.", user="Cora Dean")
    await owner.see("Stored 1 article", "Cora Dean")
    assert (await stage.held(owner))[0].author == "Cora Dean"
    await owner.say("When was the kiln at Marden lit?")
    answer = await owner.see("lit again on Monday", "The Ostley Post")
    assert answer.links == ("https://t.me/ostleypost/42",)


@pytest.mark.parametrize("stage", ["telegram"], indirect=True)
async def test_a_forwarded_file_and_a_forwarded_link_are_read(stage: Stage):
    owner = stage.world.alone(OWNER)
    await owner.forward(channel="News", files=[("tanuki.md", ARTICLE.encode())])
    await owner.see("Stored 1 article from tanuki.md")
    await owner.forward("Read this! https://127.0.0.1/secret", channel="News")
    await owner.see(phrases.INSIDE)
    assert len(await stage.held(owner)) == 1


@pytest.mark.parametrize("stage", ["telegram"], indirect=True)
async def test_a_forwarded_question_is_answered(stage: Stage):
    owner = stage.world.alone(OWNER)
    await stage.give(owner, ARTICLE)
    await owner.forward(QUESTION, user="Cora Dean")
    await owner.see(REASON, "[1]")
    assert len(await stage.held(owner)) == 1


@pytest.mark.parametrize("stage", ["telegram"], indirect=True)
async def test_a_command_takes_what_it_replies_to(stage: Stage):
    ada, ben = stage.world.together("Ada Bell", admin=True), stage.world.together("Ben Carr")
    said = await ben.say(POST)
    await ada.command("ingest", to=said)
    await ada.see("Stored 1 article", "Ben Carr", "Readers")
    (kept,) = await stage.held(ada)
    assert (kept.author, kept.site) == ("Ben Carr", "Readers")
    assert kept.url and kept.url.endswith(f"/{said}")
    handed = await stage.world.hand(ben, ("tanuki.md", ARTICLE.encode()))
    await ada.command("ingest", to=handed)
    await ada.see("Stored 1 article from tanuki.md")
    voice = await ben.voice()
    await ada.command("ingest", to=voice)
    await ada.see(phrases.UNREADABLE)


@pytest.mark.parametrize("stage", ["telegram"], indirect=True)
async def test_a_paste_that_came_in_several_messages_is_one_article(stage: Stage):
    owner = stage.world.alone(OWNER)
    tale = "# The long tale\n\n" + "\n\n".join(
        f"On day {day} the fox of Marden came to the well and told story number {day} to the owl."
        for day in itertools.takewhile(lambda day: day <= 110, itertools.count(1))
    )
    await owner.say(tale)
    receipt = await owner.see("Stored 1 article", "The long tale")
    assert len([each for each in owner.bubbles() if not each.streaming]) == 1
    assert receipt.buttons == ("Undo",)
    (kept,) = await stage.held(owner)
    version = await stage.app.store.version(owner.chat, kept.id, 1)
    version = version or await stage.app.store.version(f"{owner.id}", kept.id, 1)
    assert version and tale.removeprefix("# The long tale\n\n").split() == version.text.split()


@pytest.mark.parametrize("stage", ["telegram"], indirect=True)
async def test_a_paste_behind_a_command_is_one_article_too(stage: Stage):
    ada = stage.world.together("Ada Bell", admin=True)
    lines = [f"On day {day} the fox came to the well and told story {day}." for day in range(120)]
    await ada.command("ingest", "# A tale\n\n" + "\n\n".join(lines))
    await ada.see("Stored 1 article", "A tale", phrases.MAY_BE_CLIPPED)
    await stage.quiet()
    assert len(await stage.held(ada)) == 1
    await ada.command("ingest", "\n\n".join(lines[:40]))
    assert phrases.MAY_BE_CLIPPED not in (await ada.see("Stored 1 article")).text


@pytest.mark.parametrize("stage", ["discord"], indirect=True)
async def test_a_message_is_stored_from_its_menu(stage: Stage):
    ada, ben = stage.world.together("Ada Bell", admin=True), stage.world.together("Ben Carr")
    said = await ben.say(POST)
    await ada.context_menu(phrases.SAVE_MESSAGE, said)
    await ada.see("Stored 1 article", "Ben Carr", "Readers")
    (kept,) = await stage.held(ada)
    assert (kept.author, kept.site) == ("Ben Carr", "Readers")
    assert kept.url and kept.url.endswith(f"/{said}")
    handed = await stage.world.hand(ben, ("tanuki.md", ARTICLE.encode()))
    await ada.context_menu(phrases.SAVE_MESSAGE, handed)
    await ada.see("Stored 1 article from tanuki.md")
    await ben.context_menu(phrases.SAVE_MESSAGE, said)
    await ben.see(phrases.ADMINS_ONLY)
    assert len(await stage.held(ada)) == 2


@pytest.mark.parametrize("stage", ["discord"], indirect=True)
async def test_a_long_text_in_a_direct_message_is_stored(stage: Stage):
    owner = stage.world.alone(OWNER)
    lines = [f"On day {day} the fox came to the well and told story {day}." for day in range(40)]
    await owner.say("# A tale\n\n" + "\n\n".join(lines))
    await owner.see("Stored 1 article", "A tale")


async def test_a_text_that_is_edited_is_a_new_version_of_its_article(stage: Stage):
    owner = stage.world.alone(OWNER)
    said = await owner.say(LONG_POST)
    await owner.see("Stored 1 article")
    await owner.edit(said, LONG_POST.replace("on Monday", "on Tuesday"))
    receipt = await owner.see("Updated 1 article")
    (kept,) = await stage.held(owner)
    assert kept.version == 2
    await owner.say("When was the kiln at Marden lit?")
    assert "Monday" not in (await owner.see("lit again on Tuesday")).text
    await owner.click(receipt, "Undo")
    await owner.see("Undone")
    assert (await stage.held(owner))[0].version == 1


async def test_an_admin_who_says_save_this_in_reply_stores_what_it_replies_to(stage: Stage):
    ada, ben = stage.world.together("Ada Bell", admin=True), stage.world.together("Ben Carr")
    said = await ben.say(POST)
    asked = await ben.mention("save this please", to=said)
    await stage.replied(ben, asked, phrases.ADMINS_ONLY)
    asked = await ada.mention("save this please", to=said)
    await stage.replied(ada, asked, "Stored 1 article", "Ben Carr")
