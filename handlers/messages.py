"""What travels between a platform and a handler: requests in, pictures of the whole reply out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from storage.records import Article, Removed, Version


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: `id` carries the platform (`terminal:owner`, `discord:123`).

    `admin` is what the platform itself says of the person in this place; the adapter looks it up.
    """

    id: str
    name: str = ""
    admin: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a chat, guild or terminal; `id` carries the platform (`telegram:-100…`)."""

    id: str
    private: bool = True


@dataclass(frozen=True, slots=True)
class Upload:
    """A file handed over with a request. Handlers never open a path of this machine."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """One call of one command. `library` is filled in by dispatch unless an owner chose it."""

    command: str
    text: str
    person: Person
    place: Place
    upload: Upload | None = None
    library: str = ""
    after: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """A button: platform-neutral, and it outlives a restart."""

    label: str
    command: str
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Work under way; `total` of 0 means that nobody knows how much there is."""

    text: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer still being written, as far as it is proven."""

    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """The proof of one claim: `quote` equals `text[start:end]` of that version's text."""

    n: int
    article: int
    version: int
    title: str
    quote: str
    start: int
    end: int
    url: str | None = None
    site: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """What came nearest when nothing answered."""

    article: int
    title: str
    quote: str


@dataclass(frozen=True, slots=True)
class Seconds:
    """Where the time of an answer went, in seconds."""

    retrieve: float
    write: float
    prove: float
    total: float


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its proofs, or (`answered` false) an honest no with what came nearest.

    `text` carries [n] for each source; `mode` is `model` or `extractive`.
    """

    question: str
    answered: bool
    text: str
    mode: str
    conversation: str
    sources: tuple[Source, ...]
    nearest: tuple[Nearest, ...]
    seconds: Seconds
    as_of: str | None = None
    note: str = ""
    actions: tuple[Action, ...] = ()


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
    """All that reading made of one source."""

    source: str
    articles: tuple[ReadArticle, ...]
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """One article of a receipt: as stored, and whether it was new."""

    article: Article
    status: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one source: `status` is the best of its articles'."""

    source: str
    status: str
    articles: tuple[Kept, ...]
    removed: tuple[Removed, ...]
    actions: tuple[Action, ...] = ()


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
    """The articles of a library."""

    library: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of an article, whole."""

    article: Article
    version: Version


@dataclass(frozen=True, slots=True)
class Notice:
    """A plain message: help, status, something done. `text` is Markdown."""

    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """What a person is told when it fails; `code` as in `errors.Code` where a source failed."""

    text: str
    code: str = ""
    source: str = ""


Reply = Progress | Draft | Answer | Reading | Receipt | Found | Listing | Shown | Notice | Failure
Handler = Callable[[Request], AsyncIterator[Reply]]
