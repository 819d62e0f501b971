"""One reading of a feed: what is new in it becomes articles, and when it is due again is kept."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handlers import phrases
from handlers.closing import closing
from handlers.embedding import Worker
from handlers.entries import entry_of, news_of
from handlers.errors import Code, NotAllowed, Refused
from handlers.gathering import Taken, may_come, take
from handlers.messages import Failure, Person, Place, Progress, Request
from handlers.reading.outline import Leads, Outline
from handlers.reading.read import Reader
from handlers.schedule import SOONEST, after_fault, allowed, asked, interval, spread
from handlers.shelf import Shelf
from storage.feeds import EntryState, Feed, FeedEntry, FeedState, News
from storage.records import Status
from storage.store import Store

if TYPE_CHECKING:
    from handlers.reading.fetch import Page

FIRST = 10  # entries, the newest, that a new feed begins with
MOST = 20  # entries that are read at one time
TRIES = 3  # of a page that may come later
IN_A_ROW = 2  # pages that did not come, after which their site is left alone for now
LEASE = 300.0  # seconds in which nobody else reads the same feed; far more than an entry takes
GONE = 410  # the status of what is gone for good (RFC 9110)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Polled:
    """What one reading of a feed came to, and the feed as it is after it."""

    feed: Feed
    results: tuple[Taken | Failure, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A feed's page, and what it leads to unless it is unchanged."""

    page: Page
    outline: Outline | None


