"""The bot in Telegram: connects, listens by polling or webhook, and answers until it is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial

from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.app import App
from bot.desk import Desk
from bot.herald import Herald
from bot.logs import NEWS
from bot.settings import Settings
from bot.supervise import Hopeless
from bot.telegram_clerk import TelegramClerk
from bot.telegram_letters import letter_of
from bot.telegram_line import PUBLISHED, Limits, Line
from bot.telegram_menu import set_menus
from bot.telegram_read import PLATFORM
from bot.telegram_receive import Take, poll, webhook

CONNECTIONS = 32  # to Telegram at a time
OFFICIAL = "https://api.telegram.org/bot"
OFFICIAL_FILES = "https://api.telegram.org/file/bot"
SECONDS = 20.0  # for a call of the Bot API


async def serve(app: App, *, limits: Limits = PUBLISHED) -> None:
    """Answer in Telegram until cancelled. Raises `Hopeless` for a wrong token."""
    settings = app.settings
    async with _connected(settings) as bot:
        line = Line(bot, limits)
        clerk = TelegramClerk(line, bot.bot, app.service, app.store)
        desk = Desk(app.store, PLATFORM, clerk)
        herald = Herald(app.outbox, PLATFORM, partial(clerk.announce, app.outbox))

        async def take(updates: Sequence[Update]) -> None:
            for update in updates:
                await _moved(app, clerk, update)
            letters = [letter for each in updates if (letter := letter_of(each, bot.bot))]
            await desk.take(letters)

        await set_menus(bot, app.dispatcher.commands, settings.owners)
        try:
            await desk.resume()
            herald.begin()
            if settings.telegram_webhook_url:
                await _hooked(bot, take, settings, settings.telegram_webhook_url)
            else:
                NEWS.info("Telegram: @%s is listening, https://t.me/%s", bot.username, bot.username)
                await poll(bot, take, clerk.listening)
        finally:
            await herald.close()
            await desk.close()


async def account(settings: Settings) -> str:
    """Ask Telegram whose the token is. Raises `Hopeless`, and `OSError` where nobody answers."""
    try:
        async with _connected(settings) as bot:
            return f"@{bot.username}"
    except TelegramError as fault:
        raise OSError(str(fault)) from fault


@asynccontextmanager
async def _connected(settings: Settings) -> AsyncIterator[Bot]:
    """Open the bot's account; raises `Hopeless` where Telegram does not know the token."""
    token = settings.telegram_bot_token
    if token is None:
        raise Hopeless("TELEGRAM_BOT_TOKEN is not set")
    bot = Bot(
        token.get_secret_value(),
        base_url=settings.telegram_base_url or OFFICIAL,
        base_file_url=settings.telegram_base_file_url or OFFICIAL_FILES,
        request=HTTPXRequest(CONNECTIONS, read_timeout=SECONDS, write_timeout=SECONDS),
        get_updates_request=HTTPXRequest(2, read_timeout=SECONDS),
    )
    try:
        async with bot:
            yield bot
    except InvalidToken as fault:
        raise Hopeless(
            "it does not know this token. Copy TELEGRAM_BOT_TOKEN anew from @BotFather"
        ) from fault


async def _hooked(bot: Bot, take: Take, settings: Settings, url: str) -> None:
    secret = settings.telegram_webhook_secret
    async with webhook(
        bot,
        take,
        url,
        settings.telegram_webhook_listen,
        secret.get_secret_value() if secret else "",
    ):
        NEWS.info("Telegram: @%s listens for calls of %s", bot.username, url)
        await asyncio.Event().wait()


async def _moved(app: App, clerk: TelegramClerk, update: Update) -> None:
    """A group that became a supergroup has a new id; what was stored for it follows."""
    message = update.message
    if message is None or not (message.migrate_to_chat_id or message.migrate_from_chat_id):
        return
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    await app.store.move(f"{PLATFORM}:{old}", f"{PLATFORM}:{new}")
    clerk.moved(old, new)
