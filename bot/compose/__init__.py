"""A reply → plain Markdown, the same on every platform."""

from __future__ import annotations

from collections.abc import Iterable

from bot.compose.answers import answer_text
from bot.compose.articles import excerpt_text, shown_text
from bot.compose.feeds import feeds_text
from bot.compose.lists import found_text, gaps_text, listing_text
from bot.compose.parts import is_link
from bot.compose.receipts import batch_text, failure_text, source_read
from handlers.markdown import commands, escape, one_line, tame
from handlers.messages import (
    Answer,
    Batch,
    Draft,
    Excerpt,
    Failure,
    Feeds,
    Found,
    Gaps,
    Listing,
    Notice,
    Progress,
    Reading,
    Receipt,
    Reply,
    Shown,
)


def compose(reply: Reply) -> str:
    """Give the Markdown of a picture; all that others wrote is escaped, a shown article apart."""
    match reply:
        case Progress():
            return _progress(reply)
        case Draft():
            return f"{escape(reply.text)} …"
        case Notice():
            return tame(reply.text)
        case Failure():
            return failure_text(reply)
        case Answer():
            return answer_text(reply)
        case Reading() | Receipt():
            return source_read(reply)
        case Batch():
            return batch_text(reply)
        case Found():
            return found_text(reply)
        case Listing():
            return listing_text(reply)
        case Shown():
            return shown_text(reply)
        case Excerpt():
            return excerpt_text(reply)
        case Gaps():
            return gaps_text(reply)
        case Feeds():
            return feeds_text(reply)


def links_of(reply: Reply) -> frozenset[str]:
    """Give all that may be tapped in a picture: the addresses of what is cited or shown, and the
    commands that our own words name.
    """
    match reply:
        case Answer():
            return _addresses(source.url for source in reply.sources)
        case Shown() | Excerpt():
            return _addresses([reply.article.url])
        case Notice() | Failure() | Listing(articles=()) | Batch() | Feeds(feeds=()):
            return commands(compose(reply))
        case _:
            return frozenset()


def _addresses(urls: Iterable[str | None]) -> frozenset[str]:
    return frozenset(url for url in urls if url and is_link(url))


def _progress(progress: Progress) -> str:
    count = f" {progress.done}/{progress.total}" if progress.total else ""
    return f"*{escape(one_line(progress.text))}{count} …*"
