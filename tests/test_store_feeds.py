"""What every storage engine promises of feeds, their entries, news of them, and files."""

from __future__ import annotations

import dataclasses

import pytest

from storage.feeds import EntryState, Feed, FeedEntry, FeedState, FileRead, News
from storage.store import Store
from tests.engines import new, save

POST = Feed("main", "https://post.example/feed", "Post", "telegram:5", "telegram:-1", "7", False)
LINK = "https://post.example/a"


def entry(key: str, stamp: float | None = 1.0, **more: object) -> FeedEntry:
    return dataclasses.replace(FeedEntry(key, f"{LINK}/{key}", stamp, 10.0), **more)  # type: ignore[arg-type]


async def subscribed(engine: Store, feed: Feed = POST) -> Feed:
    number = await engine.subscribe(feed)
    kept = await engine.feed(feed.library, number)
    assert kept is not None
    return kept


async def test_a_feed_that_is_subscribed_to_is_kept_whole_and_due(engine: Store) -> None:
    feed = await subscribed(engine)
    assert dataclasses.replace(feed, id=0) == POST
    assert await engine.feeds("main") == [feed]
    assert await engine.feeds("other") == []
    assert await engine.feed("other", feed.id) is None
    assert await engine.due_feeds(0.0) == [feed]
    assert await engine.next_due() == 0.0


async def test_a_feed_is_one_in_a_library_however_often_it_is_asked_for(engine: Store) -> None:
    feed = await subscribed(engine)
    await engine.pause("main", feed.id, paused=True, by="me")
    again = await subscribed(engine, dataclasses.replace(POST, by="telegram:6", due=5.0))
    assert (again.id, again.state, again.by, again.due) == (feed.id, FeedState.ACTIVE, POST.by, 5.0)
    other = await subscribed(engine, dataclasses.replace(POST, library="other"))
    assert other.id != feed.id


async def test_a_reading_is_kept_whole_and_the_entries_wait_in_order(engine: Store) -> None:
    feed = await subscribed(engine)
    read = dataclasses.replace(
        feed, title="The Post", etag='"1"', modified="Monday", ttl=60, skip_hours=(1, 2),
        skip_days=(6,), polled=100.0, url="https://post.example/new",
    )  # fmt: skip
    late = entry("late", 3.0, title="T", author="A", text="<p>x</p>")
    undated = entry("undated", None, seen=2.0)
    await engine.polled(read, [late, undated, entry("old", 1.0)], [])
    kept = await engine.feed("main", feed.id)
    assert kept == dataclasses.replace(read, waiting=3)
    waiting = await engine.waiting_entries(feed.id, 9)
    assert waiting == [entry("old", 1.0), undated, late]
    assert len(await engine.waiting_entries(feed.id, 2)) == 2
    assert {each.text for each in await engine.entries(feed.id)} == {""}


async def test_what_became_of_an_entry_is_kept_and_counted(engine: Store) -> None:
    feed = await subscribed(engine)
    await engine.polled(feed, [entry("a"), entry("b")], [])
    done = entry("a", state=EntryState.DONE, stored=True, own=True)
    await engine.taken(feed.id, done, 50.0, fresh=2)
    await engine.taken(feed.id, entry("b", tries=1), 60.0, fresh=0)
    kept = await engine.feed("main", feed.id)
    assert kept is not None
    assert (kept.fresh, kept.stored, kept.waiting) == (2, 2, 1)
    assert done in await engine.entries(feed.id)
    await engine.polled(feed, [], [])
    kept = await engine.feed("main", feed.id)
    assert kept is not None
    assert (kept.fresh, kept.stored) == (0, 2)


