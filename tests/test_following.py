"""What is followed is found after its embedding, and pulled until it was told, then no more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from functools import partial

from bot.clerk import Undeliverable, Unreached
from bot.herald import Herald
from handlers.access import Access
from handlers.answering.embed import Embedder, LocalEmbedder
from handlers.answering.retrieve import Retriever
from handlers.ask import ask
from handlers.command import Command
from handlers.dispatch import Dispatcher
from handlers.embedding import EmbeddingWorker
from handlers.follow import MOST, follow
from handlers.following import Follower
from handlers.messages import Failure, Person, Place, Reply, Request
from handlers.outbox import Announcement, Outbox
from handlers.reading.chunk import chunk
from storage.asked import Follow
from storage.records import NewArticle, Question
from storage.store import Store

PLACE = "telegram:-100"
WAITS = Follow(
    PLACE, "and when?", "When did the mill close?", "telegram:5", "Ben", PLACE, "", False
)
MILL = "The mill at Ostley closed in March 2019 after 140 years."


def nothing() -> None:
    pass


async def stored(store: Store, library: str = PLACE) -> int:
    article = NewArticle("The Mill", MILL, "en", chunk(MILL, "en"))
    saved = await store.save(library, [article], [], source="s", by="me")
    return saved[0].article


def outbox_of(store: Store, embedder: Embedder | None = None) -> Outbox:
    """The bot's own way to an answer, rights and all."""
    asking = partial(
        ask, store=store, retriever=Retriever(store, embedder), embedder=embedder, model=None
    )
    dispatcher = Dispatcher([Command("ask", "answers", asking)], Access(store))

    def reply(request: Request) -> AsyncIterator[Reply]:
        return dispatcher.reply(request)

    return Outbox(store, reply, again=0.05)


async def first(outbox: Outbox, platform: str = "telegram") -> Announcement:
    async with aclosing(outbox.pull(platform)) as pulled, asyncio.timeout(10):  # type: ignore[type-var]
        return await anext(pulled)


async def nothing_due(store: Store) -> None:
    while True:
        if not await store.due("telegram"):
            return
        await asyncio.sleep(0.01)


async def made_due(store: Store) -> None:
    await store.follow(WAITS)
    await stored(store)
    await Follower(store, Retriever(store, None), None, nothing).check()


async def test_an_article_is_looked_at_once_its_passages_are_embedded(store: Store) -> None:
    embedder = LocalEmbedder()
    woken: list[bool] = []
    follower = Follower(
        store, Retriever(store, embedder), embedder, found=lambda: woken.append(True)
    )
    await store.follow(WAITS)
    await stored(store)
    await follower.check()
    assert (await store.due("telegram"), woken) == ([], [])
    await EmbeddingWorker(store, embedder).drain()
    await follower.check()
    assert [each.question for each in await store.due("telegram")] == ["and when?"]
    assert woken == [True]
    await embedder.close()


async def test_what_is_pulled_is_a_proven_answer_with_its_place(store: Store) -> None:
    await made_due(store)
    told = await first(outbox_of(store))
    assert (told.person, told.place.id, told.place.private) == ("telegram:5", PLACE, False)
    assert told.reply.sources[0].quote == MILL
    assert "Ben" in told.reply.head
    assert "and when?" in told.reply.head


async def test_what_was_not_told_is_pulled_again_with_the_messages_that_were_begun(
    store: Store,
) -> None:
    await made_due(store)
    outbox = outbox_of(store)
    begun = await first(outbox)
    await outbox.telling(begun, ["71"])
    again = await first(outbox_of(store))
    assert (again.id, again.shown) == (begun.id, ("71",))
    await outbox.told(again)
    assert await store.due("telegram") == []


async def test_what_lost_its_article_before_it_was_told_is_not_told(store: Store) -> None:
    await store.follow(WAITS)
    article = await stored(store)
    await Follower(store, Retriever(store, None), None, nothing).check()
    await store.forget(PLACE, article, by="me")
    pulled = outbox_of(store).pull("telegram")
    task = asyncio.ensure_future(anext(pulled))
    async with asyncio.timeout(10):
        await nothing_due(store)
    assert await store.gaps(PLACE, 9) == []
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await stored(store)
    assert len(await store.unchecked()) == 1


async def test_who_can_not_be_told_is_tried_no_more_and_keeps_nobody_waiting(
    store: Store,
) -> None:
    await made_due(store)
    done = asyncio.Event()

    async def tell(announcement: Announcement) -> None:
        done.set()
        raise Undeliverable("the bot was removed")

    herald = Herald(outbox_of(store), "telegram", tell)
    herald.begin()
    herald.begin()
    async with asyncio.timeout(10):
        await done.wait()
        await nothing_due(store)
    await herald.close()


async def test_nobody_waits_for_more_answers_than_can_be_looked_for(store: Store) -> None:
    person, place = Person("telegram:5"), Place(PLACE, private=False)
    replies: list[Reply] = []
    access = Access(store, owners=["telegram:5"])
    handler = partial(follow, store=store, follower=None)
    dispatcher = Dispatcher([Command("follow", "waits", handler)], access)
    for n in range(MOST + 1):
        number = await store.log_question(
            Question(PLACE, "c", person.id, f"What is {n}?", answered=False)
        )
        request = Request("follow", str(number), person, place)
        replies += [each async for each in dispatcher.reply(request)]
    assert [isinstance(each, Failure) for each in replies] == [False] * MOST + [True]
    assert await store.following(person.id) == MOST


async def test_while_the_platform_can_not_be_reached_it_is_tried_again(store: Store) -> None:
    await made_due(store)
    tried: list[tuple[str, ...]] = []
    outbox = outbox_of(store)

    async def tell(announcement: Announcement) -> None:
        tried.append(announcement.shown)
        if len(tried) < 3:
            await outbox.telling(announcement, [str(len(tried))])
            raise Unreached("no network")

    herald = Herald(outbox, "telegram", tell)
    herald.begin()
    async with asyncio.timeout(10):
        await nothing_due(store)
    await herald.close()
    assert tried == [(), ("1",), ("2",)]


async def test_what_comes_due_later_wakes_the_platform(store: Store) -> None:
    outbox = outbox_of(store)
    follower = Follower(store, Retriever(store, None), None, outbox.poke)
    told: asyncio.Queue[Announcement] = asyncio.Queue()
    herald = Herald(outbox, "telegram", told.put)
    herald.begin()
    await store.follow(WAITS)
    await stored(store)
    await asyncio.sleep(0)
    await follower.check()
    async with asyncio.timeout(10):
        assert (await told.get()).reply.answered
    await herald.close()
