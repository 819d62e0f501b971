"""`footnote doctor`: whether all is right on this machine."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

import typer
from rich.console import Console
from rich.text import Text

from bot.checks import Check, checks
from bot.commands.options import Db, Json, Library, fail, here
from bot.json_lines import line
from bot.logs import configure
from bot.settings import load
from handlers import phrases
from handlers.markdown import one_line

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


def doctor(ctx: typer.Context, json: Json = False, db: Db = "", library: Library = "") -> None:
    """Look whether all is right here, and what to do if not.

    Example: footnote doctor
    """
    place = here(ctx, db, library)
    settings = load()
    configure(settings.log_level, settings.secrets)

    async def look() -> list[Check]:
        found = []
        async for check in checks(settings, place.db):
            found.append(check)
            if not json:
                _print(check)
        return found

    found = asyncio.run(look())
    well = all(check.state != "fail" for check in found)
    message = phrases.ALL_WELL if well else phrases.NOT_WELL
    if json:
        every = [asdict(check) for check in found]
        typer.echo(line({"ok": well, "message": message, "checks": every}))
    if not well:
        raise typer.Exit(fail(message))


def _print(check: Check) -> None:
    console = Console(soft_wrap=True, highlight=False)
    mark = Text(f"{check.state:<5}", style=COLOURS[check.state])
    console.print(mark, Text(f"{check.name:<11}"), Text(one_line(check.message)))
