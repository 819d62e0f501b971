"""`footnote run` in a process of its own: both platforms at once, killed, stopped, begun again."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_app
from bot.settings import load
from handlers.messages import Person, Place, Receipt, Request
from storage.engines import open_store
from tests.fakes.discord import discord_server
from tests.fakes.openai_server import OpenAIServer, openai_server
from tests.fakes.telegram import telegram_server
from tests.human import Bubble
from tests.process import ARTICLE, FOOD, QUESTION, command, environment
from tests.scenarios.slow import Slow
from tests.scenarios.worlds import OWNER, DiscordWorld, TelegramWorld

HALF = "cut down in 1965"
WHOLE = "in the evening"
KEY = "sk-a-key-that-nobody-may-read"
STOPS = 10.0  # seconds that a service manager waits


@dataclass
class House:
    """Both fakes, a slow model, and the bot as a process between them."""

    folder: Path
    worlds: dict[str, Any]
    model: OpenAIServer
    slow: Slow
    more: dict[str, str] = field(default_factory=dict)
    printed: bytes = b""
    process: asyncio.subprocess.Process | None = None

    @property
    def environment(self) -> dict[str, str]:
        told = self.worlds["telegram"].settings() | self.worlds["discord"].settings()
        told["owners"] = ",".join(each.alone(OWNER).id for each in self.worlds.values())
        told |= {"openai_base_url": self.model.base_url, "openai_model": "m"}
        told |= {"openai_api_key": KEY, "log_level": "DEBUG"}
        told["database_url"] = f"sqlite:///{self.folder}/library.db"
        return environment(**{name.upper(): value for name, value in told.items()} | self.more)

    async def launch(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            *command("run"),
            cwd=self.folder,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

    async def start(self) -> None:
        await self.launch()
        for each in self.worlds.values():
            await each.ready(None)

    async def end(self, how: signal.Signals) -> int:
        """Send a signal; give the status. Fails where it takes longer than anybody waits."""
        assert self.process
        self.process.send_signal(how)
        return await self.ended()

    async def ended(self) -> int:
        assert self.process
        async with asyncio.timeout(STOPS):
            printed, _ = await self.process.communicate()
        self.printed += printed
        assert self.process.returncode is not None
        status, self.process = self.process.returncode, None
        return status

    async def noted(self) -> None:
        """Wait until the bot has noted the first message of each answer under way.

        A kill in the milliseconds between sending and noting does show that message twice.
        """
        store = await open_store(f"sqlite:///{self.folder}/library.db")
        async with asyncio.timeout(STOPS):
            for name in self.worlds:
                while not any(each.reply for each in await store.waiting(name)):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
        await store.close()

    async def people(self) -> list[Any]:
        """Give somebody in a group of each platform, which has an article."""
        people = [each.together("Ben Carr") for each in self.worlds.values()]
        settings = load(None, database_url=f"sqlite:///{self.folder}/library.db", embeddings="none")
        async with open_app(settings) as app:
            for person, world in zip(people, self.worlds.values(), strict=True):
                where = Place(world.place(person), private=False)
                request = Request("ingest", ARTICLE, Person("terminal:owner"), where)
                receipt = [each async for each in app.reply(request)][-1]
                assert isinstance(receipt, Receipt)
        return people


@asynccontextmanager
async def housed(folder: Path) -> AsyncIterator[House]:
    slow = Slow()
    async with (
        telegram_server() as telegram,
        discord_server() as discord,
        openai_server(slow) as model,
    ):
        worlds = {"telegram": TelegramWorld(telegram), "discord": DiscordWorld(discord)}
        made = House(folder, worlds, model, slow)
        try:
            yield made
        finally:
            if made.process:
                made.process.kill()
                await made.ended()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with housed(tmp_path) as made:
        yield made


async def answered(person: Any, times: int) -> list[Bubble]:
    """Wait until so many answers are whole; give all that the person sees of the bot's."""
    bell = getattr(person.fake, "bell", None) or person.fake.world.bell
    assert await bell.until(
        lambda: sum(WHOLE in each.text for each in person.bubbles()) >= times, 30
    )
    return [each for each in person.bubbles() if not each.streaming]


async def test_both_platforms_are_answered_and_an_idle_bot_stops_at_once(house: House):
    house.slow.on.set()
    people = await house.people()
    await house.start()
    for person in people:
        asked = await person.mention(QUESTION)
        answer = await person.see(HALF, WHOLE, seconds=30)
        assert answer.reply_to == asked
    assert await house.end(signal.SIGTERM) == 0
    for secret in (KEY, *(each.fake.token for each in house.worlds.values())):
        assert secret.encode() not in house.printed
    assert b"Traceback" not in house.printed
    assert b"is listening" in house.printed


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "stopped"])
async def test_a_bot_that_ends_while_it_answers_goes_on_in_the_same_reply_and_loses_nothing(
    house: House, how: signal.Signals
):
    people = await house.people()
    await house.start()
    asked = {each.id: [await each.mention(text) for text in (QUESTION, FOOD)] for each in people}
    begun = [await person.see(HALF, seconds=30) for person in people]
    assert all(WHOLE not in each.text for each in begun)
    await house.noted()
    assert await house.end(how) == (0 if how == signal.SIGTERM else -signal.SIGKILL)
    house.slow.on.set()
    await house.start()
    for person, half in zip(people, begun, strict=True):
        first, second = await answered(person, 2)
        assert first.id == half.id
        assert [first.reply_to, second.reply_to] == asked[person.id]
    assert await house.end(signal.SIGTERM) == 0
    assert [len(person.bubbles()) for person in people] == [2, 2]


async def test_a_wrong_discord_token_beside_a_telegram_webhook(house: House):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    house.slow.on.set()
    house.more = {
        "DISCORD_BOT_TOKEN": "another-wrong-token",
        "TELEGRAM_WEBHOOK_URL": "https://bot.example.org/telegram",
        "TELEGRAM_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "TELEGRAM_WEBHOOK_SECRET": "a-secret-of-the-webhook",
    }
    person, _ = await house.people()
    person.fake.webhook.proxy = f"http://127.0.0.1:{port}"
    await house.launch()
    await person.mention(QUESTION)
    await person.see(HALF, WHOLE, seconds=30)
    assert await house.end(signal.SIGTERM) == 0
    said = [line for line in house.printed.splitlines() if b"ERROR" in line]
    assert len(said) == 1
    assert b"DISCORD_BOT_TOKEN" in said[0]
    for secret in (KEY, person.fake.token, "another-wrong-token", "a-secret-of-the-webhook"):
        assert secret.encode() not in house.printed
