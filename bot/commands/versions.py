"""`footnote refresh`, `diff`, `revert`, `undo`, `putback`: further versions of what is stored."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.app import App
from bot.commands.articles import Id
from bot.commands.options import Db, Json, Library, carry_out, here
from bot.commands.printing import finish
from bot.meaning import embed_all
from bot.progress import bar
from handlers import phrases


def refresh(
    ctx: typer.Context, article: Id, json: Json = False, db: Db = "", library: Library = ""
) -> None:
    """Fetch an article's page again; what is stored stays if the page is gone or walled off.

    Example: footnote refresh 3
    """
    _do(ctx, "refresh", str(article), db=db, library=library, json=json)


def diff(
    ctx: typer.Context,
    article: Id,
    older: Annotated[
        int | None,
        typer.Option("--from", min=1, metavar="N", help="The older one.", show_default=False),
    ] = None,
    newer: Annotated[
        int | None,
        typer.Option("--to", min=1, metavar="N", help="The newer one.", show_default=False),
    ] = None,
    json: Json = False,
    db: Db = "",
    library: Library = "",
) -> None:
    """Show what changed between two versions of an article, by default the last two.

    Example: footnote diff 3 --from 1 --to 3
    """
    if newer is not None and older is None:
        older = max(1, newer - 1)
    words = [str(each) for each in (article, older, newer) if each is not None]
    _do(ctx, "diff", " ".join(words), db=db, library=library, json=json)


def revert(
    ctx: typer.Context,
    article: Id,
    version: Annotated[int, typer.Option(min=1, metavar="N", help="The version to bring back.")],
    json: Json = False,
    db: Db = "",
    library: Library = "",
) -> None:
    """Make an older version of an article its newest again.

    Example: footnote revert 3 --version 1
    """
    _do(ctx, "revert", f"{article} {version}", db=db, library=library, json=json)


def undo(ctx: typer.Context, json: Json = False, db: Db = "", library: Library = "") -> None:
    """Take back what the last page, file or text brought, or the last other change; again: the one
    before.

    Example: footnote undo
    """
    _do(ctx, "undo", phrases.LAST, db=db, library=library, json=json)


def putback(
    ctx: typer.Context,
    article: Id,
    pieces: Annotated[
        list[int] | None,
        typer.Argument(metavar="[N...]", help="Pieces, as show --removed numbers them."),
    ] = None,
    reason: Annotated[
        str, typer.Option(metavar="REASON", help="All that was cut for this reason.")
    ] = "",
    json: Json = False,
    db: Db = "",
    library: Library = "",
) -> None:
    """Put what was cut from an article back where it stood; without numbers, all of it.

    Example: footnote putback 3 1 4
    """
    if pieces and reason:
        raise typer.BadParameter(phrases.PIECES_OR_REASON)
    chosen = " ".join(map(str, pieces)) if pieces else f"all {reason}"
    _do(ctx, "putback", f"{article} {chosen}", db=db, library=library, json=json)


def _do(ctx: typer.Context, command: str, text: str, *, db: str, library: str, json: bool) -> None:
    """Do it, and learn what new passages mean."""
    place = here(ctx, db, library)

    async def work(app: App) -> int:
        status = await finish(app.reply(place.request(command, text)), json=json, told=True)
        with bar() as shown:
            if not status and (waiting := await embed_all(app, shown)):
                typer.echo(f"footnote: {waiting}", err=True)
        return status

    carry_out(place, work)
