"""A platform with the bot on it, for scenarios: real libraries over loopback, one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.app import App, open_app
from bot.platforms import adapters
from bot.settings import Settings, load
from bot.supervise import Serve, supervise
from handlers.access import own_library
from handlers.messages import Origin, Person, Place, Receipt, Request
from storage.records import Article
from tests.fakes.discord import discord_server
from tests.fakes.telegram import telegram_server
from tests.human import Bubble, Human
from tests.oracle.discord import complaints
from tests.scenarios.worlds import OWNER, DiscordWorld, TelegramWorld, TerminalWorld, World

__all__ = ["OWNER", "Stage", "staged"]


@dataclass
class Stage:
    """The bot on a platform. It can be stopped and started again, with the same library.

    `serving` gives what is run side by side; what the platforms are told by default.
    """

    world: World
    folder: Path
    more: dict[str, Any] = field(default_factory=dict)
    serving: Callable[[App], Mapping[str, Serve]] = adapters
    app: App = field(init=False)
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)
    _running: asyncio.Task[None] | None = None

    @property
    def settings(self) -> Settings:
        own = {"database_url": f"sqlite:///{self.folder}/library.db", "embeddings": "none"}
        return load(None, **{**own, **self.world.settings(), **self.more})

    async def start(self) -> None:
        self.app = await self._open.enter_async_context(open_app(self.settings))
        await self._open.enter_async_context(self.app.working())
        waiting = asyncio.create_task(self.world.ready(self.app))
        if serving := self.serving(self.app):
            self._running = asyncio.create_task(supervise(serving))
            await asyncio.wait({self._running, waiting}, return_when=asyncio.FIRST_COMPLETED)
            assert not self._running.done(), "the bot stopped by itself"
        await waiting

    async def stop(self) -> None:
        if self._running:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        await self._open.aclose()
        self._open, self._running = AsyncExitStack(), None

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def give(self, person: Human, *texts: str, origin: Origin | None = None) -> None:
        """Put articles into the library of the place where somebody is, as its owner would.

        A direct message gets a library of its own first, as none leads anywhere by itself.
        """
        owner = Person(sorted(self.app.settings.owners)[0] if self._running else person.id)
        where = Place(self.world.place(person))
        if self._running and where.id == person.id:
            await self.app.store.bind(where.id, where.id, by=owner.id)
        for text in texts:
            request = Request("ingest", text, owner, where, origin=origin)
            receipt = [each async for each in self.app.reply(request)][-1]
            assert isinstance(receipt, Receipt), receipt

    async def held(self, person: Human) -> list[Article]:
        """Give the articles of the place where somebody is, newest first."""
        place = Place(self.world.place(person))
        library = await self.app.store.bound(place.id) or own_library(place)
        return await self.app.store.articles(library)

    async def replied(
        self, person: Human, message: str, *words: str, seconds: float = 15.0
    ) -> Bubble:
        """Wait until a message is answered, by a reply to it, with all the words; give that."""

        def look() -> Bubble | None:
            replies = (each for each in person.bubbles() if each.reply_to == message)
            return next(
                (each for each in replies if all(word in each.text for word in words)), None
            )

        found: Bubble = await self.world.fake.until(look, seconds)
        return found

    async def quiet(self, seconds: float = 15.0) -> None:
        """Wait until all that was said to the bot so far is answered, or passed over.

        What is said goes to the bot in order: ask something that it answers first.
        """
        async with asyncio.timeout(seconds):
            while await self.app.store.waiting(self.world.name):  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.02)


@asynccontextmanager
async def staged(
    platform: str,
    folder: Path,
    *,
    serving: Callable[[App], Mapping[str, Serve]] = adapters,
    **more: Any,
) -> AsyncIterator[Stage]:
    """Give the bot at work on a platform; nothing may be wrong on its wire at the end."""
    async with _world(platform) as world:
        stage = Stage(world, folder, more, serving)
        await stage.start()
        try:
            yield stage
        finally:
            await stage.stop()


@asynccontextmanager
async def _world(platform: str) -> AsyncIterator[World]:
    if platform == "telegram":
        async with telegram_server() as fake:
            yield TelegramWorld(fake)
    elif platform == "discord":
        async with discord_server() as fake:
            yield DiscordWorld(fake)
        assert [call.name for call in fake.unhandled] == []
        assert complaints(fake.calls) == []
    else:
        yield TerminalWorld()
