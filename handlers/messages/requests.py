"""What a person asks of the bot, who they are, and where they stand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: `id` carries the platform (`terminal:owner`, `discord:123`).

    `admin` is what the platform itself says of the person in this place; the adapter looks it up.
    `nobody` means that it is a chat's name that somebody writes in.
    """

    id: str
    name: str = ""
    admin: bool = False
    nobody: bool = False


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

    `after` is the conversation that it goes on from, `onto` the question there (0 for the newest);
    `about` are the articles that the message told of that it goes on from.
    `free` means that it does not count for how often a person may ask: it was made while the bot
    was away, or by the platform.
    `unasked` means that the bot asks by itself for somebody: a no to that is no gap.
    `clipped` means that the platform may have kept back the end of the text. `message` is that
    which the text alone is, if it may be edited later.
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
    about: tuple[int, ...] = ()
    clipped: bool = False
    message: str = ""
