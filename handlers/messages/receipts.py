"""What became of sources that were read."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.messages.notices import Action, Failure
from storage.records import Article, Removed, Validators


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as reading found it, not stored yet. `text` is Markdown without the title."""

    title: str
    text: str
    language: str
    author: str | None = None
    site: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that reading made of one source; `page` is what its site said of it.

    `walled` means that the page itself says that not all may read the whole of it.
    """

    source: str
    articles: tuple[ReadArticle, ...]
    removed: tuple[Removed, ...] = ()
    page: Validators | None = None
    walled: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """One article of a receipt: as stored, whether it was new, and those that tell the same."""

    article: Article
    status: str
    also: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one source: `status` is the best of its articles'.

    `note` says what else there is to know, as of a feed that holds more than was taken.
    """

    source: str
    status: str
    articles: tuple[Kept, ...]
    removed: tuple[Removed, ...]
    actions: tuple[Action, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of several sources at once, in order."""

    results: tuple[Receipt | Failure, ...]
    actions: tuple[Action, ...] = ()
