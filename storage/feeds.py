"""The port's part for what libraries are fed from: feeds with their entries, and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class FeedState(StrEnum):
    """Whether a feed is read: `gone` means that its site took it away for good."""

    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"


class EntryState(StrEnum):
    """What became of an entry: `passed` was there before the feed was subscribed to."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that a library is fed from, by whom and where it was asked for.

    `polled` and `due` are seconds since 1970; `faults` counts those in a row, `fault` is the last
    as a sentence. `fresh` articles came with the last reading, `stored` with all; `waiting`
    entries are still to be read. `loud` means that its place is told of new articles. `ttl`,
    `skip_hours`, `skip_days` are as in `Outline`.
    """

    library: str
    url: str
    title: str
    by: str
    place: str
    spot: str = ""
    private: bool = True
    id: int = 0
    state: FeedState = FeedState.ACTIVE
    loud: bool = False
    etag: str | None = None
    modified: str | None = None
    ttl: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    polled: float = 0.0
    due: float = 0.0
    faults: int = 0
    fault: str = ""
    fresh: int = 0
    stored: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry as the library knows it. `stamp` is when it last changed, `seen` when it was met.

    `stored` says that an article was made of it, `own` that this is the feed's own text.
    """

    key: str
    link: str
    stamp: float | None
    seen: float
    state: EntryState = EntryState.WAITING
    tries: int = 0
    stored: bool = False
    own: bool = False
    title: str = ""
    author: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """Something that a place is to be told; `reply` are the messages that tell it so far."""

    place: str
    person: str
    text: str
    spot: str = ""
    private: bool = True
    id: int = 0
    reply: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRead:
    """What the bytes of a file were made into: article and version, in their order."""

    path: str
    hash: str
    articles: tuple[tuple[int, int], ...]


class FeedStore(Protocol):
    """Keeps feeds and what of them is known. Each method is one unit of work.

    Every method may raise `StoreError`; unknown numbers give `None` or nothing.
    """

    async def subscribe(self, feed: Feed) -> int:
        """Keep a feed, or go on with one that was paused or gone; give its number."""
        ...

    async def unsubscribe(self, library: str, number: int, *, by: str) -> Feed | None:
        """Read a feed no more, and forget what was known of it; its articles stay."""
        ...

    async def feeds(self, library: str) -> list[Feed]:
        """The feeds of a library, in the order of their coming."""
        ...

    async def feed(self, library: str, number: int) -> Feed | None:
        """A feed by its number; `None` where this library has none of it."""
        ...

    async def pause(self, library: str, number: int, *, paused: bool, by: str) -> Feed | None:
        """Let a feed rest, or read it again; give it as it is then."""
        ...

    async def tell_of(self, library: str, number: int, *, loud: bool, by: str) -> Feed | None:
        """Let the place of a feed be told of new articles, or not; give it as it is then."""
        ...

    async def due_feeds(self, now: float) -> list[Feed]:
        """The active feeds of all libraries that are due, the longest due first."""
        ...

    async def next_due(self) -> float | None:
        """When the next active feed is due."""
        ...

    async def lease(self, number: int, now: float, until: float) -> bool:
        """Let the caller alone read a feed until then; false where someone else does, or ended."""
        ...

    async def entries(self, number: int) -> list[FeedEntry]:
        """All that is known of a feed's entries, without their texts."""
        ...

    async def polled(
        self,
        feed: Feed,
        entries: Sequence[FeedEntry],
        keys: Sequence[str],
        news: News | None = None,
    ) -> None:
        """Keep what a reading of a feed brought, whole: its state and new or changed entries.

        `keys` are the entries that it has now; known ones that are long gone are forgotten. An
        address that is another feed's already is not taken over. The feed stays leased and due.
        `news` are told with it, but not of a feed that was gone before.
        """
        ...

    async def waiting_entries(self, number: int, limit: int) -> list[FeedEntry]:
        """Entries that are still to be read, the oldest first."""
        ...

    async def taken(self, number: int, entry: FeedEntry, until: float, *, fresh: int) -> None:
        """Keep what became of an entry, count `fresh` articles, and lengthen the lease."""
        ...

    async def rest(self, number: int, due: float) -> None:
        """A reading is over: the feed's lease ends, and it is due then."""
        ...

    async def tell(self, news: News) -> None:
        """Keep something that a place is to be told."""
        ...

    async def news(self, platform: str) -> list[News]:
        """What places on a platform are to be told, the oldest first."""
        ...

    async def telling_news(self, number: int, reply: Sequence[str]) -> None:
        """Note the messages that tell it so far."""
        ...

    async def told_news(self, number: int) -> None:
        """It was told; it is forgotten."""
        ...


class FileStore(Protocol):
    """Remembers which files were read, and what they were made into."""

    async def file(self, library: str, digest: str) -> FileRead | None:
        """A file with these bytes, if all its articles are still what it was made into."""
        ...

    async def file_at(self, library: str, path: str) -> FileRead | None:
        """What the file at a path alone was made into when it was last read."""
        ...

    async def note_file(self, library: str, file: FileRead) -> None:
        """Remember what a file was made into; of a path the newest is known alone."""
        ...
