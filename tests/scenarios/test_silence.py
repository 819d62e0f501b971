"""When the bot keeps silent in a group, and what it says where it can't read."""

from __future__ import annotations

import pytest

from handlers import phrases
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.stage import Stage


async def answered_alone(stage: Stage) -> None:
    """Ask in the group, and find that this is all that the bot ever answered there."""
    last = stage.world.together("Zoe Zane")
    await last.mention(QUESTION)
    await last.see(REASON)
    await stage.quiet()
    assert len(last.bubbles()) == 1


async def test_in_a_group_the_bot_answers_only_who_speaks_to_it(stage: Stage):
    ben, cora = stage.world.together("Ben Carr"), stage.world.together("Cora Dean")
    if stage.world.name == "telegram":
        stage.world.fake.privacy = False  # it is told of all that is said
    await stage.give(ben, ARTICLE)
    said = await ben.say(QUESTION)
    await cora.say("They say because of the woods.", to=said)
    await cora.say("https://news.example/tanuki")
    await ben.edit(said, f"{QUESTION} Does anybody know?")
    await stage.world.hand(ben, ("notes.txt", b"Nothing for the bot."))
    await answered_alone(stage)
    assert len(await stage.held(ben)) == 1


async def test_other_bots_and_webhooks_are_not_answered(stage: Stage):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    if stage.world.name == "telegram":
        stage.world.fake.privacy = False
        robot = stage.world.room().join("Robot", is_bot=True, username="robot_bot")
        await robot.mention(QUESTION)
        await robot.command("ask", QUESTION)
    else:
        room = stage.world.room()
        await stage.world.fake.person("Robot", room, bot=True).mention(QUESTION)
        await stage.world.fake.person("Hook", room, webhook=True).mention(QUESTION)
    await answered_alone(stage)


@pytest.mark.parametrize("stage", ["telegram"], indirect=True)
async def test_posts_forwarded_into_a_group_by_themselves_are_not_answered(stage: Stage):
    ben, room = stage.world.together("Ben Carr"), stage.world.room()
    stage.world.fake.privacy = False
    await stage.give(ben, ARTICLE)
    channel = stage.world.fake.channel("News of the temple", "temple_news")
    channel.discuss_in(room)
    await channel.post(f"@{stage.world.fake.world.bot.username} {QUESTION}")
    await channel.post("https://news.example/tanuki")
    await answered_alone(stage)


@pytest.mark.parametrize("stage", ["telegram"], indirect=True)
async def test_an_anonymous_admin_may_ask_but_is_nobody_special(stage: Stage):
    stage.world.together("Ada Bell", admin=True)
    nobody = stage.world.room().anonymous()
    await stage.give(nobody, ARTICLE)
    await nobody.say(f"/forget@{stage.world.fake.world.bot.username} 1")
    await nobody.see(phrases.NOBODY_HERE)
    await nobody.mention(QUESTION)
    await nobody.see(REASON)
    assert len(await stage.held(nobody)) == 1


@pytest.mark.parametrize("stage", ["telegram"], indirect=True)
async def test_commands_meant_for_another_bot_are_not_answered(stage: Stage):
    ben = stage.world.together("Ben Carr")
    stage.world.fake.privacy = False
    await stage.give(ben, ARTICLE)
    await ben.say(f"/ask@other_bot {QUESTION}")
    await ben.say("/help@other_bot")
    await ben.say(f"/ask@OTHER_bot {QUESTION}")
    await answered_alone(stage)


async def test_what_can_not_be_read_gets_one_clear_sentence_in_a_direct_message(stage: Stage):
    person = stage.world.alone("Ben Carr")
    await stage.give(person, ARTICLE)
    if stage.world.name == "telegram":
        ways = [person.photo, person.voice, person.sticker]
    else:
        ways = [lambda: person.say("")]
    for number, send in enumerate(ways, 1):
        await send()
        told = await person.see(phrases.UNREADABLE)
        assert told.text == phrases.UNREADABLE
        assert len(person.bubbles()) == number


async def test_what_can_not_be_read_is_passed_over_in_a_group(stage: Stage):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    if stage.world.name == "telegram":
        stage.world.fake.privacy = False
        await ben.photo()
        await ben.voice()
        await ben.sticker()
    else:
        await ben.say("")
    await answered_alone(stage)
