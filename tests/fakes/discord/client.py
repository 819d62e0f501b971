"""A real discord.py bot, and a bare client, connected to the fake: to test the fake itself."""

from __future__ import annotations

import asyncio
import json
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.fakes.discord.server import DiscordServer

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # discord.py imports audioop
    import discord
    from discord.ext import commands

INTENTS = discord.Intents(
    guilds=True, messages=True, message_content=True, reactions=True, members=True
)


class Bot(commands.AutoShardedBot):
    """Notes each event it gets, and every error."""

    def __init__(self, fake: DiscordServer, **options: Any) -> None:
        defaults: dict[str, Any] = {"intents": INTENTS, "guild_ready_timeout": 0.1}
        options = defaults | options
        super().__init__("!", connector=fake.connector(), max_messages=None, **options)
        self.fake = fake
        self.got: list[tuple[str, Any]] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: what Discord allows a large bot."""

    async def setup_hook(self) -> None:
        await self.tree.sync()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        self.got.append((event, args))
        super().dispatch(event, *args, **kwargs)
        self.fake.bell.ring()

    def events(self, name: str) -> list[Any]:
        return [args[0] if args else None for event, args in self.got if event == name]

    async def event_of(self, name: str, number: int = 1) -> Any:
        """Wait for the event of that name, the n-th."""
        await self.fake.until(lambda: len(self.events(name)) >= number)
        return self.events(name)[number - 1]


@asynccontextmanager
async def running(
    fake: DiscordServer, build: Callable[[Bot], None] = lambda _: None, **options: Any
) -> AsyncIterator[Bot]:
    """Run a bot until it is ready; `build` adds commands and listeners to it first."""
    bot = Bot(fake, **options)
    build(bot)
    task = asyncio.create_task(bot.start(fake.token))
    task.add_done_callback(lambda _: fake.bell.ring())
    try:
        await fake.until(lambda: bot.is_ready() or task.done() or bot.events("ready"))
        if task.done():
            await task
        yield bot
    finally:
        await bot.close()
        await asyncio.gather(task, return_exceptions=True)


class Api:
    """Calls the API bare, without a library in between."""

    def __init__(self, fake: DiscordServer, session: aiohttp.ClientSession) -> None:
        self.fake, self.session = fake, session
        self.headers: dict[str, str] = {}

    async def __call__(
        self, method: str, path: str, body: Any = None, token: str | None = None
    ) -> tuple[int, Any]:
        headers = {"Authorization": f"Bot {token or self.fake.token}"}
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body), "application/json"
        address = f"https://discord.com/api/v10{path}"
        async with self.session.request(method, address, data=data, headers=headers) as response:
            self.headers = dict(response.headers)
            text = await response.text()
            plain = response.headers.get("Content-Type") != "application/json"
            return response.status, text if plain else json.loads(text)

    async def send(self, channel: Any, **body: Any) -> tuple[int, Any]:
        return await self("POST", f"/channels/{channel.id}/messages", body)


@asynccontextmanager
async def api(fake: DiscordServer) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession(connector=fake.connector()) as session:
        yield Api(fake, session)
