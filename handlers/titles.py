"""Lets an article be named by its title where a command takes its number."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from handlers import phrases
from handlers.closing import closing
from handlers.command import Command, Kind
from handlers.errors import BadUsage, NotFound
from handlers.markdown import one_line
from handlers.messages import Reply, Request
from handlers.numbers import is_number
from storage.records import Article
from storage.store import Store

SHOWN = 5  # articles that are named where a title fits several
LONGEST = 60  # characters of their titles


def by_title(command: Command, store: Store) -> Command:
    """Give a command that takes a title, or a part that one article's has, for its number too."""
    if not command.parameters or command.parameters[0].kind is not Kind.ARTICLE:
        return command

    async def handler(request: Request) -> AsyncIterator[Reply]:
        async with closing(command.handler(await numbered(request, store))) as replies:
            async for picture in replies:
                yield picture

    return replace(command, handler=handler)


async def numbered(request: Request, store: Store) -> Request:
    """Put the number of the article whose title the words are a part of in their place.

    What begins with a number, or holds no letter, stays. Raises `NotFound` and `BadUsage`.
    """
    wanted = one_line(request.text).strip(" \"'“”„«»").casefold()
    first = wanted.partition(" ")[0].lstrip("#")
    if is_number(first) or not any(sign.isalpha() for sign in wanted):
        return request
    fitting = _fitting(wanted, await store.articles(request.library))
    if not fitting:
        raise NotFound(phrases.no_title(one_line(request.text)))
    if len(fitting) > 1:
        titles = [f"#{each.id} “{one_line(each.title, LONGEST)}”" for each in fitting[:SHOWN]]
        raise BadUsage(phrases.several_titles(titles, len(fitting) - SHOWN))
    return replace(request, text=str(fitting[0].id))


def _fitting(wanted: str, articles: Sequence[Article]) -> list[Article]:
    """Give the articles of that title, else those that have the words in theirs."""
    titles = [(one_line(each.title).casefold(), each) for each in articles]
    exact = [each for title, each in titles if title == wanted]
    return exact or [each for title, each in titles if wanted in title]
