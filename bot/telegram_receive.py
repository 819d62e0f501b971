"""How updates come in, asked for or by webhook: either way they are kept, and then confirmed."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import secrets
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.supervise import Hopeless

Take = Callable[[Sequence[Update]], Awaitable[None]]

WANTED = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.MESSAGE_REACTION,  # in a group only where the bot is an admin
]
LONG_POLL = 30  # seconds that Telegram may wait before it says that there is nothing
ANSWER = 15  # seconds more for its answer to come
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
MOST_BYTES = 1024 * 1024
UNREADABLE = (TypeError, ValueError, KeyError, AttributeError)  # what the library raises then
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header

log = logging.getLogger(__name__)


async def poll(bot: Bot, take: Take, connected: Callable[[], None]) -> None:
    """Ask for updates until cancelled. A batch is confirmed by the call after it was kept.

    `connected` is called whenever Telegram is reached (again). Raises `Hopeless` for a token that
    Telegram does not know.
    """
    offset, pause, said = 0, 0.0, ""
    await _unhook(bot)
    connected()
    while True:
        try:
            updates, offset = await _batch(bot, offset)
        except InvalidToken as fault:
            raise Hopeless("Telegram does not know this token (any more)") from fault
        except TelegramError as fault:
            pause = min(max(2 * pause, FIRST_PAUSE), LONGEST_PAUSE)
            if said != (said := _why(fault)):  # once, however long it lasts
                log.warning("%s; trying again", said)
            await asyncio.sleep(pause)
            await _unhook(bot)
            continue
        if pause:
            log.warning("Telegram is reached again")
            connected()
            pause, said = 0.0, ""
        if updates:
            await take(updates)


async def _batch(bot: Bot, offset: int) -> tuple[Sequence[Update], int]:
    """Give what is waiting from `offset` on, and the offset that confirms it."""
    try:
        updates: Sequence[Update] = await bot.get_updates(
            offset, timeout=LONG_POLL, read_timeout=ANSWER, allowed_updates=WANTED
        )
    except UNREADABLE:
        return await _readable(bot, offset)
    return updates, updates[-1].update_id + 1 if updates else offset


async def _readable(bot: Bot, offset: int) -> tuple[Sequence[Update], int]:
    """Give a batch without what the library can't read, or that would come again for ever."""
    asked = {"offset": offset, "timeout": 0, "allowed_updates": WANTED}
    with warnings.catch_warnings(action="ignore"):  # it would rather be asked the other way
        raw: Any = await bot.do_api_request("getUpdates", asked)
    updates = [update for each in raw if (update := _read(each, bot))]
    return updates, raw[-1]["update_id"] + 1 if raw else offset


def _read(raw: Any, bot: Bot) -> Update | None:
    try:
        return Update.de_json(raw, bot)
    except UNREADABLE as fault:
        log.warning("Telegram sent something that can't be read; it is passed over: %s", fault)
        return None


async def _unhook(bot: Bot) -> None:
    """Take a webhook of an earlier run away: Telegram gives updates one way only."""
    try:
        await bot.delete_webhook()
    except TelegramError as fault:
        log.info("could not take a webhook away: %s", fault)


@asynccontextmanager
async def webhook(bot: Bot, take: Take, url: str, listen: str, secret: str) -> AsyncIterator[None]:
    """Let Telegram call `url`, heard at `listen` (host:port), while the context lasts.

    A call counts as taken when its update is kept. Without a secret one is made up for this run.
    """
    secret = secret or secrets.token_urlsafe(32)
    host, _, port = listen.rpartition(":")

    async def called(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.text())
        except ValueError:
            return web.Response(status=400)
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            return web.Response(status=400)
        if update := _read(raw, bot):
            await take([update])
        return web.Response()

    server = web.Application(client_max_size=MOST_BYTES)
    server.router.add_post(urlsplit(url).path or "/", called)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host.strip("[]"), int(port)).start()
        await bot.set_webhook(url, secret_token=secret, allowed_updates=WANTED)
        yield
    finally:
        await runner.cleanup()


def _why(fault: TelegramError) -> str:
    """Say what an operator can do about it."""
    if isinstance(fault, Conflict):
        return "another program asks for this bot's updates too (same token): stop one of the two"
    if isinstance(fault, RetryAfter):
        return "Telegram asks for patience"
    if isinstance(fault, NetworkError):
        return f"Telegram can't be reached ({fault})"
    return f"Telegram says: {fault}"