async def test_one_alone_reads_a_feed_until_its_lease_ends(engine: Store) -> None:
    feed = await subscribed(engine)
    assert await engine.lease(feed.id, 10.0, 40.0)
    assert not await engine.lease(feed.id, 20.0, 50.0)
    assert await engine.due_feeds(20.0) == []
    assert await engine.next_due() == 40.0
    assert await engine.lease(feed.id, 40.0, 70.0)
    await engine.rest(feed.id, 500.0)
    assert await engine.due_feeds(499.0) == []
    assert [each.id for each in await engine.due_feeds(500.0)] == [feed.id]
    assert await engine.lease(feed.id, 71.0, 90.0)
    assert not await engine.lease(feed.id + 1, 0.0, 1.0)


async def test_a_feed_that_rests_or_is_gone_is_not_due(engine: Store) -> None:
    feed = await subscribed(engine)
    paused = await engine.pause("main", feed.id, paused=True, by="me")
    assert paused is not None
    assert paused.state is FeedState.PAUSED
    assert (await engine.due_feeds(9.0), await engine.next_due()) == ([], None)
    await engine.polled(feed, [], [])  # a reading that had begun before
    assert (await engine.feeds("main"))[0].state is FeedState.PAUSED
    await engine.pause("main", feed.id, paused=False, by="me")
    assert len(await engine.due_feeds(9.0)) == 1
    await engine.polled(dataclasses.replace(feed, state=FeedState.GONE), [], [])
    assert (await engine.due_feeds(9.0), await engine.next_due()) == ([], None)
    assert await engine.pause("other", feed.id, paused=True, by="me") is None


async def test_a_feed_is_quiet_until_it_is_to_be_told_of(engine: Store) -> None:
    feed = await subscribed(engine)
    assert not feed.loud
    loud = await engine.tell_of("main", feed.id, loud=True, by="me")
    assert loud == dataclasses.replace(feed, loud=True)
    await engine.polled(feed, [], [])  # a reading that had begun before
    assert (await engine.feeds("main"))[0].loud
    assert await engine.tell_of("main", feed.id, loud=False, by="me") == feed
    assert await engine.tell_of("other", feed.id, loud=True, by="me") is None


async def test_a_feed_that_is_read_no_more_leaves_its_articles(engine: Store) -> None:
    feed = await subscribed(engine)
    await engine.polled(feed, [entry("a")], [])
    (article,) = await save(engine, new("The wall fell."))
    assert await engine.unsubscribe("other", feed.id, by="me") is None
    gone = await engine.unsubscribe("main", feed.id, by="me")
    assert gone is not None
    assert gone.url == POST.url
    assert (await engine.feeds("main"), await engine.entries(feed.id)) == ([], [])
    assert await engine.article("main", article) is not None
    await engine.taken(feed.id, entry("a"), 1.0, fresh=1)  # a reading that had begun before
    assert await engine.entries(feed.id) == []


async def test_an_address_that_is_another_feeds_is_not_taken_over(engine: Store) -> None:
    one = await subscribed(engine)
    two = await subscribed(engine, dataclasses.replace(POST, url="https://post.example/2"))
    await engine.polled(dataclasses.replace(two, url=one.url), [], [])
    assert [each.url for each in await engine.feeds("main")] == [one.url, two.url]


async def test_entries_that_are_long_gone_from_a_feed_are_forgotten(engine: Store) -> None:
    feed = await subscribed(engine)
    later = 400 * 86_400.0
    states = {"here": EntryState.DONE, "gone": EntryState.DONE, "waits": EntryState.WAITING}
    await engine.polled(feed, [entry(key, state=state) for key, state in states.items()], [])
    await engine.polled(dataclasses.replace(feed, polled=later), [], ["here"])
    assert {each.key: each.seen for each in await engine.entries(feed.id)} == {
        "here": later,
        "waits": 10.0,
    }


async def test_feeds_and_news_move_with_their_chat(engine: Store) -> None:
    feed = await subscribed(engine, dataclasses.replace(POST, library="telegram:-1"))
    await engine.tell(News("telegram:-1", "telegram:5", "It is gone."))
    await engine.move("telegram:-1", "telegram:-1001")
    (moved,) = await engine.feeds("telegram:-1001")
    assert (moved.id, moved.place) == (feed.id, "telegram:-1001")
    assert [each.place for each in await engine.news("telegram")] == ["telegram:-1001"]


