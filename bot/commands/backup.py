"""`footnote backup` and `restore`: the library's file, copied while the bot runs, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import Db, Json, Library, fail, here
from bot.json_lines import line
from bot.logs import configure
from bot.settings import load
from handlers import phrases
from storage.backup import Copied, back_up
from storage.backup import restore as put_in_place
from storage.engines import path_of
from storage.store import StoreError

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", show_default=False)]


def backup(
    ctx: typer.Context,
    file: File,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it is there.")] = False,
    json: Json = False,
    db: Db = "",
    library: Library = "",
) -> None:
    """Copy all libraries into one file and check the copy; the bot may go on meanwhile.

    Example: footnote backup backups/monday.db
    """
    try:
        copied = back_up(_path(ctx, db, library), str(file), force=force)
    except StoreError as fault:
        raise typer.Exit(_failed(str(fault), json=json)) from fault
    _say(phrases.backed_up(str(file), copied.size, copied.counts), file, copied, json=json)


def restore(
    ctx: typer.Context, file: File, json: Json = False, db: Db = "", library: Library = ""
) -> None:
    """Put a backup in the library's place; what was there stays beside it. Stop the bot first.

    Example: footnote restore backups/monday.db
    """
    try:
        copied = put_in_place(_path(ctx, db, library), str(file))
    except StoreError as fault:
        raise typer.Exit(_failed(str(fault), json=json)) from fault
    said = phrases.restored(str(file), copied.counts, copied.aside)
    _say(said, file, copied, json=json)


def _path(ctx: typer.Context, db: str, library: str) -> str:
    settings = load()
    configure(settings.log_level, settings.secrets)
    return path_of(here(ctx, db, library).db or settings.database_url)


def _say(message: str, file: Path, copied: Copied, *, json: bool) -> None:
    if not json:
        typer.echo(message)
        return
    aside = {"aside": copied.aside} if copied.aside else {}
    told = {"file": str(file), "bytes": copied.size, "counts": copied.counts, **aside}
    typer.echo(line({"ok": True, "message": message, **told}))


def _failed(message: str, *, json: bool) -> int:
    if json:
        typer.echo(line({"ok": False, "message": message}))
    return fail(message)
