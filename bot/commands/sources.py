"""`footnote ingest` and `footnote extract`: files, folders, addresses and standard input, read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated

import typer

from bot.app import App
from bot.commands.options import Db, Json, Library, carry_out, fail, here
from bot.commands.printing import emit, show
from bot.here import Here
from bot.json_lines import line, refused
from bot.meaning import embed_all
from bot.progress import Bar, bar, last
from bot.sources import handed, named, printable
from handlers import phrases
from handlers.gathering import MOST_PAGES
from handlers.markdown import one_line
from handlers.messages import Failure, Reading, Receipt, Reply

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="File, folder, web address (page, feed, sitemap), or - for standard input.",
    ),
]


Newest = Annotated[
    int,
    typer.Option(
        "--newest",
        metavar="N",
        min=1,
        max=1000,
        help="How many pages of a feed or sitemap to take, the newest.",
    ),
]


def ingest(
    ctx: typer.Context,
    sources: Sources,
    newest: Newest = MOST_PAGES,
    json: Json = False,
    db: Db = "",
    library: Library = "",
) -> None:
    """Store articles; say what was stored, what was cut, and why.

    A folder that was stored goes on where it stopped: what is known is not read again.

    Example: footnote ingest letter.html articles/ https://example.org/story
    """
    place = here(ctx, db, library)

    async def work(app: App) -> int:
        with bar() as shown:
            status = await read_all(app, place, "ingest", sources, shown, json=json, newest=newest)
            if waiting := await embed_all(app, shown):
                typer.echo(f"footnote: {waiting}", err=True)
        return status

    carry_out(place, work)


def extract(
    ctx: typer.Context, sources: Sources, json: Json = False, db: Db = "", library: Library = ""
) -> None:
    """Read sources as ingest does, and store nothing.

    Example: footnote extract --json page.html
    """
    place = here(ctx, db, library)

    async def work(app: App) -> int:
        with bar() as shown:
            return await read_all(app, place, "extract", sources, shown, json=json)

    carry_out(place, work)


async def read_all(
    app: App,
    place: Here,
    command: str,
    sources: Sequence[str],
    shown: Bar,
    *,
    json: bool,
    newest: int = 0,
) -> int:
    """Hand each source to a handler and print its line; give 1 where every one was refused."""
    every = await asyncio.to_thread(lambda: list(named(sources)))
    failures = 0
    shown.begin(phrases.READING, len(every))
    for done, one in enumerate(every):
        shown.at(done, printable(one.source))
        reply = await last(handed(app.reply, place, command, one, newest=newest), shown)
        failures += isinstance(reply, Failure)
        if reply:
            _print(reply, json=json, alone=len(every) == 1)
    if failures == len(every):
        return fail(phrases.nothing_read(len(every)))
    return 0


def _print(reply: Reply, *, json: bool, alone: bool) -> None:
    if json and isinstance(reply, Failure):
        typer.echo(line(refused(reply)))
    elif json:
        emit(reply)
    elif alone and not isinstance(reply, Failure):
        show(reply)
    else:
        typer.echo(_summary(reply))


def _summary(reply: Reply) -> str:
    """Give one line for one of many sources."""
    match reply:
        case Failure():
            return f"refused    {one_line(reply.source)}: {one_line(reply.text)}"
        case Receipt():
            titles = ", ".join(
                f"#{each.article.id} {each.article.title}" for each in reply.articles
            )
            return f"{reply.status:<10} {one_line(reply.source)}: {one_line(titles)}"
        case Reading():
            titles = ", ".join(each.title for each in reply.articles)
            return f"read       {one_line(reply.source)}: {one_line(titles)}"
        case _:
            return ""
