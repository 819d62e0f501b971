"""Feeds and pages of made-up sites, and the parts of the bot that read them over a fake web."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from handlers.embedding import Worker
from handlers.feeds import feed, feeds
from handlers.messages import Person, Place, Receipt, Reply, Request
from handlers.polling import Poller
from handlers.reading.fetch import Bounds, Fetcher
from handlers.reading.read import Reader
from handlers.visits import Polled
from storage.feeds import Feed
from storage.store import Store
from tests.fakes.web import Answer, Web

HOST = "post.example"
FEED = f"http://{HOST}/feed"
NOW = 1_750_000_000.0
HOUR, DAY = 3600.0, 86_400.0
XML = {"Content-Type": "application/rss+xml"}


@dataclass
class Clock:
    """A clock that a test sets."""

    now: float = NOW

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Item:
    """An entry of a feed; its page is at /NAME unless it has another link."""

    name: str
    stamp: float | None = NOW - HOUR
    text: str = ""
    link: str | None = None


def page(name: str, words: str = "The kiln was lit again") -> Answer:
    """An article that no other page says."""
    story = " ".join(f"{words}, says {name} in sentence {at}." for at in range(12))
    return Answer(
        f"<html lang='en'><head><title>{name.title()}</title></head><body><article>"
        f"<h1>{name.title()}</h1><p>{story}</p></article></body></html>".encode()
    )


def rss(items: Sequence[Item], title: str = "The Post", more: str = "", **head: str) -> Answer:
    """A feed of these entries."""
    said = "".join(_item(each) for each in items)
    text = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title>{more}{said}</channel></rss>"
    )
    names = {name.replace("_", "-"): value for name, value in head.items()}
    return Answer(text.encode(), headers={**XML, **names})


def _item(item: Item) -> str:
    link = f"http://{HOST}/{item.name}" if item.link is None else item.link
    date = ""
    if item.stamp is not None:
        when = format_datetime(datetime.fromtimestamp(item.stamp, UTC))
        date = f"<pubDate>{when}</pubDate>"
    own = f"<content:encoded>{escape(item.text)}</content:encoded>" if item.text else ""
    return (
        f"<item><title>{item.name.title()}</title><link>{escape(link)}</link>"
        f"<guid isPermaLink='false'>{item.name}</guid>{date}{own}</item>"
    )


def site(items: Sequence[Item], **head: str) -> dict[str, Answer]:
    """The pages of a site with a feed."""
    pages = {f"{HOST}/{each.name}": page(each.name) for each in items}
    return {f"{HOST}/feed": rss(items, **head), **pages}


def asked(sites: Web) -> list[str]:
    """What was asked for, robots.txt apart."""
    paths = [each.split("://")[1] for each in sites.asked if not each.endswith("/robots.txt")]
    return [each.removeprefix(HOST) for each in paths]


PLACE = Place("telegram:-1", private=False, spot="7")


@dataclass
class Bench:
    """The bot's parts that read feeds, on one store, with a clock that stands still."""

    store: Store
    sites: Web
    reader: Reader
    poller: Poller
    clock: Clock

    async def said(self, text: str, command: str = "feed", library: str = "main") -> Reply:
        """Give the last picture of a reply to a command."""
        request = Request(command, text, Person("telegram:5"), PLACE, library=library)
        if command == "feeds":
            replies = feeds(request, store=self.store)
        else:
            replies = feed(request, store=self.store, reader=self.reader, poller=self.poller)
        return [each async for each in replies][-1]

    async def subscribe(self, link: str = FEED) -> Receipt:
        receipt = await self.said(link)
        assert isinstance(receipt, Receipt)
        return receipt

    async def feed(self) -> Feed:
        (only,) = await self.store.feeds("main")
        return only

    async def poll(self) -> Polled:
        last = [each async for each in self.poller.poll(await self.feed())][-1]
        assert isinstance(last, Polled)
        return last

    async def titles(self) -> list[str]:
        return [each.title for each in reversed(await self.store.articles("main"))]


@asynccontextmanager
async def bench(store: Store, sites: Web, worker: Worker | None = None) -> AsyncIterator[Bench]:
    clock = Clock()
    fetcher = Fetcher(sites.resolve, sites.dial, bounds=Bounds(gap=0, total=5, silence=1))
    reader = Reader(fetcher)
    poller = Poller(store, reader, worker, clock=clock, chance=lambda: 0.5, gap=0)
    try:
        yield Bench(store, sites, reader, poller, clock)
    finally:
        await fetcher.close()
