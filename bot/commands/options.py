"""Options that every command takes, before its name or after it, and what they lead to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from bot.app import App, open_app
from bot.here import Here
from bot.logs import configure
from bot.settings import load
from handlers.messages import Failure

Db = Annotated[
    str,
    typer.Option(
        "--db",
        metavar="ADDRESS",
        help="Database to use: sqlite:///PATH or a path. Default: DATABASE_URL.",
        show_default=False,
    ),
]
Library = Annotated[
    str,
    typer.Option(
        "--library",
        metavar="NAME",
        help="Library to work in. Default: DEFAULT_LIBRARY, else main.",
        show_default=False,
    ),
]
Json = Annotated[
    bool, typer.Option("--json", help="One JSON object a line on standard output, nothing else.")
]


def here(ctx: typer.Context, db: str, library: str) -> Here:
    """Join what stands behind the command's name with what stands before it."""
    before: Here = ctx.obj or Here()
    return Here(db or before.db, library or before.library)


def carry_out(place: Here, work: Callable[[App], Awaitable[int]]) -> None:
    """Open the bot, do the work in it, and leave with the status that the work gives.

    Raises `SettingsError` and `StoreError`.
    """
    settings = load()
    configure(settings.log_level, settings.secrets)

    async def in_app() -> int:
        async with open_app(settings, place.db) as app:
            return await work(app)

    raise typer.Exit(asyncio.run(in_app()))


def fail(text: str) -> int:
    """Say on standard error, in one line, what went wrong; give the status for it."""
    typer.echo(f"footnote: {' '.join(text.split())}", err=True)
    return 1


def failed(reply: Failure) -> int:
    """Say what a failed reply says; give the status for it."""
    return fail(reply.text)
