"""The fake Telegram hands updates to a webhook as the real one does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, Conflict

from tests.fakes.telegram import Fake
from tests.fakes.telegram.clients import refused, served

SECRET = "s3cret_-"


@pytest.fixture
async def pair() -> AsyncIterator[tuple[Fake, Bot]]:
    async with served() as both:
        yield both


@dataclass
class Receiver:
    """A bot's own address: answers with its statuses, the last one for ever."""

    statuses: list[int]
    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return web.Response(status=status)


@asynccontextmanager
async def receiver(*statuses: int) -> AsyncIterator[Receiver]:
    made = Receiver(list(statuses))
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_updates_are_posted_in_order_with_the_secret_until_they_are_taken(
    pair: tuple[Fake, Bot],
):
    fake, bot = pair
    ada = fake.private()
    fake.webhook.pause = 0.01
    async with receiver(500, 503, 200) as hook:
        await bot.set_webhook(hook.url, secret_token=SECRET)
        await ada.say("one")
        await ada.say("two")
        await fake.until(lambda: not fake.pending())
        assert [one["message"]["text"] for one in hook.bodies] == ["one", "one", "one", "two"]
        assert set(hook.secrets) == {SECRET}
        first, second, third = [one.at for one in fake.webhook.attempts[:3]]
        assert (second - first >= 0.01, third - second >= 0.02) == (True, True)
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count) == (hook.url, 0)
        assert "503" in info.last_error_message
        await bot.delete_webhook()


async def test_polling_and_a_webhook_exclude_each_other(pair: tuple[Fake, Bot]):
    fake, bot = pair
    polling = asyncio.create_task(bot.get_updates(timeout=10))
    await fake.until(lambda: fake.called("getUpdates"))
    async with receiver(500) as hook:
        await bot.set_webhook(hook.url)
        with refused(Conflict, "terminated by setWebhook"):
            await polling
        with refused(Conflict, "webhook is active"):
            await bot.get_updates()
        await fake.private().say("kept")
        await fake.until(lambda: fake.webhook.attempts)
        await bot.delete_webhook()
        assert (await bot.get_updates())[0].message.text == "kept"


async def test_a_webhook_may_begin_with_an_empty_queue(pair: tuple[Fake, Bot]):
    fake, bot = pair
    await fake.private().say("old")
    async with receiver(200) as hook:
        await bot.set_webhook(hook.url, drop_pending_updates=True)
        assert (await bot.get_webhook_info()).pending_update_count == 0
        await bot.delete_webhook()


async def test_a_webhook_needs_https_but_on_loopback(pair: tuple[Fake, Bot]):
    with refused(BadRequest, "HTTPS"):
        await pair[1].set_webhook("http://bot.example/hook")
