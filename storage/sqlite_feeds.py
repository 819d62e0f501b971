"""The embedded engine's part for feeds, their entries, and what is told of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlite_utils import Database

from storage.audit import audit, now
from storage.connection import rows
from storage.feeds import EntryState, Feed, FeedEntry, FeedState, News
from storage.libraries import library_id
from storage.units import Units

KEPT = 180 * 86_400.0  # seconds for which an entry is known that a feed has no more
_FEED = """
    select feeds.id, libraries.name as library, url, title, by, place, spot, private, state,
           loud, etag, modified, ttl, skip_hours, skip_days, polled, due, faults, fault,
           fresh, stored,
           (select count(*) from feed_entries
            where feed_id = feeds.id and feed_entries.state = 'waiting') as waiting
    from feeds join libraries on libraries.id = feeds.library_id
    where {condition}
"""
_SUBSCRIBE = """
    insert into feeds (library_id, url, title, by, place, spot, private, state, due, made)
    values (:library_id, :url, :title, :by, :place, :spot, :private, 'active', :due, :made)
    on conflict (library_id, url) do update
        set state = 'active', due = excluded.due, faults = 0, fault = ''
"""
_POLLED = """
    update feeds set title = :title, etag = :etag, modified = :modified,
        state = case when :state = 'gone' then 'gone' else state end,
        ttl = :ttl, skip_hours = :skip_hours, skip_days = :skip_days, polled = :polled,
        faults = :faults, fault = :fault, fresh = 0
    where id = :id
"""
_ENTRY = """
    insert or replace into feed_entries (feed_id, key, link, stamp, seen, state, tries, stored,
                                         own, title, author, text)
    select id, :key, :link, :stamp, :seen, :state, :tries, :stored, :own, :title, :author, :text
    from feeds where id = :feed
"""
_SEEN = """
    update feed_entries set seen = :now
    where feed_id = :feed and key in (select value from json_each(:keys))
"""
_LONG_GONE = """
    delete from feed_entries where feed_id = :feed and seen < :before and state <> 'waiting'
