"""A platform with the bot on it, for scenarios: real libraries over loopback, one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bot.app import App, open_app
from bot.platforms import adapters
from bot.settings import Settings, load
from bot.supervise import supervise
from tests.fakes.discord import DiscordServer, discord_server
from tests.fakes.telegram import Fake as TelegramServer
from tests.fakes.telegram import telegram_server
from tests.human import Human

OWNER = "Olga Owner"


class World(Protocol):
    """A fake platform, as scenarios need it."""

    name: str

    def settings(self) -> dict[str, Any]:
        """What the bot is told to find the platform."""
        ...

    async def ready(self) -> None:
        """Wait until the bot is connected."""
        ...

    def alone(self, name: str) -> Human:
        """Somebody in a direct message with the bot; the same name is the same person."""
        ...

    def together(self, name: str, *, admin: bool = False, chat: str = "Readers") -> Human:
        """Somebody in a group where the bot is; `admin` makes them one of the group's."""
        ...


class TelegramWorld:
    name = "telegram"

    def __init__(self, fake: TelegramServer) -> None:
        self.fake = fake
        self.rooms: dict[str, Any] = {}
        self._people: dict[str, Any] = {}

    def settings(self) -> dict[str, Any]:
        return {
            "telegram_bot_token": self.fake.token,
            "telegram_base_url": self.fake.base_url,
            "telegram_base_file_url": self.fake.base_file_url,
            "owners": self.alone(OWNER).id,
        }

    async def ready(self) -> None:
        before = len(self.fake.called("getUpdates"))
        await self.fake.until(lambda: len(self.fake.called("getUpdates")) > before)

    def alone(self, name: str) -> Any:
        if name not in self._people:
            self._people[name] = self.fake.private(name)
        return self.fake.private(self._people[name])

    def together(self, name: str, *, admin: bool = False, chat: str = "Readers") -> Any:
        if chat not in self.rooms:
            self.rooms[chat] = self.fake.group(chat)
        person = self.alone(name)
        return self.rooms[chat].join(person, "administrator" if admin else "member")


class DiscordWorld:
    name = "discord"

    def __init__(self, fake: DiscordServer) -> None:
        self.fake = fake
        self.rooms: dict[str, Any] = {}
        self._people: dict[str, Any] = {}

    def settings(self) -> dict[str, Any]:
        return {
            "discord_bot_token": self.fake.token,
            "discord_loopback": f"{self.fake.port},{self.fake.ca_file}",
            "owners": self.alone(OWNER).id,
        }

    async def ready(self) -> None:
        await self.fake.ready()

    def alone(self, name: str) -> Any:
        if name not in self._people:
            self._people[name] = self.fake.person(name)
        return self._people[name]

    def together(self, name: str, *, admin: bool = False, chat: str = "Readers") -> Any:
        if chat not in self.rooms:
            self.rooms[chat] = self.fake.channel(self.fake.guild(chat), "general")
        user, room = self.alone(name).user, self.rooms[chat]
        self.fake.join(room.guild, user)
        self.fake.manage(room.guild, user, admin)
        return self._people[name].at(room)


@dataclass
class Stage:
    """The bot on a platform. It can be stopped and started again, with the same library."""

    world: World
    folder: Path
    more: dict[str, Any] = field(default_factory=dict)
    app: App = field(init=False)
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)
    _running: asyncio.Task[None] | None = None

    @property
    def settings(self) -> Settings:
        own = {"database_url": f"sqlite:///{self.folder}/library.db", "embeddings": "none"}
        return load(None, **{**own, **self.world.settings(), **self.more})

    async def start(self) -> None:
        self.app = await self._open.enter_async_context(open_app(self.settings))
        self._running = asyncio.create_task(supervise(adapters(self.app)))
        waiting = asyncio.create_task(self.world.ready())
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


@asynccontextmanager
async def staged(platform: str, folder: Path, **more: Any) -> AsyncIterator[Stage]:
    """Give the bot at work on a platform; nothing may be wrong on its wire at the end."""
    server = telegram_server() if platform == "telegram" else discord_server()
    async with server as fake:
        world = TelegramWorld(fake) if isinstance(fake, TelegramServer) else DiscordWorld(fake)
        stage = Stage(world, folder, more)
        await stage.start()
        try:
            yield stage
        finally:
            await stage.stop()
