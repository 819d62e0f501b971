"""`footnote run` and `footnote chat`: the bot at work."""

from __future__ import annotations

import typer

from bot import platforms
from bot.app import App
from bot.commands.options import Db, Library, carry_out, here
from bot.here import Here
from bot.terminal_adapter import Chat


def run(ctx: typer.Context, db: Db = "", library: Library = "") -> None:
    """Start every platform that has a token; without one, the chat.

    Example: footnote run
    """
    place = here(ctx, db, library)

    async def work(app: App) -> int:
        return await platforms.run(app) if app.settings.platforms else await _talk(app, place)

    carry_out(place, work)


def chat(ctx: typer.Context, db: Db = "", library: Library = "") -> None:
    """Talk with the bot in this terminal; from a pipe, line by line.

    Example: echo "why did LeCun leave Meta?" | footnote chat
    """
    place = here(ctx, db, library)

    async def work(app: App) -> int:
        return await _talk(app, place)

    carry_out(place, work)


async def _talk(app: App, place: Here) -> int:
    return await Chat(app, place).talk()
