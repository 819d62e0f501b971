"""What is stored, as it travels: frozen records of articles, versions, passages and their kin."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """What saving an article came to, the best first."""

    STORED = "stored"
    UPDATED = "updated"
    DUPLICATE = "duplicate"

    @property
    def rank(self) -> int:
        """Give its place among them, 0 for the best."""
        return list(Status).index(self)


@dataclass(frozen=True, slots=True)
class Span:
    """A passage to be stored: code points `start` to `end` of its version's text."""

    start: int
    end: int
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece that cleaning cut away; `line` counts from 1 in the source, where lines exist.

    `place` is where it stood: behind that many code points of the text of one article, which is
    the source's `article`-th, from 0. Both are None where nobody knows.
    """

    text: str
    reason: str
    line: int | None = None
    article: int | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site said of a page, so that it can be asked whether it is still that (RFC 9110)."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article as reading hands it to the store.

    `replaces` is the number of an article whose new version it is, whatever its address.
    """

    title: str
    text: str
    language: str
    spans: tuple[Span, ...]
    author: str | None = None
    site: str | None = None
    url: str | None = None
    published: str | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A stored article, with the number of its newest version."""

    id: int
    library: str
    title: str
    language: str
    added: str
    version: int
    versions: int
    passages: int
    author: str | None = None
    site: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one version's text; `text` equals `version.text[start:end]`."""

    id: int
    article: int
    version: int
    title: str
    heading: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with what is known of its article."""

    passage: Passage
    url: str | None
    site: str | None
    published: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Version:
    """One text that an article has had, with its passages in reading order.

    `source` is what it was read from; `page` what the site said of the page then.
    """

    article: int
    number: int
    text: str
    fetched: str
    passages: tuple[Passage, ...] = field(default=())
    source: str = ""
    page: Validators = field(default=Validators())


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one article of an ingest; `also` are those that tell the same, near first."""

    article: int
    status: Status
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with the engine's score: higher is better, whatever the scale.

    `cosine` is the plain cosine of a passage found by meaning; its score may be freed of what
    the languages of question and passage do to it. `language` is the passage's, where known.
    """

    passage: int
    score: float
    cosine: float = 0.0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a quote stands: code points `start` to `end` of a version's text."""

    article: int
    version: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is logged, and as a follow-up finds it again.

    `alone` is what was searched for, which says all by itself; `proofs` are the answer's quotes.
    `sent` and `received` are a model's tokens, if need be `estimated`, `cost` is in money. `before`
    is the question that it goes on from; none means the one before it in its conversation.
    """

    library: str
    conversation: str
    person: str
    text: str
    answered: bool
    asked: str = ""
    place: str = ""
    alone: str = ""
    answer: str = ""
    sent: int = 0
    received: int = 0
    estimated: bool = False
    cost: float = 0.0
    proofs: tuple[Proof, ...] = ()
    before: int | None = None
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a library holds; `embedded` counts the passages that have a vector."""

    articles: int
    passages: int
    embedded: int


@dataclass(frozen=True, slots=True)
class Letter:
    """Something a chat sent, kept until it is answered.

    `key` is the platform's own id of the event, `message` that of the message it is about; `body`
    holds all that answering needs, `digest` tells whether its words changed, `sent` is when, in
    seconds since 1970. `reply` are the messages that answer it so far, in order.
    """

    platform: str
    key: str
    place: str
    message: str
    person: str
    body: str
    digest: str
    sent: float
    tries: int = 0
    reply: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """How often answering a letter began, and the messages that answer what it is about so far."""

    tries: int
    reply: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """Where a button leads. It works in its own place alone.

    `beside` means that what it brings is a message of its own, not a change to the one it is under.
    """

    key: str
    place: str
    command: str
    text: str
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A place in a conversation to go on from: one of its questions, 0 for the newest.

    `articles` are those that a message told of, where it was no answer.
    """

    conversation: str
    question: int = 0
    articles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversed:
    """That a message of ours, in a place, was part of a conversation with a person.

    `question` is the number of the question that it answers. A message that told of `articles`
    instead is of no conversation.
    """

    place: str
    message: str
    conversation: str
    person: str
    at: float
    question: int = 0
    articles: tuple[int, ...] = ()
