"""What the bot says unasked: answers that people wait for, pulled by the platform they are on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace

from handlers import phrases
from handlers.closing import closing
from handlers.markdown import escape
from handlers.messages import Answer, Notice, Person, Place, Reply, Request
from storage.asked import Follow
from storage.feeds import News
from storage.store import Store, StoreError

PAUSE = 5.0  # seconds after a fault of the store
AGAIN = 60.0  # seconds until what could not be told is tried again

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Announcement:
    """A reply that nobody is waiting for just now, and where it goes.

    `shown` are the messages that an earlier try began, which are changed instead of sending more.
    """

    id: int
    person: str
    place: Place
    reply: Answer | Notice
    shown: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[type, int]:
        """What it is known by: an answer that was waited for, or news."""
        return type(self.reply), self.id


class Outbox:
    """Gives each announcement to its platform until that says that it was told.

    The answer is made when it is pulled, by the same way as any other: what is told is proven, by
    the library and the rights that the person has then.
    """

    def __init__(
        self,
        store: Store,
        reply: Callable[[Request], AsyncIterator[Reply]],
        again: float = AGAIN,
    ) -> None:
        self._store = store
        self._reply = reply
        self._again = again
        self._given: set[tuple[type, int]] = set()
        self._news: dict[str, asyncio.Event] = {}

    def poke(self) -> None:
        """Say that something is due."""
        for news in self._news.values():
            news.set()

    async def pull(self, platform: str) -> AsyncIterator[Announcement]:
        """Yield what people on a platform are to be told, for ever, each once unless `later`."""
        news = self._news.setdefault(platform, asyncio.Event())
        while True:
            news.clear()
            try:
                for each in await self._store.news(platform):
                    if (Notice, each.id) not in self._given:
                        self._given.add((Notice, each.id))
                        yield _news(each)
                for follow in await self._store.due(platform):
                    if (Answer, follow.id) not in self._given and (
                        ready := await self._ready(follow)
                    ):
                        self._given.add(ready.key)
                        yield ready
                await news.wait()
            except StoreError as fault:
                log.warning("could not look what is to be told: %s", fault)
                await asyncio.sleep(PAUSE)

    async def telling(self, announcement: Announcement, messages: Sequence[str]) -> None:
        """Note the messages that tell it so far."""
        if isinstance(announcement.reply, Notice):
            await self._store.telling_news(announcement.id, messages)
        else:
            await self._store.telling(announcement.id, messages)

    def later(self, announcement: Announcement) -> None:
        """Give it again after a while: its platform could not be reached."""

        def again() -> None:
            self._given.discard(announcement.key)
            self.poke()

        asyncio.get_running_loop().call_later(self._again, again)

    async def told(self, announcement: Announcement) -> None:
        """Note that it was told, or that nobody can be told."""
        if isinstance(announcement.reply, Notice):
            await self._store.told_news(announcement.id)
        else:
            await self._store.told(announcement.id)

    async def _ready(self, follow: Follow) -> Announcement | None:
        """Make the answer; where there is none after all, the person waits on."""
        place = Place(follow.place, follow.private, paged=True, spot=follow.spot)
        person = Person(follow.person, follow.name)
        request = Request("ask", follow.alone, person, place, free=True, unasked=True)
        async with closing(self._reply(request)) as replies:
            last = [picture async for picture in replies][-1:]
        answer = last[0] if last else None
        if not isinstance(answer, Answer):
            return None  # the person has no rights there just now, or something broke: later
        if not answer.answered:
            await self._store.checked(follow, due=False)
            return None
        name = "" if follow.private else follow.name
        head = phrases.now_answered(name, follow.question)
        return Announcement(follow.id, person.id, place, replace(answer, head=head), follow.reply)


def _news(news: News) -> Announcement:
    place = Place(news.place, news.private, paged=True, spot=news.spot)
    return Announcement(news.id, news.person, place, Notice(escape(news.text)), news.reply)
