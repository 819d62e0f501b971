"""`footnote articles`, `show` and `forget`: what the library holds."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.app import App
from bot.commands.options import Db, Json, Library, carry_out, here
from bot.commands.printing import finish

Id = Annotated[int, typer.Argument(metavar="ID", help="Number of the article.", show_default=False)]


def articles(ctx: typer.Context, json: Json = False, db: Db = "", library: Library = "") -> None:
    """List the library's articles, newest first.

    Example: footnote articles --json
    """
    _do(ctx, "articles", "", db=db, library=library, json=json)


def show(
    ctx: typer.Context,
    article: Id,
    version: Annotated[
        int | None, typer.Option(metavar="N", help="An older version.", show_default=False)
    ] = None,
    removed: Annotated[
        bool, typer.Option("--removed", help="What was cut from it, and why, instead.")
    ] = False,
    json: Json = False,
    db: Db = "",
    library: Library = "",
) -> None:
    """Show an article as it is stored.

    Example: footnote show 3 --version 1
    """
    text = str(article) if version is None else f"{article} {version}"
    command = "removed" if removed else "article"
    _do(ctx, command, text, db=db, library=library, json=json)


def forget(
    ctx: typer.Context, article: Id, json: Json = False, db: Db = "", library: Library = ""
) -> None:
    """Erase an article and all that was stored of it, for good.

    Example: footnote forget 3
    """
    _do(ctx, "forget", f"{article} yes", db=db, library=library, json=json)


def _do(ctx: typer.Context, command: str, text: str, *, db: str, library: str, json: bool) -> None:
    place = here(ctx, db, library)

    async def work(app: App) -> int:
        told = command == "forget"
        return await finish(app.reply(place.request(command, text)), json=json, told=told)

    carry_out(place, work)
