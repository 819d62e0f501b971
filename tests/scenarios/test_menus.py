"""What people find of the bot's commands: the menu, the help, and what there is not."""

from __future__ import annotations

import pytest

from handlers import phrases
from tests.fakes.discord.commands import NotOffered
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.stage import OWNER, Stage

LOOKING = {"ask", "search", "articles", "article", "status", "library", "help"}
KEEPING = (
    LOOKING
    | {"ingest", "extract", "forget", "feed", "feeds", "pin", "pins", "gaps"}
    | {"refresh", "diff", "revert", "removed"}
)


def listed(text: str) -> set[str]:
    """Give the commands that have a line of their own."""
    starts = (line.lstrip("-•* ").partition(" ")[0] for line in text.splitlines())
    return {start.lstrip("/") for start in starts if start.startswith("/")}


async def test_help_lists_what_a_person_may_do_here_and_nothing_more(stage: Stage):
    admin = stage.world.together("Ada Bell", admin=True)
    person = stage.world.together("Ben Carr")
    stranger, owner = stage.world.alone("Stan Stone"), stage.world.alone(OWNER)
    wanted = ((person, LOOKING), (admin, KEEPING), (owner, KEEPING), (stranger, {"help"}))
    for who, may in wanted:
        await who.command("help")
        told = await who.see("/help")
        assert listed(told.text) - {"start"} == may


async def test_the_menu_offers_what_people_of_a_place_may_do(stage: Stage):
    admin = stage.world.together("Ada Bell", admin=True)
    person, owner = stage.world.together("Ben Carr"), stage.world.alone(OWNER)
    if stage.world.name == "telegram":
        offered = [{name for name, _ in who.menu()} for who in (person, admin, owner)]
        assert offered == [LOOKING, KEEPING, KEEPING]
    else:
        names = {each["name"] for each in stage.world.fake.commands.known[0]}
        assert names == KEEPING | {phrases.SAVE_MESSAGE}


async def test_a_command_typed_as_words_is_carried_out(stage: Stage):
    owner = stage.world.alone(OWNER)
    await stage.give(owner, ARTICLE)
    await owner.say("/articles")
    await owner.see("#1", "The tanuki of Matsuyama")
    await owner.say(f"/ask {QUESTION}")
    await owner.see(REASON)


async def test_a_command_that_there_is_not_is_answered_with_the_nearest(stage: Stage):
    person = stage.world.alone(OWNER)
    await person.say("/artcles")
    await person.see("There is no command /artcles", "/articles")
    await person.say("/xyzzy")
    await person.see("/xyzzy", "/help")


@pytest.mark.parametrize("stage", ["discord"], indirect=True)
async def test_a_command_that_there_is_not_can_not_be_called(stage: Stage):
    person = stage.world.together("Ben Carr")
    for name in ("artcles", "undo", "source"):
        with pytest.raises(NotOffered):
            await person.command(name)


async def test_what_only_concerns_who_asked_is_seen_by_them_alone(stage: Stage):
    ben, cora = stage.world.together("Ben Carr"), stage.world.together("Cora Dean")
    await ben.command("status")
    told = await ben.see("0 articles")
    assert told.hidden == (stage.world.name == "discord")
    assert (told.id in [each.id for each in cora.bubbles()]) != told.hidden


async def test_help_says_how_to_ask_and_how_to_store_in_this_place(stage: Stage):
    person, admin = stage.world.together("Ben Carr"), stage.world.together("Ada Bell", admin=True)
    await person.command("help")
    told = await person.see(phrases.HELP_GROUP)
    assert phrases.HELP_STORE_GROUP not in told.text
    await admin.command("help")
    await admin.see(phrases.HELP_GROUP, phrases.HELP_STORE_GROUP)
    owner = stage.world.alone(OWNER)
    await owner.command("help")
    assert phrases.HELP_GROUP not in (await owner.see(phrases.HELP_STORE)).text


@pytest.mark.parametrize("stage", ["telegram"], indirect=True)
async def test_who_brings_the_bot_into_a_group_is_told_how_the_first_article_comes_in(stage: Stage):
    for name, status in (("Ada Bell", "administrator"), ("Ben Carr", "member")):
        room = stage.world.room(f"Readers of {name}")
        person = room.join(name, status)
        room.kick_bot(person)
        room.invite_bot(person)
        told = await person.see(phrases.HELP_GROUP)
        assert (phrases.HELP_STORE_GROUP in told.text) == (status == "administrator")