async def test_news_are_told_on_their_platform_once(engine: Store) -> None:
    await engine.tell(News("telegram:-1", "telegram:5", "It is gone.", "7", False))
    assert await engine.news("discord") == []
    (news,) = await engine.news("telegram")
    assert news == News("telegram:-1", "telegram:5", "It is gone.", "7", False, news.id)
    await engine.telling_news(news.id, ["71"])
    assert (await engine.news("telegram"))[0].reply == ("71",)
    await engine.told_news(news.id)
    assert await engine.news("telegram") == []


async def test_that_a_feed_is_gone_is_kept_with_the_news_of_it_and_told_once(
    engine: Store,
) -> None:
    feed = await subscribed(engine)
    gone = dataclasses.replace(feed, state=FeedState.GONE)
    for _ in range(2):
        await engine.polled(gone, [], [], News("telegram:-1", "telegram:5", "It is gone."))
    assert len(await engine.news("telegram")) == 1


@pytest.mark.parametrize("path", ["", "/letters/a.txt"])
async def test_a_file_is_known_by_its_bytes_while_its_articles_are_as_they_were(
    engine: Store, path: str
) -> None:
    one, two = await save(engine, new("One fell."), new("Two fell.", LINK))
    read = FileRead(path, "h1", ((one, 1), (two, 1)))
    await engine.note_file("main", read)
    assert await engine.file("main", "h1") == read
    assert await engine.file("other", "h1") is None
    assert await engine.file("main", "h2") is None
    await save(engine, new("Two rose.", LINK))
    assert await engine.file("main", "h1") is None


async def test_of_a_path_the_newest_reading_is_known_alone(engine: Store) -> None:
    one, two = await save(engine, new("One fell."), new("Two fell."))
    await engine.note_file("main", FileRead("/a", "h1", ((one, 1),)))
    newest = FileRead("/a", "h2", ((two, 1),))
    await engine.note_file("main", newest)
    assert await engine.file_at("main", "/a") == newest
    assert await engine.file("main", "h1") is None
    assert await engine.file_at("main", "/b") is None
    assert await engine.file_at("other", "/a") is None


async def test_an_article_that_two_files_were_made_into_is_neithers_alone(engine: Store) -> None:
    one, two = await save(engine, new("One fell."), new("Two fell."))
    await engine.note_file("main", FileRead("/a", "h1", ((one, 1), (two, 1))))
    await engine.note_file("main", FileRead("/b", "h2", ((one, 1),)))
    assert await engine.file_at("main", "/a") == FileRead("/a", "h1", ((two, 1),))
    assert await engine.file_at("main", "/b") == FileRead("/b", "h2", ())


async def test_what_is_said_to_replace_an_article_is_a_new_version_of_it(engine: Store) -> None:
    one, two = await save(engine, new("One fell."), new("Two fell.", LINK))
    changed = dataclasses.replace(new("One rose."), replaces=one)
    elsewhere = dataclasses.replace(new("Two rose.", LINK), replaces=one)
    saved = await engine.save("main", [changed, elsewhere], [], source="s", by="me")
    assert [(each.article, each.status) for each in saved] == [(one, "updated"), (two, "updated")]
    foreign = await engine.save("other", [changed], [], source="s", by="me")
    assert foreign[0].status == "stored"


async def test_an_article_that_is_erased_takes_along_which_file_it_was(engine: Store) -> None:
    (one,) = await save(engine, new("One fell."))
    await engine.note_file("main", FileRead("/a", "h1", ((one, 1),)))
    await engine.forget("main", one, by="me")
    assert await engine.file("main", "h1") is None
    assert await engine.file_at("main", "/a") is None
