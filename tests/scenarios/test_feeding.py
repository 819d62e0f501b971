"""A library that is fed: subscribed in a chat, looked after by buttons, and people are told."""

from __future__ import annotations

import asyncio

from handlers import phrases
from tests.fakes.web import Answer, Web
from tests.feeding import Item, page, rss
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.stage import Stage
from tests.scenarios.test_following import follows

HOST = "news.example"
FEED = f"https://{HOST}/feed"


def put(sites: Web, *names: str) -> None:
    """Let the site have a feed with an entry and a page each."""
    items = [Item(name, link=f"https://{HOST}/{name}") for name in names]
    sites.pages[f"{HOST}/feed"] = rss(items)
    sites.pages |= {f"{HOST}/{name}": page(name) for name in names}


async def test_an_admin_subscribes_and_looks_after_the_feed_by_buttons(stage: Stage, sites: Web):
    put(sites, "kiln")
    ada = stage.world.together("Ada Bell", admin=True)
    await ada.command("feed", FEED)
    receipt = await ada.see("Subscribed to “The Post”", "Kiln")
    assert receipt.buttons == ("Undo", "Remove 1")
    await ada.command("feeds")
    listed = await ada.see("1 new, 1 in all")
    assert listed.buttons == ("Pause 1", "Poll now 1", "Announce 1", "Remove 1")
    put(sites, "bridge", "kiln")
    await ada.click(listed, "Poll now 1")
    await ada.see("1 new article", "Bridge")
    await ada.click(listed, "Pause 1")
    paused = await ada.see("is not read until you resume it")
    assert paused.buttons == ("Resume 1", "Remove 1")
    await ada.click(paused, "Remove 1")
    await ada.see("Its articles stay", "is fed from nothing")
    assert len(await stage.held(ada)) == 2


async def test_who_waits_for_an_answer_is_told_when_a_feed_brings_it(stage: Stage, sites: Web):
    ada = stage.world.together("Ada Bell", admin=True)
    ben = stage.world.together("Ben Carr")
    put(sites, "kiln")
    await ada.command("feed", FEED)
    await ada.see("Subscribed to")
    no = await follows(stage, ben)
    put(sites, "tanuki", "kiln")
    html = "".join(f"<p>{each}</p>" for each in ARTICLE.split("\n\n")[1:])
    whole = f"<html><head><title>Tanuki</title></head><body><article>{html}</article></body></html>"
    sites.pages[f"{HOST}/tanuki"] = Answer(whole.encode())
    (feed,) = await stage.app.store.feeds(stage.world.place(ada))
    await stage.app.store.rest(feed.id, 0.0)
    stage.app.poller.poke()
    answer = await stage.replied(ben, no, REASON, "[1]")
    assert QUESTION in answer.text


async def test_a_chat_is_told_once_that_its_feed_is_gone(stage: Stage, sites: Web):
    ada = stage.world.together("Ada Bell", admin=True)
    put(sites, "kiln")
    await ada.command("feed", FEED)
    await ada.see("Subscribed to")
    sites.pages[f"{HOST}/feed"] = Answer(b"", 410, {})
    (feed,) = await stage.app.store.feeds(stage.world.place(ada))
    await stage.app.store.rest(feed.id, 0.0)
    stage.app.poller.poke()
    told = await ada.see("was taken away for good")
    assert FEED in told.text
    await stage.restart()
    await ada.command("feeds")
    await ada.see("gone")
    async with asyncio.timeout(15):
        while await stage.app.store.news(stage.world.name):  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.02)
    assert sum("taken away for good" in each.text for each in ada.bubbles()) == 1


async def test_a_chat_that_wants_to_hear_of_new_articles_does(stage: Stage, sites: Web):
    ada = stage.world.together("Ada Bell", admin=True)
    put(sites, "kiln")
    await ada.command("feed", FEED)
    await ada.see("Subscribed to")
    await ada.command("feed", "tell 1")
    await ada.see("This chat is told of new articles")
    put(sites, "bridge", "kiln")
    (feed,) = await stage.app.store.feeds(stage.world.place(ada))
    await stage.app.store.rest(feed.id, 0.0)
    stage.app.poller.poke()
    await ada.see("New from “The Post”: “Bridge”.")


async def test_people_who_are_no_admins_feed_nothing(stage: Stage, sites: Web):
    put(sites, "kiln")
    ben = stage.world.together("Ben Carr")
    await ben.command("feed", FEED)
    await ben.see(phrases.ADMINS_ONLY)
    assert sites.asked == []
