"""Who got an honest no is told, where they asked and once, when an article answers the question."""

from __future__ import annotations

from bot.app import open_app
from handlers import phrases
from handlers.messages import Person, Place, Receipt, Request
from tests.process import ARTICLE, JULY, QUESTION, REASON
from tests.scenarios.events import key_of, press
from tests.scenarios.stage import OWNER, Stage

FILE = ("tanuki.md", ARTICLE.encode())


async def follows(stage: Stage, person, question: str = QUESTION) -> str:
    """Ask in vain, press the button; give the id of the honest no."""
    await person.mention(question)
    no = await person.see(phrases.NO_ANSWER)
    told = await press(stage, person, no, key_of(stage, person, no, phrases.TELL_ME))
    assert told == phrases.FOLLOWING
    return no.id


async def test_the_asker_is_told_the_proven_answer_in_the_place_where_they_asked(stage: Stage):
    ben = stage.world.together("Ben Carr")
    ada = stage.world.together("Ada Bell", admin=True)
    no = await follows(stage, ben)
    await ada.upload(FILE)
    answer = await stage.replied(ben, no, REASON, "[1]")
    assert QUESTION in answer.text
    assert "Ben Carr" in answer.text
    assert answer.buttons == ("Quote 1", "👍", "👎")
    assert answer.pings == ()
    await ben.click(answer, "Quote 1")
    await ben.see("The tanuki of Matsuyama", "People leave food")


async def test_they_are_told_once_whatever_is_stored_after(stage: Stage):
    ben = stage.world.together("Ben Carr")
    await follows(stage, ben)
    await stage.give(ben, ARTICLE)
    stage.app.follower.poke()
    await ben.see(REASON)
    await stage.give(ben, JULY)
    await stage.restart()
    await stage.app.follower.check()
    asked = await ben.mention("Who lives in the woods of Japan?")
    await stage.replied(ben, asked, "look like raccoons")
    assert sum("what you asked" in each.text for each in ben.bubbles()) == 1


async def test_what_was_stored_while_the_bot_was_away_is_told_at_the_next_start(stage: Stage):
    ben = stage.world.alone(OWNER)
    no = await follows(stage, ben)
    await stage.stop()
    await stored_elsewhere(stage, ben)
    await stage.start()
    answer = await stage.replied(ben, no, REASON)
    assert "Olga" not in answer.text


async def stored_elsewhere(stage: Stage, person) -> None:
    """Store the article by a bot without platforms, as the command line does."""
    alone = Stage(stage.world, stage.folder, stage.more, serving=lambda app: {})
    alone.app = await alone._open.enter_async_context(open_app(alone.settings))
    where = Place(stage.world.place(person))
    request = Request("ingest", ARTICLE, Person(person.id), where)
    receipt = [each async for each in alone.app.reply(request)][-1]
    assert isinstance(receipt, Receipt), receipt
    await alone._open.aclose()


async def test_articles_that_do_not_answer_it_tell_nobody_anything(stage: Stage):
    ben = stage.world.together("Ben Carr")
    await follows(stage, ben)
    await stage.give(ben, JULY)
    await stage.app.follower.check()
    assert await stage.app.store.due(stage.world.name) == []
    asked = await ben.mention("Quand ouvre le marché de Lyon ?")
    await stage.replied(ben, asked, "Le marché de Lyon")
    assert len([each for each in ben.bubbles() if not each.hidden]) == 2


async def test_who_presses_again_is_not_told(stage: Stage):
    ben = stage.world.together("Ben Carr")
    asked = await ben.mention(QUESTION)
    no = await stage.replied(ben, asked, phrases.NO_ANSWER)
    key = key_of(stage, ben, no, phrases.TELL_ME)
    assert await press(stage, ben, no, key) == phrases.FOLLOWING
    assert await press(stage, ben, no, key) == phrases.NOT_FOLLOWING
    await stage.give(ben, ARTICLE)
    assert await stage.app.store.unchecked() == []


async def test_two_who_follow_in_two_chats_are_told_each_in_theirs(stage: Stage):
    ben, cora = stage.world.together("Ben Carr"), stage.world.together("Cora Dean", chat="Other")
    mine, hers = await follows(stage, ben), await follows(stage, cora)
    await stage.give(ben, ARTICLE)
    stage.app.follower.poke()
    await stage.replied(ben, mine, REASON, "Ben Carr")
    assert all(REASON not in each.text for each in cora.bubbles())
    await stage.give(cora, ARTICLE)
    stage.app.follower.poke()
    await stage.replied(cora, hers, REASON, "Cora Dean")


async def test_who_was_let_out_of_the_library_meanwhile_is_told_nothing_of_it(stage: Stage):
    ben = stage.world.together("Ben Carr")
    place = stage.world.place(ben)
    await stage.app.store.bind(place, "secret", by="me")
    await follows(stage, ben)
    await stage.app.store.bind(place, "open", by="me")
    owner = Person(sorted(stage.app.settings.owners)[0])
    request = Request("ingest", ARTICLE, owner, Place(owner.id), library="secret")
    assert isinstance([each async for each in stage.app.reply(request)][-1], Receipt)
    await stage.app.follower.check()
    asked = await ben.mention("Quand ouvre le marché ?")
    await stage.replied(ben, asked, phrases.NO_ANSWER)
    assert all(REASON not in each.text for each in ben.bubbles())


async def test_an_admin_sees_what_people_asked_in_vain_until_it_is_answered(stage: Stage):
    ben, cora = stage.world.together("Ben Carr"), stage.world.together("Cora Dean")
    ada = stage.world.together("Ada Bell", admin=True)
    await ben.command("gaps")
    await ben.see(phrases.ADMINS_ONLY)
    for person, words in ((ben, QUESTION), (cora, "why did the tanuki move into the town")):
        await stage.replied(person, await person.mention(words), phrases.NO_ANSWER)
    await stage.replied(cora, await cora.mention("Who is the mayor of Ostley?"), phrases.NO_ANSWER)
    await ada.command("gaps")
    listed = await ada.see(phrases.GAPS, "why did the tanuki", "2 people", "mayor of Ostley")
    assert listed.text.index("mayor") < listed.text.index("tanuki")
    assert listed.buttons == ()
