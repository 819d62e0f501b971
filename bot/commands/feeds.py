"""`footnote feeds` and `footnote feed`: what the library is fed from."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from bot.app import App
from bot.commands.options import Db, Json, Library, carry_out, here
from bot.commands.printing import finish
from bot.meaning import embed_all
from bot.progress import bar


class Act(StrEnum):
    """What is to be done with a feed."""

    ADD = "add"
    POLL = "poll"
    PAUSE = "pause"
    RESUME = "resume"
    TELL = "tell"
    HUSH = "hush"
    REMOVE = "remove"


def feeds(ctx: typer.Context, json: Json = False, db: Db = "", library: Library = "") -> None:
    """List what the library is fed from: when it was read, when it is next, what was new.

    Example: footnote feeds --json
    """
    _do(ctx, "feeds", "", db=db, library=library, json=json)


def feed(
    ctx: typer.Context,
    act: Annotated[Act, typer.Argument(help="What to do.", show_default=False)],
    which: Annotated[
        str,
        typer.Argument(
            metavar="FEED", help="Its address, or its number in feeds.", show_default=False
        ),
    ],
    json: Json = False,
    db: Db = "",
    library: Library = "",
) -> None:
    """Subscribe to a feed, read it now, let it rest, or end it. `footnote run` reads it again.

    Example: footnote feed add https://example.org/feed.xml
    """
    _do(ctx, "feed", f"{act} {which}", db=db, library=library, json=json)


def _do(ctx: typer.Context, command: str, text: str, *, db: str, library: str, json: bool) -> None:
    place = here(ctx, db, library)

    async def work(app: App) -> int:
        told = command == "feed"
        status = await finish(app.reply(place.request(command, text)), json=json, told=told)
        if told:
            with bar() as shown:
                if waiting := await embed_all(app, shown):
                    typer.echo(f"footnote: {waiting}", err=True)
        return status

    carry_out(place, work)
