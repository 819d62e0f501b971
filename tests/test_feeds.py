"""/feed and /feeds: subscribed with a receipt, found behind a page, listed, rested, ended."""

from __future__ import annotations

from typing import Any

import pytest

from bot.compose import compose
from bot.json_lines import objects
from handlers import phrases
from handlers.errors import BadUsage, Code, NotAllowed, NotFound, Refused
from handlers.feeds import MOST, PAGE, feeds
from handlers.messages import Feeds, Person, Place, Receipt, Request
from storage.feeds import Feed, FeedState
from storage.store import Store
from tests.fakes.web import Answer, web
from tests.feeding import FEED, HOST, NOW, PLACE, Item, asked, bench, rss, site

TWO = [Item("bridge", NOW - 3600), Item("kiln", NOW - 7200)]
HOME = Answer(
    b"<html><head><title>Post</title>"
    b'<link rel="alternate" type="application/rss+xml" href="/feed"></head><body></body></html>'
)
MAP = Answer(f"<urlset><url><loc>http://{HOST}/kiln</loc></url></urlset>".encode())


async def listed(store: Store, text: str = "", *, paged: bool = True) -> Feeds:
    place = Place("telegram:-1", paged=paged)
    request = Request("feeds", text, Person("telegram:5"), place, library="main")
    reply = [each async for each in feeds(request, store=store)][-1]
    assert isinstance(reply, Feeds)
    return reply


async def test_who_subscribes_gets_a_receipt_with_undo_and_the_time_of_the_next_reading(
    store: Store,
) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        receipt = await it.subscribe()
    assert (receipt.source, receipt.status) == (FEED, "stored")
    assert [each.article.title for each in receipt.articles] == ["Kiln", "Bridge"]
    undo, remove = receipt.actions
    numbers = [each.article.id for each in receipt.articles]
    assert sorted(undo.text.split()) == sorted(f"{number}/1" for number in numbers)
    assert (remove.command, remove.text) == ("feed", "remove 1")
    assert receipt.note.startswith("Subscribed to “The Post”")
    assert "2025-06-15" in receipt.note
    assert "Subscribed to “The Post”" in compose(receipt)
    (told,) = objects(receipt)
    assert (told["note"], len(told["articles"])) == (receipt.note, 2)
    feed = await it.feed()
    assert (feed.by, feed.place, feed.spot, feed.private) == ("telegram:5", PLACE.id, "7", False)
    assert feed.due > NOW


async def test_the_feed_that_a_page_names_is_found(store: Store) -> None:
    async with web({**site(TWO), f"{HOST}/": HOME}) as sites, bench(store, sites) as it:
        await it.subscribe(f"http://{HOST}/")
    assert (await it.feed()).url == FEED
    assert asked(sites)[:2] == ["/", "/feed"]


async def test_a_page_that_names_an_address_inside_leads_nowhere(store: Store) -> None:
    trap = Answer(HOME.body.replace(b"/feed", b"http://169.254.169.254/feed"))
    async with web({f"{HOST}/": trap}) as sites, bench(store, sites) as it:
        with pytest.raises(Refused) as caught:
            await it.subscribe(f"http://{HOST}/")
    assert caught.value.code is Code.FORBIDDEN
    assert await store.feeds("main") == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(b"<html><body><p>Words.</p></body></html>"), phrases.NO_FEED),
        (MAP, phrases.A_MAP),
        (Answer(b"", 404, {}), phrases.GONE),
    ],
    ids=["page", "sitemap", "gone"],
)
async def test_what_is_no_feed_is_not_subscribed_to(store: Store, answer: Answer, why: str) -> None:
    async with web({f"{HOST}/feed": answer}) as sites, bench(store, sites) as it:
        with pytest.raises(Refused) as caught:
            await it.subscribe()
    assert str(caught.value) == why
    assert await store.feeds("main") == []


async def test_a_feed_none_of_whose_pages_can_be_read_is_kept_and_says_why(store: Store) -> None:
    pages = {f"{HOST}/feed": rss(TWO)}
    async with web(pages) as sites, bench(store, sites) as it:
        receipt = await it.subscribe()
    assert (receipt.articles, receipt.status) == ((), "duplicate")
    assert phrases.GONE in receipt.note
    assert "and 1 more" in receipt.note
    assert compose(receipt).startswith("Subscribed")


async def test_who_subscribes_again_gets_what_is_new_and_no_second_feed(store: Store) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        await it.said("pause 1")
        again = await it.subscribe()
    assert again.articles == ()
    assert (await it.feed()).state is FeedState.ACTIVE


