"""What travels between a platform and a handler: requests in, pictures of the whole reply out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from storage.feeds import Feed
from storage.records import Article, Removed, Validators, Version


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
    """Where: a chat, guild or terminal; `id` carries the platform (`telegram:-100…`).

    `paged` means that long lists and texts come in pages there. `spot` is where in it (a channel,
    a topic, a message), in the platform's own words, to say something there later.
    """

    id: str
    private: bool = True
    paged: bool = False
    spot: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file handed over with a request. Handlers never open a path of this machine.

    Where the platform still has its bytes, `load` brings them; it may raise `Refused`. `path` is
    where it stands on this machine, if it does, to know it again when it has changed.
    """

    name: str
    data: bytes = b""
    load: Callable[[], Awaitable[bytes]] | None = None
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text that was forwarded or replied to came from, as far as the platform tells."""

    author: str | None = None
    site: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One call of one command. `library` is filled in by dispatch unless an owner chose it.

    `after` is the conversation that it goes on from, `onto` the question there (0 for the newest).
    `free` means that it does not count
    for how often a person may ask: it was made while the bot was away, or by the platform.
    `unasked` means that the bot asks by itself for somebody: a no to that is no gap.
    """

    command: str
    text: str
    person: Person
    place: Place
    uploads: tuple[Upload, ...] = ()
    library: str = ""
    after: str = ""
    limit: int = 0
    origin: Origin | None = None
    free: bool = False
    unasked: bool = False
    onto: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """A button: platform-neutral, and it outlives a restart.

    `beside` means that what it brings is a message of its own; else it takes the place of this one.
    """

    label: str
    command: str
    text: str
    beside: bool = False


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
class Usage:
    """What an answer took of a model: tokens, if need be `estimated`, and money by the prices."""

    sent: int
    received: int
    estimated: bool
    cost: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sources of an answer that differ, the earlier one first; `corrected` by the later one."""

    sources: tuple[int, int]
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its proofs, or (`answered` false) an honest no with what came nearest.

    `text` carries [n] for each source; `mode` is `model` or `extractive`. `head` is said before
    it, `note` after it; where two of its sources differ, `disagreement` names them. `number` is
    that of the question, as it is kept.
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
    head: str = ""
    usage: Usage | None = None
    actions: tuple[Action, ...] = ()
    disagreement: Disagreement | None = None
    number: int = 0


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
    """All that reading made of one source; `page` is what its site said of it."""

    source: str
    articles: tuple[ReadArticle, ...]
    removed: tuple[Removed, ...] = ()
    page: Validators | None = None


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
    """A quote in the text around it: `before` + `quote` + `after` is a slice of the version."""

    article: Article
    version: int
    before: str
    quote: str
    after: str


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
    """What no article answers; in a paged place one page of it."""

    gaps: tuple[Gap, ...]
    page: int = 1
    pages: int = 1
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Feeds:
    """What a library is fed from; in a paged place one page of it. `head` is said before it."""

    feeds: tuple[Feed, ...]
    page: int = 1
    pages: int = 1
    actions: tuple[Action, ...] = ()
    head: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A plain message: help, status, something done. `text` is Markdown.

    `aside` means that a glance is enough for it, of the one person who pressed a button. `detail`
    is what a machine is told besides.
    """

    text: str
    actions: tuple[Action, ...] = ()
    aside: bool = False
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """What a person is told when it fails; `code` as in `errors.Code` where a source failed.

    `again` means that they were told the same a moment ago.
    """

    text: str
    code: str = ""
    source: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of several sources at once, in order."""

    results: tuple[Receipt | Failure, ...]
    actions: tuple[Action, ...] = ()


Reply = (
    Progress
    | Draft
    | Answer
    | Reading
    | Receipt
    | Batch
    | Found
    | Listing
    | Shown
    | Excerpt
    | Gaps
    | Feeds
    | Notice
    | Failure
)
Handler = Callable[[Request], AsyncIterator[Reply]]
