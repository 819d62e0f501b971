"""Looks after a library: its articles listed, shown and forgotten, its state, and the help."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from handlers import phrases
from handlers.access import Access
from handlers.command import Command
from handlers.errors import BadUsage, NotFound
from handlers.markdown import escape, one_line
from handlers.messages import Listing, Notice, Reply, Request, Shown
from storage.store import Store


async def articles(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """List the library's articles, newest first."""
    yield Listing(request.library, tuple(await store.articles(request.library)))


async def show(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """Show one version of an article; the text is `ID` or `ID VERSION`, the newest by default."""
    number, *rest = _numbers(request, most=2)
    article = await store.article(request.library, number)
    if article is None:
        raise NotFound(phrases.no_article(number))
    wanted = rest[0] if rest else article.version
    version = await store.version(request.library, number, wanted)
    if version is None:
        raise NotFound(phrases.no_version(number, wanted, article.version))
    yield Shown(article, version)


async def forget(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """Erase an article and all that was stored of it."""
    (number,) = _numbers(request, most=1)
    gone = await store.forget(request.library, number, by=request.person.id)
    if gone is None:
        raise NotFound(phrases.no_article(number))
    yield Notice(phrases.forgot(escape(one_line(gone.title)), number))


async def status(request: Request, *, store: Store, embedder: str) -> AsyncIterator[Reply]:
    """Say how much the library holds, and how much of it is found by meaning yet."""
    stats = await store.stats(request.library, embedder)
    embedded = stats.embedded if embedder else stats.passages
    yield Notice(phrases.status(escape(request.library), stats.articles, stats.passages, embedded))


async def help_(
    request: Request, *, access: Access, table: Sequence[Command]
) -> AsyncIterator[Reply]:
    """List what the person who asks may do here, and nothing more."""
    role = (await access.standing(request)).role
    allowed = [command for command in table if role >= command.role]
    lines = [f"- **{escape(command.usage)}** – {command.about}" for command in allowed]
    head = phrases.HELP_HEAD if len(allowed) > 1 else phrases.HELP_STRANGER
    yield Notice("\n".join([head, "", *lines]))


def _numbers(request: Request, *, most: int) -> list[int]:
    """Read one to `most` numbers; a leading # is allowed. Raises `BadUsage`."""
    words = request.text.replace("#", " ").split()
    if not 1 <= len(words) <= most or not all(_is_number(word) for word in words):
        raise BadUsage(phrases.WHICH_ARTICLE.format(request.command))
    return [int(word) for word in words]


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 18  # SQLite's integers end there
