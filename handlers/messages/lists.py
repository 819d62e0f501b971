"""What a library holds, as it is looked at: articles, passages, gaps, feeds."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.messages.notices import Action
from storage.asked import Disliked
from storage.feeds import Feed
from storage.records import Article, Version


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """One row of a search."""

    article: int
    passage: int
    title: str
    heading: str
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """The passages nearest to a query."""

    query: str
    passages: tuple[FoundPassage, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The articles of a library; in a paged place one page of them."""

    library: str
    articles: tuple[Article, ...]
    page: int = 1
    pages: int = 1
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of an article; `part` is what a page of it shows, the whole text by default."""

    article: Article
    version: Version
    part: str | None = None
    page: int = 1
    pages: int = 1
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote in the text around it: `before` + `quote` + `after` is a slice of the version.

    `from_start` and `to_end` mean that nothing of the text stands before or behind that.
    """

    article: Article
    version: int
    before: str
    quote: str
    after: str
    from_start: bool = False
    to_end: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that people asked in vain, in its newest words; `wordings` are other ones.

    `askers` counts people, `times` how often it was asked, `asked` is when it was last.
    """

    question: str
    asked: str
    askers: int
    times: int
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gaps:
    """What no article answers, and what was answered badly; in a paged place one page of it."""

    gaps: tuple[Gap, ...]
    page: int = 1
    pages: int = 1
    actions: tuple[Action, ...] = ()
    disliked: tuple[Disliked, ...] = ()


@dataclass(frozen=True, slots=True)
class Feeds:
    """What a library is fed from; in a paged place one page of it. `head` is said before it."""

    feeds: tuple[Feed, ...]
    page: int = 1
    pages: int = 1
    actions: tuple[Action, ...] = ()
    head: str = ""
