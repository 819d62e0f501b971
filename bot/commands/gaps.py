"""`footnote gaps`: what people asked in vain, on standard output."""

from __future__ import annotations

import typer

from bot.app import App
from bot.commands.options import Db, Json, Library, carry_out, here
from bot.commands.printing import finish


def gaps(ctx: typer.Context, json: Json = False, db: Db = "", library: Library = "") -> None:
    """List the questions that no article answers, newest first, with how many asked.

    Example: footnote gaps
    """
    place = here(ctx, db, library)
    request = place.request("gaps", "")

    async def work(app: App) -> int:
        return await finish(app.reply(request), json=json, told=True)

    carry_out(place, work)
