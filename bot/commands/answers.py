"""`footnote ask` and `footnote search`: answers and passages on standard output."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.app import App
from bot.commands.options import Db, Json, Library, carry_out, here
from bot.commands.printing import finish
from bot.sources import printable
from handlers import phrases
from handlers.markdown import one_line
from handlers.messages import Request

Words = Annotated[
    list[str], typer.Argument(metavar="QUERY", help="Words to look for, in any language.")
]


def ask(
    ctx: typer.Context,
    question: Annotated[
        list[str], typer.Argument(metavar="QUESTION", help="The question, in any language.")
    ],
    after: Annotated[
        str, typer.Option(metavar="CONVERSATION", help="Go on from an earlier answer.")
    ] = "",
    json: Json = False,
    db: Db = "",
    library: Library = "",
) -> None:
    """Answer from the articles, each claim with its quote, or say no.

    Example: footnote ask "why did LeCun leave Meta?"
    """
    place = here(ctx, db, library)
    request = place.request("ask", _joined(question), after=after)

    async def work(app: App) -> int:
        if after and not await _known(app, request):
            raise typer.BadParameter(phrases.no_conversation(one_line(after)))
        return await finish(app.reply(request), json=json)

    carry_out(place, work)


def search(
    ctx: typer.Context,
    query: Words,
    count: Annotated[
        int, typer.Option("-k", min=1, max=1000, help="How many passages at most.")
    ] = 10,
    json: Json = False,
    db: Db = "",
    library: Library = "",
) -> None:
    """List the passages nearest to some words, best first.

    Example: footnote search -k 5 open research
    """
    place = here(ctx, db, library)
    request = place.request("search", _joined(query), limit=count)

    async def work(app: App) -> int:
        return await finish(app.reply(request), json=json)

    carry_out(place, work)


async def _known(app: App, request: Request) -> bool:
    """Whether the conversation that a question is to go on from is one of its library."""
    library = await app.dispatcher.library(request)
    return bool(await app.store.conversation(library, request.after))


def _joined(words: list[str]) -> str:
    return printable(" ".join(words))
