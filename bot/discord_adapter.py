"""The bot in Discord."""

from __future__ import annotations

from bot.app import App


async def serve(app: App) -> None:
    raise NotImplementedError
