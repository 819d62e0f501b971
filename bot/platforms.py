"""Starts every platform that has a token, and stops all of them in time."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from bot.app import App
from bot.settings import Settings
from bot.supervise import Serve, supervise


def adapters(app: App) -> dict[str, Serve]:
    """Give the platforms that the settings switch on. Their libraries load here, when needed."""
    found: dict[str, Serve] = {}
    if app.settings.telegram_bot_token:
        from bot import telegram_adapter  # noqa: PLC0415 - half a second that nobody else waits

        found["Telegram"] = partial(telegram_adapter.serve, app)
    if app.settings.discord_bot_token:
        from bot import discord_adapter  # noqa: PLC0415 - half a second that nobody else waits

        found["Discord"] = partial(discord_adapter.serve, app)
    return found


def accounts(settings: Settings) -> dict[str, Callable[[], Awaitable[str]]]:
    """Give, for each platform that has a token, what asks it whose that is."""
    found: dict[str, Callable[[], Awaitable[str]]] = {}
    if settings.telegram_bot_token:
        from bot import telegram_adapter  # noqa: PLC0415 - as above

        found["Telegram"] = partial(telegram_adapter.account, settings)
    if settings.discord_bot_token:
        from bot import discord_account  # noqa: PLC0415 - as above

        found["Discord"] = partial(discord_account.account, settings)
    return found


async def run(app: App) -> int:
    """Serve until stopped by a signal (0), or until no platform can go on (1)."""
    async with app.working():
        work = asyncio.ensure_future(supervise(adapters(app)))
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):  # Windows: there a signal ends all at once
                loop.add_signal_handler(each, work.cancel)
        try:
            await asyncio.wait({work})
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
        return 0 if work.cancelled() else 1