async def test_a_feed_rests_goes_on_is_read_now_and_ends(store: Store) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        paused = await it.said("pause 1")
        assert isinstance(paused, Feeds)
        assert paused.feeds[0].state is FeedState.PAUSED
        assert paused.head == phrases.paused("The Post")
        resumed = await it.said(f"resume {FEED}")
        assert isinstance(resumed, Feeds)
        assert resumed.feeds[0].state is FeedState.ACTIVE
        sites.pages |= site([Item("glaze", NOW), *TWO])
        read = await it.said("Poll #1")
        assert isinstance(read, Receipt)
        assert [each.article.title for each in read.articles] == ["Glaze"]
        assert read.note.startswith("“The Post”: 1 new article.")
        loud = await it.said("tell 1")
        assert isinstance(loud, Feeds)
        assert (loud.feeds[0].loud, loud.head) == (True, phrases.told_of("The Post"))
        quiet = await it.said("hush 1")
        assert isinstance(quiet, Feeds)
        assert not quiet.feeds[0].loud
        removed = await it.said("remove 1")
    assert removed == Feeds((), head=phrases.unsubscribed("The Post"))
    assert phrases.NO_FEEDS in compose(removed)
    assert len(await it.titles()) == 3


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", BadUsage),
        ("what is this", BadUsage),
        ("pause", BadUsage),
        ("pause 9", NotFound),
        ("remove http://nowhere.example/feed", NotFound),
        ("poll 99999999999999999999", NotFound),
    ],
)
async def test_what_names_no_feed_is_told_what_to_say(
    store: Store, text: str, fault: type[Exception]
) -> None:
    async with web({}) as sites, bench(store, sites) as it:
        with pytest.raises(fault):
            await it.said(text)


async def test_a_feed_of_another_library_is_not_there(store: Store) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        for text in ("pause 1", "poll 1", "remove 1", f"remove {FEED}"):
            with pytest.raises(NotFound):
                await it.said(text, library="other")
    assert (await it.feed()).state is FeedState.ACTIVE


async def test_a_library_has_not_endless_feeds(store: Store) -> None:
    for n in range(MOST):
        await store.subscribe(Feed("main", f"http://{HOST}/{n}", "t", "me", "terminal:here"))
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        with pytest.raises(NotAllowed):
            await it.said(FEED)
    assert asked(sites) == []


async def kept(store: Store, **more: Any) -> Feed:
    number = await store.subscribe(
        Feed("main", more.pop("url", FEED), "A *b*", "me", "telegram:-1")
    )
    feed = await store.feed("main", number)
    assert feed is not None
    return feed


async def test_a_list_says_when_and_what_and_shows_others_words_as_they_are(store: Store) -> None:
    feed = await kept(store)
    await store.rest(feed.id, NOW)
    text = compose(await listed(store))
    assert r"A \*b\*" in text
    assert "not read yet, next 2025-06-15 15:06 UTC, 0 new, 0 in all" in text
    (told,) = objects(await listed(store, paged=False))
    assert told == {
        "id": 1, "url": FEED, "title": "A *b*", "state": "active", "loud": False,
        "next": "2025-06-15T15:06:40+00:00", "new": 0, "stored": 0, "waiting": 0, "faults": 0,
    }  # fmt: skip


async def test_a_list_says_what_is_wrong(store: Store) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        sites.pages[f"{HOST}/feed"] = Answer(b"", 500, {})
        for _ in range(2):
            with pytest.raises(Refused):
                await it.poll()
    text = compose(await listed(store))
    assert "could not be read the last 2 times: The site answered with error 500" in text


async def test_a_list_comes_in_pages_with_buttons_for_each_feed(store: Store) -> None:
    for n in range(PAGE + 1):
        await kept(store, url=f"http://{HOST}/{n}")
    await store.pause("main", 2, paused=True, by="me")
    first = await listed(store)
    assert [(each.label, each.text) for each in first.actions[:6]] == [
        ("Pause 1", "pause 1"),
        ("Poll now 1", "poll 1"),
        ("Announce 1", "tell 1"),
        ("Remove 1", "remove 1"),
        ("Resume 2", "resume 2"),
        ("Remove 2", "remove 2"),
    ]
    assert (first.actions[-1].command, first.actions[-1].text) == ("feeds", "2")
    second = await listed(store, "2")
    assert ([each.id for each in second.feeds], second.page) == ([PAGE + 1], 2)
    assert "Page 2 of 2" in compose(second)
    assert len((await listed(store, paged=False)).feeds) == PAGE + 1