class Visits:
    """Reads feeds. All that is to be done stands in the store, before it is begun.

    `found` is called when there is something to tell; `clock` gives seconds since 1970, `chance` a
    number from 0 to 1.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader,
        worker: Worker | None,
        *,
        found: Callable[[], None] | None = None,
        clock: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._reader = reader
        self._worker = worker
        self._found = found
        self._clock = clock
        self._chance = chance

    def later(self) -> float:
        """Give a time by which a feed is due that somebody reads right now."""
        return self._clock() + LEASE

    async def poll(self, feed: Feed, read: Read | None = None) -> AsyncIterator[Progress | Polled]:
        """Read a feed and its new entries: yields how far it is, then what it came to.

        `read` is the feed as it was fetched a moment ago. Raises `Refused` where it can't be read,
        and `NotAllowed` where someone else reads it just now.
        """
        now = self._clock()
        if not await self._store.lease(feed.id, now, now + LEASE):
            raise NotAllowed(phrases.BUSY_FEED)
        feed = await self._store.feed(feed.library, feed.id) or feed  # someone may have read it
        due = feed.due
        try:
            yield Progress(phrases.READING_FEED)
            feed, read = await self._opened(feed, read)
            results: list[Taken | Failure] = []
            async with closing(self._entries(feed, results)) as steps:
                async for step in steps:
                    yield step
            due = await self._next(feed, read.page.fresh)
        except Refused as refusal:
            due = await self._failed(feed, refusal)
            raise
        except Exception:
            due = now + SOONEST  # nobody foresaw it: it must not keep the others from being read
            raise
        finally:  # one that was stopped is due as it was
            await self._store.rest(feed.id, due)
        yield Polled(await self._store.feed(feed.library, feed.id) or feed, tuple(results))

    async def _opened(self, feed: Feed, read: Read | None) -> tuple[Feed, Read]:
        """Fetch a feed and keep what is new in it, in one transaction."""
        read = read or await read_feed(self._reader, feed)
        page, outline, now = read.page, read.outline, self._clock()
        first = feed.polled == 0
        feed = replace(
            feed,
            url=page.moved or feed.url,
            etag=page.etag or (feed.etag if page.unchanged else None),
            modified=page.last_modified or (feed.modified if page.unchanged else None),
            polled=now,
            faults=0,
            fault="",
        )
        news, keys = list[FeedEntry](), list[str]()
        if outline is not None:
            feed = replace(
                feed,
                title=outline.title or feed.title,
                ttl=outline.ttl,
                skip_hours=outline.skip_hours,
                skip_days=outline.skip_days,
            )
            known = await self._store.entries(feed.id)
            news = news_of(outline.entries, known, now, FIRST if first else None)
            keys = [each.key for each in outline.entries]
        await self._store.polled(feed, news, keys)
        return feed, read

    async def _entries(self, feed: Feed, results: list[Taken | Failure]) -> AsyncIterator[Progress]:
        """Read entries that wait, the oldest first; each is kept before the next is begun."""
        place = Place(feed.place, feed.private, spot=feed.spot)
        request = Request("ingest", feed.url, Person(feed.by), place, library=feed.library)
        shelf = Shelf(request, self._store, self._reader, self._worker)
        waiting = await self._store.waiting_entries(feed.id, MOST)
        silent = 0
        for done, entry in enumerate(waiting):
            if silent >= IN_A_ROW:
                return
            yield Progress(phrases.READING_PAGES, done, len(waiting))
            result = await self._one(shelf, feed, entry)
            silent = 0 if result else silent + 1
            if result:
                results.append(result)

    async def _one(self, shelf: Shelf, feed: Feed, entry: FeedEntry) -> Taken | Failure | None:
        """Read an entry and keep what became of it; nothing where its page may come later."""
        replaceable = entry.own or not entry.stored  # the page's text is worth more than the feed's
        wanted = entry_of(entry if replaceable else replace(entry, text=""))
        tries, fresh = entry.tries + 1, 0
        result: Taken | Failure | None
        try:
            result = await take(shelf, wanted, feed.title, wait=tries < TRIES)
            entry = replace(entry, state=EntryState.DONE, stored=True, own=result.own)
            fresh = sum(each.status != Status.DUPLICATE for each in result.receipt.articles)
        except Refused as refusal:
            result = Failure(str(refusal), refusal.code, entry.link or entry.title)
            entry = replace(entry, state=EntryState.FAILED)
            if may_come(refusal) and tries < TRIES:
                result, entry = None, replace(entry, state=EntryState.WAITING)
        entry = replace(entry, tries=tries)
        if entry.state is not EntryState.WAITING:
            entry = replace(entry, title="", author="", text="")
        await self._store.taken(feed.id, entry, self._clock() + LEASE, fresh=fresh)
        return result

    async def _next(self, feed: Feed, fresh: int | None) -> float:
        """Say when a feed is due that could be read; sooner where entries still wait."""
        now = self._clock()
        known = await self._store.entries(feed.id)
        usual = interval([each.stamp for each in known], now)
        if any(each.state is EntryState.WAITING for each in known):
            usual = SOONEST
        wait = asked(spread(usual, self._chance()), fresh, feed.ttl * 60.0)
        return allowed(now + wait, feed.skip_hours, feed.skip_days)

    async def _failed(self, feed: Feed, refusal: Refused) -> float:
        """Keep that a feed could not be read, and say when it is due again."""
        now = self._clock()
        failed = replace(feed, faults=feed.faults + 1, fault=str(refusal))
        if refusal.status == GONE:
            # an address may hold a key behind its question mark: none of it for logs and groups
            said = phrases.feed_gone(feed.title, feed.url.partition("?")[0])
            log.warning("feed %d was taken away for good by its site", feed.id)
            failed = replace(failed, state=FeedState.GONE)
            await self._store.polled(failed, [], [], news_for(feed, said))
            self._tell()
        else:
            await self._store.polled(failed, [], [])
        known = await self._store.entries(feed.id)
        usual = interval([each.stamp for each in known], now)
        wait = after_fault(usual, failed.faults)
        return now + asked(spread(wait, self._chance()), refusal.wait)

    async def _told(self, feed: Feed, said: str) -> None:
        """Keep something that the place of a feed is to be told, and say so."""
        await self._store.tell(news_for(feed, said))
        self._tell()

    def _tell(self) -> None:
        if self._found:
            self._found()


def news_for(feed: Feed, said: str) -> News:
    """Make news for the place that a feed was subscribed in."""
    return News(feed.place, feed.by, said, feed.spot, feed.private)


async def read_feed(reader: Reader, feed: Feed) -> Read:
    """Fetch a feed if it changed; raises `Refused`."""
    page = await reader.fetch(feed.url, feed.etag, feed.modified)
    if page.unchanged:
        return Read(page, None)
    outline = await reader.outline(page)
    if outline.kind is not Leads.FEED:
        raise Refused(Code.UNSUPPORTED, phrases.NO_FEED)
    return Read(page, outline)
