"""Which entries of a feed are new to a library, and which have changed since they were read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.reading.outline import Entry
from storage.feeds import EntryState, FeedEntry


def news_of(
    entries: Sequence[Entry], known: Sequence[FeedEntry], now: float, newest: int | None = None
) -> list[FeedEntry]:
    """Give the entries that are to be kept: new ones and those that changed since.

    An entry is known by its key or its link. With `newest` those new ones alone wait to be read,
    and the others are passed over, however often they change: so a feed begins.
    """
    by_key = {each.key: each for each in known}
    by_link = {each.link: each for each in known if each.link}
    found: dict[str, FeedEntry] = {}
    begun = 0
    for entry in entries:
        before = by_key.get(entry.key) or by_link.get(entry.link or "")
        if before is None:
            state = EntryState.WAITING if newest is None or begun < newest else EntryState.PASSED
            begun += 1
            made = _kept(entry, FeedEntry(entry.key, entry.link or "", None, now, state))
            by_key[made.key] = found[made.key] = made
            if made.link:
                by_link[made.link] = made
        elif before.key not in found and changed(entry, before) and not _old(entry, before):
            again = replace(before, state=EntryState.WAITING, tries=0, seen=now)
            found[before.key] = _kept(entry, again)
    return list(found.values())


def changed(entry: Entry, known: FeedEntry) -> bool:
    """Say whether an entry says that it changed since it was last met."""
    return entry.stamp is not None and (known.stamp is None or entry.stamp > known.stamp)


def _old(entry: Entry, known: FeedEntry) -> bool:
    """Say whether it is an entry that was passed over, and not a new one with its link."""
    return known.state is EntryState.PASSED and entry.key == known.key


def entry_of(kept: FeedEntry) -> Entry:
    """Give a kept entry as the reader takes it."""
    link, author = kept.link or None, kept.author or None
    return Entry(kept.key, link, kept.title, author, kept.stamp, None, kept.text)


def _kept(entry: Entry, kept: FeedEntry) -> FeedEntry:
    """Keep what an entry says now; its words only as long as it waits."""
    waits = kept.state is EntryState.WAITING
    return replace(
        kept,
        link=entry.link or kept.link,
        stamp=entry.stamp,
        title=entry.title if waits else "",
        author=(entry.author or "") if waits else "",
        text=entry.text if waits else "",
    )
