"""Telegram by webhook, end to end: only Telegram is heard, and nothing that it says is lost."""

from __future__ import annotations

import io
import json
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.fakes.openai_server import openai_server
from tests.fakes.telegram import Fake, telegram_server
from tests.process import ARTICLE, FOOD, QUESTION, REASON
from tests.scenarios.slow import FIRST, Slow
from tests.scenarios.stage import Stage
from tests.scenarios.worlds import TelegramWorld

SECRET = "a-secret_of-ours"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Hooked(TelegramWorld):
    async def ready(self, app: Any) -> None:
        await self.fake.until(lambda: self.fake.webhook.url)


@pytest.fixture
async def fake() -> AsyncIterator[Fake]:
    async with telegram_server() as served:
        yield served


@asynccontextmanager
async def hooked(fake: Fake, folder: Path, **more: Any) -> AsyncIterator[Stage]:
    """Give the bot, called at an address whose proxy passes calls on to its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    fake.webhook.proxy = f"http://127.0.0.1:{port}"
    address = {
        "telegram_webhook_url": "https://bot.example.org/telegram",
        "telegram_webhook_listen": f"127.0.0.1:{port}",
        "telegram_webhook_secret": SECRET,
    }
    stage = Stage(Hooked(fake), folder, address | more)
    await stage.start()
    try:
        yield stage
    finally:
        await stage.stop()


@pytest.fixture
async def stage(fake: Fake, tmp_path: Path) -> AsyncIterator[Stage]:
    async with hooked(fake, tmp_path) as made:
        yield made


async def call(fake: Fake, body: bytes, secret: str | None = SECRET, path: str = "") -> int:
    """Call the bot's port as anybody on the net could; give the status."""
    address = fake.webhook.proxy + (path or "/telegram")
    headers = {"Content-Type": "application/json"} | ({HEADER: secret} if secret else {})
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=io.BytesIO(body), headers=headers) as answer,
    ):
        assert SECRET not in await answer.text()
        return answer.status


def update(person: Any, number: int, text: str = FOOD) -> bytes:
    """Give an update as Telegram would send it."""
    chat, user = person.place.json(), person.user.json()
    message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": user}
    return json.dumps({"update_id": number, "message": message | {"text": text}}).encode()


async def test_what_people_ask_comes_by_webhook_and_is_answered(stage: Stage, fake: Fake):
    assert fake.webhook.secret == SECRET
    assert fake.called("getUpdates") == []
    ben, group = stage.world.alone("Ben Carr"), stage.world.together("Ada Bell")
    await stage.give(ben, ARTICLE)
    await stage.give(group, ARTICLE)
    await ben.say(QUESTION)
    answer = await ben.see(REASON)
    await ben.click(answer, "Quote 1")
    await ben.see("People leave food")
    await group.mention(QUESTION)
    await group.see(REASON)
    assert {each.status for each in fake.webhook.attempts} == {200}


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", "ä"])
async def test_whoever_does_not_know_the_secret_is_not_heard(
    stage: Stage, fake: Fake, secret: str | None
):
    ben = stage.world.alone("Ben Carr")
    await stage.give(ben, ARTICLE)
    assert await call(fake, update(ben, 900), secret) == 403
    await ben.say("Who lives in the woods of Japan?")
    await ben.see("raccoons")
    await stage.quiet()
    assert ["food for them" in each.text for each in ben.bubbles()] == [False]
    assert await call(fake, update(ben, 901)) == 200
    await ben.see("food for them")


BAD = {
    "no JSON": (b"{", 400),
    "no object": (b"[1]", 400),
    "no text": (b"\xff\xfe", 400),
    "nothing": (b"", 400),
    "no update": (b'{"message": 5}', 400),
    "an update of no kind that is known": (b'{"update_id": 5, "message": {"x": 1}}', 200),
    "a megabyte and more": (b'{"a": "' + b"x" * 1024 * 1024 + b'"}', 413),
}


@pytest.mark.parametrize(("body", "status"), BAD.values(), ids=BAD.keys())
async def test_what_is_no_update_is_refused_and_the_next_one_is_answered(
    stage: Stage, fake: Fake, body: bytes, status: int
):
    assert await call(fake, body) == status
    ben = stage.world.alone("Ben Carr")
    await stage.give(ben, ARTICLE)
    await ben.say(QUESTION)
    await ben.see(REASON)


async def test_no_other_path_is_there(stage: Stage, fake: Fake):
    assert await call(fake, b"{}", path="/") == 404


async def test_an_update_that_comes_again_is_taken_and_answered_once(stage: Stage, fake: Fake):
    ben = stage.world.alone("Ben Carr")
    await stage.give(ben, ARTICLE)
    await ben.say(QUESTION)
    await ben.see(REASON)
    fake.mail.again(max(fake.mail.sent))
    await fake.until(lambda: not fake.mail.letters)
    await stage.quiet()
    assert len(ben.bubbles()) == 1


async def test_what_came_while_the_bot_was_down_is_answered_when_it_is_back(
    stage: Stage, fake: Fake
):
    ben = stage.world.alone("Ben Carr")
    await stage.give(ben, ARTICLE)
    await stage.stop()
    await ben.say(QUESTION)
    await fake.until(lambda: any(each.status == 0 for each in fake.webhook.attempts))
    await stage.start()
    await ben.see(REASON)
    await fake.until(lambda: not fake.mail.letters)
    await stage.quiet()
    assert len(ben.bubbles()) == 1


async def test_an_update_is_kept_before_it_is_confirmed(fake: Fake, tmp_path: Path):
    slow = Slow()
    async with openai_server(slow) as model:
        more = {"openai_base_url": model.base_url, "openai_model": "m"}
        async with hooked(fake, tmp_path, **more) as stage:
            ben = stage.world.alone("Ben Carr")
            await stage.give(ben, ARTICLE)
            await ben.say(QUESTION)
            await fake.until(lambda: not fake.mail.letters)
            assert len(await stage.app.store.waiting("telegram")) == 1
            await slow.begun.acquire()
            slow.on.set()
            await ben.see(FIRST[:40], "in the evening")


async def test_polling_after_a_webhook_takes_the_webhook_away(fake: Fake, tmp_path: Path):
    async with hooked(fake, tmp_path):
        pass
    polling = Stage(TelegramWorld(fake), tmp_path)
    await polling.start()
    assert fake.webhook.url == ""
    await polling.stop()
