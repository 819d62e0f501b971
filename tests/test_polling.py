"""Feeds that are read again: what is new comes once, what fails waits, and a stop loses nothing."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from handlers import phrases
from handlers.errors import Code, NotAllowed, Refused
from handlers.messages import Failure, Progress
from handlers.polling import Poller
from handlers.schedule import LATEST, SOONEST
from handlers.visits import FIRST, LEASE, MOST, TRIES, Polled
from storage.feeds import EntryState, FeedState
from storage.store import Store
from tests.fakes.web import PUBLIC, Answer, web
from tests.feeding import DAY, FEED, HOST, HOUR, NOW, Item, asked, bench, page, rss, site

LONG = "<p>" + "The whole of the story stands in the feed, word for word. " * 8 + "</p>"
TWO = [Item("bridge", NOW - HOUR), Item("kiln", NOW - 3 * HOUR)]


async def test_what_is_new_in_a_feed_is_stored_and_what_is_known_is_not_fetched_again(
    store: Store,
) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        assert await it.titles() == ["Kiln", "Bridge"]
        sites.pages |= site([Item("glaze", NOW), *TWO])
        it.clock.now += DAY
        sites.asked.clear()
        polled = await it.poll()
    assert asked(sites) == ["/feed", "/glaze"]
    assert len(polled.results) == 1
    assert await it.titles() == ["Kiln", "Bridge", "Glaze"]
    assert (polled.feed.fresh, polled.feed.stored, polled.feed.polled) == (1, 3, NOW + DAY)


async def test_a_feed_is_asked_only_whether_it_changed(store: Store) -> None:
    async with (
        web(site(TWO, ETag='"1"', Last_Modified="Monday")) as sites,
        bench(store, sites) as it,
    ):
        await it.subscribe()
        sites.pages[f"{HOST}/feed"] = Answer(b"", 304, {})
        for _ in range(2):
            polled = await it.poll()
    assert sites.headers[-1]["if-none-match"] == '"1"'
    assert sites.headers[-1]["if-modified-since"] == "monday"
    assert (polled.results, polled.feed.fresh, polled.feed.etag) == ((), 0, '"1"')


async def test_an_entry_that_changed_becomes_a_new_version(store: Store) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        sites.pages[f"{HOST}/feed"] = rss([Item("bridge", NOW), TWO[1]])
        sites.pages[f"{HOST}/bridge"] = page("bridge", "The bridge is open again")
        polled = await it.poll()
    newest, *_ = await store.articles("main")
    assert (newest.title, newest.version, len(polled.results)) == ("Bridge", 2, 1)
    assert len(await store.articles("main")) == 2


async def test_an_entry_with_a_new_id_and_an_old_link_is_known(store: Store) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        renamed = [Item(f"{each.name}-2", each.stamp, link=f"http://{HOST}/{each.name}")
                   for each in TWO]  # fmt: skip
        sites.pages[f"{HOST}/feed"] = rss(renamed)
        sites.asked.clear()
        await it.poll()
    assert asked(sites) == ["/feed"]


async def test_a_new_feed_begins_with_its_newest_entries_and_leaves_the_rest(
    store: Store,
) -> None:
    items = [Item(f"story {n:02}".replace(" ", "-"), NOW - n * HOUR) for n in range(FIRST + 5)]
    async with web(site(items)) as sites, bench(store, sites) as it:
        receipt = await it.subscribe()
        await it.poll()
    assert len(receipt.articles) == len(await it.titles()) == FIRST
    assert f"/{items[FIRST].name}" not in asked(sites)
    states = [each.state for each in await store.entries((await it.feed()).id)]
    assert states.count(EntryState.PASSED) == 5


async def test_more_than_may_be_read_at_once_waits_for_the_next_time(store: Store) -> None:
    items = [Item(f"story-{n:02}", NOW + n) for n in range(MOST + 3)]
    async with (
        web({**site(items), f"{HOST}/feed": rss(TWO[:1])}) as sites,
        bench(store, sites) as it,
    ):
        await it.subscribe()
        sites.pages[f"{HOST}/feed"] = rss(items)
        first = await it.poll()
        assert (len(first.results), first.feed.waiting) == (MOST, 3)
        assert first.feed.due == NOW + SOONEST
        second = await it.poll()
    assert (len(second.results), second.feed.waiting) == (3, 0)
    assert len(await it.titles()) == MOST + 3


@pytest.mark.parametrize(
    "answer",
    [Answer(b"", 403, {}), Answer(b"", 404, {}), Answer(b"<html><body>Hi.</body></html>")],
    ids=["wall", "gone", "empty"],
)
async def test_a_page_that_can_not_be_had_is_replaced_by_the_feeds_own_text_which_says_so(
    store: Store, answer: Answer
) -> None:
    items = [Item("kiln", text=LONG)]
    async with (
        web({**site(items), f"{HOST}/kiln": answer}) as sites,
        bench(store, sites) as it,
    ):
        receipt = await it.subscribe()
    (kept,) = receipt.articles
    assert kept.article.site == phrases.feeds_text("The Post")
    assert (kept.article.title, kept.article.url) == ("Kiln", f"http://{HOST}/kiln")
    assert phrases.own_texts(1) in receipt.note
    version = await store.version("main", kept.article.id, 1)
    assert version is not None
    assert version.text.count("word for word") == 8


async def test_a_page_that_robots_may_not_read_is_replaced_too(store: Store) -> None:
    robots = {f"{HOST}/robots.txt": Answer(b"User-agent: *\nDisallow: /kiln")}
    async with (
        web({**site([Item("kiln", text=LONG)]), **robots}) as sites,
        bench(store, sites) as it,
    ):
        await it.subscribe()
    assert asked(sites) == ["/feed"]
    assert (await it.feed()).stored == 1


async def test_a_teaser_is_no_article(store: Store) -> None:
    items = [Item("kiln", text="<p>Read the whole story on our site.</p>"), TWO[0]]
    async with (
        web({**site(items), f"{HOST}/kiln": Answer(b"", 403, {})}) as sites,
        bench(store, sites) as it,
    ):
        receipt = await it.subscribe()
    assert [each.article.title for each in receipt.articles] == ["Bridge"]
    assert phrases.WALL in receipt.note


@pytest.mark.parametrize(
    "link", ["http://127.0.0.1/admin", "http://inside.local/", "file:///etc/x"]
)
async def test_a_feed_leads_nobody_inside(store: Store, link: str) -> None:
    items = [Item("trap", NOW, text=LONG, link=link), TWO[0]]
    names = {"inside.local": [["10.0.0.1"]]}
    async with web(site(items), names) as sites, bench(store, sites) as it:
        await it.subscribe()
    assert set(sites.dialled) == {PUBLIC}
    assert "127.0.0.1" not in repr(await store.articles("main"))
    assert "inside" not in repr(await store.articles("main"))


async def test_a_page_that_may_come_later_is_asked_for_again_and_in_the_end_replaced(
    store: Store,
) -> None:
    items = [Item("kiln", text=LONG)]
    async with (
        web({**site(items), f"{HOST}/kiln": Answer(b"", 503, {})}) as sites,
        bench(store, sites) as it,
    ):
        await it.said(FEED)
        for tries in range(1, TRIES):
            assert (await it.feed()).waiting == 1
            assert await it.titles() == []
            assert asked(sites).count("/kiln") == tries
            await it.poll()
    assert await it.titles() == ["Kiln"]
    assert (await it.feed()).waiting == 0


async def test_a_site_whose_pages_do_not_come_is_left_alone_for_now(store: Store) -> None:
    items = [Item(f"story-{n}", NOW - n) for n in range(5)]
    down = {f"{HOST}/{each.name}": Answer(b"", 503, {}) for each in items}
    async with web({**site(items), **down}) as sites, bench(store, sites) as it:
        await it.said(FEED)
        assert len(asked(sites)) == 1 + 2
        sites.pages |= site(items)
        await it.poll()
    assert len(await it.titles()) == 5


async def test_faults_make_the_wait_grow_and_a_good_reading_ends_them(store: Store) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        sites.pages[f"{HOST}/feed"] = Answer(b"", 500, {})
        waits = []
        for n in range(1, 10):
            with pytest.raises(Refused):
                await it.poll()
            feed = await it.feed()
            assert (feed.faults, feed.fault) == (n, phrases.bad_status(500))
            waits.append(feed.due - it.clock.now)
        assert waits == sorted(waits)
        assert (waits[1] / waits[0], waits[-1]) == (2, LATEST)
        sites.pages |= site(TWO)
        assert (await it.poll()).feed.faults == 0


async def test_what_a_site_asks_for_is_honoured(store: Store) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        sites.pages[f"{HOST}/feed"] = Answer(b"", 429, {"Retry-After": str(int(20 * HOUR))})
        with pytest.raises(Refused):
            await it.poll()
        assert (await it.feed()).due == NOW + 20 * HOUR
        sites.pages[f"{HOST}/feed"] = rss(TWO, Cache_Control="max-age=18000")
        assert (await it.poll()).feed.due == NOW + 5 * HOUR
        hour = "<ttl>120</ttl><skipHours><hour>17</hour></skipHours>"  # NOW is 15:06:40 UTC
        sites.pages[f"{HOST}/feed"] = rss(TWO, more=hour)
        assert (await it.poll()).feed.due == NOW + 3 * HOUR - 400


async def test_a_key_in_a_feeds_address_is_not_told_to_its_chat(store: Store) -> None:
    secret = f"{FEED}?key=quokka"
    async with web({f"{HOST}/feed?key=quokka": rss([])}) as sites, bench(store, sites) as it:
        await it.said(secret)
        sites.pages[f"{HOST}/feed?key=quokka"] = Answer(b"", 410, {})
        with pytest.raises(Refused):
            await it.poll()
    (news,) = await store.news("telegram")
    assert FEED in news.text
    assert "quokka" not in news.text


async def test_a_feed_that_is_gone_for_good_ends_and_its_chat_is_told_once(store: Store) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        sites.pages[f"{HOST}/feed"] = Answer(b"", 410, {})
        for _ in range(2):
            with pytest.raises(Refused):
                await it.poll()
        it.clock.now += 100 * DAY
        await it.poller.step()
    assert (await it.feed()).state is FeedState.GONE
    assert asked(sites)[3:] == ["/feed"] * 2
    (news,) = await store.news("telegram")
    assert (news.place, news.spot, news.private) == ("telegram:-1", "7", False)
    assert news.text == phrases.feed_gone("The Post", FEED)
    assert len(await it.titles()) == 2


async def test_a_chat_is_told_of_new_articles_only_if_it_wants_to(store: Store) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        for n, act in enumerate(("hush", "tell", "tell")):
            await it.said(f"{act} 1")
            items = [Item(f"story-{n}-{at}", NOW - at) for at in range(7 * (n < 2))]
            sites.pages |= site(items)
            it.clock.now += DAY
            await it.poller.step()
    (news,) = await store.news("telegram")
    assert news.place == "telegram:-1"
    assert news.text.startswith("New from “The Post”: “Story-1-6”, “Story-1-5”")
    assert news.text.endswith("“Story-1-2” and 2 more.")


@pytest.mark.parametrize(("status", "moved"), [(301, True), (308, True), (302, False)])
async def test_a_feed_that_has_moved_for_good_is_asked_for_at_its_new_address(
    store: Store, status: int, moved: bool
) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        sites.pages[f"{HOST}/new"] = sites.pages[f"{HOST}/feed"]
        sites.pages[f"{HOST}/feed"] = Answer(status=status, headers={"Location": "/new"})
        await it.poll()
    assert (await it.feed()).url == (f"http://{HOST}/new" if moved else FEED)
    assert len(await it.titles()) == 2


async def test_a_feed_that_moved_inside_is_not_followed(store: Store) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        inside = {"Location": "http://127.0.0.1/feed"}
        sites.pages[f"{HOST}/feed"] = Answer(status=301, headers=inside)
        with pytest.raises(Refused) as caught:
            await it.poll()
    assert caught.value.code is Code.FORBIDDEN
    assert (await it.feed()).url == FEED
    assert set(sites.dialled) == {PUBLIC}


async def test_what_was_stopped_in_the_middle_is_neither_lost_nor_doubled(store: Store) -> None:
    items = [Item(f"story-{n}", NOW - n * HOUR) for n in range(4)]
    async with (
        web({**site(items), f"{HOST}/feed": rss([])}) as sites,
        bench(store, sites) as it,
    ):
        await it.said(FEED)
        sites.pages[f"{HOST}/feed"] = rss(items, ETag='"1"')
        async with aclosing(it.poller.poll(await it.feed())) as steps:  # type: ignore[type-var]
            async for step in steps:
                if isinstance(step, Progress) and step.done == 2:
                    break
        assert len(await it.titles()) == 2
        assert (await it.feed()).waiting == 2
        sites.pages[f"{HOST}/feed"] = Answer(b"", 304, {})
        it.clock.now = (await it.feed()).due
        await it.poller.step()
    assert sorted(await it.titles()) == ["Story-0", "Story-1", "Story-2", "Story-3"]
    assert [asked(sites).count(f"/{each.name}") for each in items] == [1, 1, 1, 1]


async def test_a_reader_that_was_killed_leaves_its_feed_to_the_next_after_a_while(
    store: Store,
) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        feed = await it.feed()
        assert await store.lease(feed.id, it.clock.now, it.clock.now + LEASE)  # and no more of it
        with pytest.raises(NotAllowed, match="just now"):
            await it.poll()
        it.clock.now += LEASE
        assert isinstance(await it.poll(), Polled)


async def test_due_feeds_are_read_and_others_not(store: Store) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        sites.asked.clear()
        await it.poller.step()
        assert asked(sites) == []
        it.clock.now = (await it.feed()).due
        await it.poller.step()
        assert asked(sites) == ["/feed"]
        await store.pause("main", (await it.feed()).id, paused=True, by="me")
        it.clock.now += DAY
        await it.poller.step()
    assert asked(sites) == ["/feed"]


async def test_one_feed_that_fails_does_not_keep_the_others_from_being_read(store: Store) -> None:
    other = {"other.example/feed": rss([Item("x", link=f"http://{HOST}/kiln")], "Other")}
    async with web({**site(TWO), **other}) as sites, bench(store, sites) as it:
        await it.subscribe()
        await it.said("http://other.example/feed")
        sites.pages[f"{HOST}/feed"] = Answer(b"nonsense")
        sites.asked.clear()
        it.clock.now += DAY
        await it.poller.step()
    assert sorted(asked(sites)) == ["/feed", "other.example/feed"]
    assert [each.faults for each in await store.feeds("main")] == [1, 0]


async def test_a_feed_that_breaks_the_bot_does_not_keep_the_others_from_being_read(
    store: Store,
) -> None:
    def broken() -> float:
        raise ZeroDivisionError

    other = {"other.example/feed": rss([Item("x", link=f"http://{HOST}/kiln")], "Other")}
    async with web({**site(TWO), **other}) as sites, bench(store, sites) as it:
        await it.subscribe()
        await it.said("http://other.example/feed")
        it.clock.now += DAY
        poller = Poller(store, it.reader, None, clock=it.clock, chance=broken, gap=0)
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                await poller.step()
    feeds = await store.feeds("main")
    assert [each.polled for each in feeds] == [it.clock.now] * 2
    assert [each.due for each in feeds] == [it.clock.now + SOONEST] * 2


async def test_the_worker_in_the_background_reads_what_comes_due(store: Store) -> None:
    async with web(site(TWO)) as sites, bench(store, sites) as it:
        await it.subscribe()
        sites.pages |= site([Item("glaze", NOW), *TWO])
        it.clock.now += DAY
        task = asyncio.create_task(it.poller.run())
        async with asyncio.timeout(10):
            while "Glaze" not in await it.titles():  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_an_entry_that_was_refused_for_good_is_not_asked_for_again(store: Store) -> None:
    async with (
        web({**site(TWO), f"{HOST}/kiln": Answer(b"", 404, {})}) as sites,
        bench(store, sites) as it,
    ):
        await it.subscribe()
        again = await it.poll()
    assert asked(sites).count("/kiln") == 1
    assert [each for each in again.results if isinstance(each, Failure)] == []


async def test_an_entry_that_a_page_was_stored_of_is_never_replaced_by_a_feeds_text(
    store: Store,
) -> None:
    async with web(site([Item("kiln", text=LONG)])) as sites, bench(store, sites) as it:
        await it.subscribe()
        sites.pages[f"{HOST}/feed"] = rss([Item("kiln", NOW, text=LONG)])
        sites.pages[f"{HOST}/kiln"] = Answer(b"", 403, {})
        await it.poll()
    (article,) = await store.articles("main")
    assert (article.version, article.site) == (1, HOST)