"""


class SqliteFeeds(Units):
    """What `FeedStore` asks, on the units of work of the engine."""

    async def subscribe(self, feed: Feed) -> int:
        def work(db: Database) -> int:
            owner = library_id(db, feed.library)
            values = {**asdict(feed), "library_id": owner, "made": now()}
            db.execute(_SUBSCRIBE, values)
            audit(db, feed.by, "subscribe", feed.url)
            sql = "select id from feeds where library_id = ? and url = ?"
            return int(rows(db, sql, [owner, feed.url])[0]["id"])

        return await self._write(work)

    async def unsubscribe(self, library: str, number: int, *, by: str) -> Feed | None:
        def work(db: Database) -> Feed | None:
            gone = _one(db, library, number)
            if gone is not None:
                db.execute("delete from feeds where id = ?", [number])
                audit(db, by, "unsubscribe", gone.url)
            return gone

        return await self._write(work)

    async def feeds(self, library: str) -> list[Feed]:
        sql = _FEED.format(condition="libraries.name = ? order by feeds.id")
        return await self._read(lambda db: [_feed(row) for row in rows(db, sql, [library])])

    async def feed(self, library: str, number: int) -> Feed | None:
        return await self._read(lambda db: _one(db, library, number))

    async def pause(self, library: str, number: int, *, paused: bool, by: str) -> Feed | None:
        def work(db: Database) -> Feed | None:
            feed = _one(db, library, number)
            if feed is None:
                return None
            state = FeedState.PAUSED if paused else FeedState.ACTIVE
            db.execute("update feeds set state = ?, faults = 0 where id = ?", [state, number])
            audit(db, by, "pause" if paused else "resume", feed.url)
            return _one(db, library, number)

        return await self._write(work)

    async def tell_of(self, library: str, number: int, *, loud: bool, by: str) -> Feed | None:
        def work(db: Database) -> Feed | None:
            if feed := _one(db, library, number):
                db.execute("update feeds set loud = ? where id = ?", [int(loud), number])
                audit(db, by, "tell" if loud else "hush", feed.url)
            return _one(db, library, number)

        return await self._write(work)

    async def due_feeds(self, now: float) -> list[Feed]:
        sql = _FEED.format(condition="state = 'active' and due <= ? and leased <= ? order by due")
        return await self._read(lambda db: [_feed(row) for row in rows(db, sql, [now, now])])

    async def next_due(self) -> float | None:
        sql = "select min(max(due, leased)) as due from feeds where state = 'active'"

        def work(db: Database) -> float | None:
            due = rows(db, sql)[0]["due"]
            return None if due is None else float(due)

        return await self._read(work)

    async def lease(self, number: int, now: float, until: float) -> bool:
        sql = "update feeds set leased = ? where id = ? and leased <= ?"

        def work(db: Database) -> bool:
            return db.execute(sql, [until, number, now]).rowcount > 0

        return await self._write(work)

    async def entries(self, number: int) -> list[FeedEntry]:
        sql = """select key, link, stamp, seen, state, tries, stored, own from feed_entries
                 where feed_id = ?"""
        return await self._read(lambda db: [_entry(row) for row in rows(db, sql, [number])])

    async def polled(
        self,
        feed: Feed,
        entries: Sequence[FeedEntry],
        keys: Sequence[str],
        news: News | None = None,
    ) -> None:
        lists = {name: json.dumps(getattr(feed, name)) for name in ("skip_hours", "skip_days")}

        def work(db: Database) -> None:
            was = _one(db, feed.library, feed.id)
            if news and was and was.state is not FeedState.GONE:
                _tell(db, news)
            db.execute(_POLLED, {**asdict(feed), **lists})
            db.execute("update or ignore feeds set url = ? where id = ?", [feed.url, feed.id])
            for each in entries:
                db.execute(_ENTRY, {**asdict(each), "feed": feed.id})
            if keys:
                now = {"feed": feed.id, "keys": json.dumps(list(keys)), "now": feed.polled}
                db.execute(_SEEN, now)
                db.execute(_LONG_GONE, {"feed": feed.id, "before": feed.polled - KEPT})

        await self._write(work)

    async def waiting_entries(self, number: int, limit: int) -> list[FeedEntry]:
        sql = """select key, link, stamp, seen, state, tries, stored, own, title, author, text
                 from feed_entries where feed_id = ? and state = 'waiting'
                 order by coalesce(stamp, seen), key limit ?"""
        return await self._read(lambda db: [_entry(row) for row in rows(db, sql, [number, limit])])

    async def taken(self, number: int, entry: FeedEntry, until: float, *, fresh: int) -> None:
        def work(db: Database) -> None:
            db.execute(_ENTRY, {**asdict(entry), "feed": number})
            db.execute(
                """update feeds set leased = ?, fresh = fresh + ?, stored = stored + ?
                   where id = ?""",
                [until, fresh, fresh, number],
            )

        await self._write(work)

    async def rest(self, number: int, due: float) -> None:
        def work(db: Database) -> None:
            db.execute("update feeds set due = ?, leased = 0 where id = ?", [due, number])

        await self._write(work)

    async def tell(self, news: News) -> None:
        await self._write(lambda db: _tell(db, news))

    async def news(self, platform: str) -> list[News]:
        sql = """select id, place, person, text, spot, private, reply from news
                 where place glob ? order by id"""
        return await self._read(lambda db: [_news(row) for row in rows(db, sql, [f"{platform}:*"])])

    async def telling_news(self, number: int, reply: Sequence[str]) -> None:
        values = [json.dumps(list(reply)), number]

        def work(db: Database) -> None:
            db.execute("update news set reply = ? where id = ?", values)

        await self._write(work)

    async def told_news(self, number: int) -> None:
        def work(db: Database) -> None:
            db.execute("delete from news where id = ?", [number])

        await self._write(work)


def _tell(db: Database, news: News) -> None:
    values = {**asdict(news), "made": now()}
    db.execute(
        """insert into news (place, spot, private, person, text, reply, made)
           values (:place, :spot, :private, :person, :text, '[]', :made)""",
        {name: value for name, value in values.items() if name not in ("id", "reply")},
    )


def _one(db: Database, library: str, number: int) -> Feed | None:
    sql = _FEED.format(condition="libraries.name = ? and feeds.id = ?")
    found = rows(db, sql, [library, number])
    return _feed(found[0]) if found else None


def _feed(row: dict[str, Any]) -> Feed:
    lists = {name: tuple(json.loads(row[name])) for name in ("skip_hours", "skip_days")}
    flags = {name: bool(row[name]) for name in ("private", "loud")}
    return Feed(**{**row, **lists, **flags, "state": FeedState(row["state"])})


def _entry(row: dict[str, Any]) -> FeedEntry:
    flags = {name: bool(row[name]) for name in ("stored", "own")}
    return FeedEntry(**{**row, **flags, "state": EntryState(row["state"])})


def _news(row: dict[str, Any]) -> News:
    reply = tuple(json.loads(row["reply"]))
    return News(**{**row, "private": bool(row["private"]), "reply": reply})
