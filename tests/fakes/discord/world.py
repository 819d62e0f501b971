"""Who and what there is: people, guilds, channels, and the messages in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

TEXT, DM, THREAD = 0, 1, 11
DEFAULT, THREAD_CREATED, REPLY, COMMAND, CONTEXT_MENU = 0, 18, 19, 20, 23
SUPPRESS_EMBEDS, HAS_THREAD, EPHEMERAL, LOADING = 1 << 2, 1 << 5, 1 << 6, 1 << 7
SUPPRESS_NOTIFICATIONS, COMPONENTS_V2 = 1 << 12, 1 << 15


@dataclass(eq=False)
class User:
    """An account. `closed` lets no bot write to it; a webhook is no member of anything."""

    id: int
    name: str
    bot: bool = False
    webhook: bool = False
    closed: bool = False

    @property
    def key(self) -> str:
        return f"discord:{self.id}"


@dataclass(eq=False)
class Role:
    id: int
    name: str
    permissions: int
    position: int = 0
    mentionable: bool = False


@dataclass(eq=False)
class Member:
    user: User
    joined: str
    roles: list[Role] = field(default_factory=list)


@dataclass(eq=False)
class Overwrite:
    """What a channel allows and denies to a role (kind 0) or a member (kind 1)."""

    id: int
    kind: int
    allow: int = 0
    deny: int = 0


@dataclass(eq=False)
class Guild:
    """A server; `opened` holds commands that its owner opened to everyone in its settings."""

    id: int
    name: str
    owner: User
    everyone: Role
    roles: list[Role] = field(default_factory=list)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Channel:
    """A text channel, a direct message (with `guest`) or a thread (with `parent`)."""

    id: int
    name: str
    kind: int = TEXT
    guild: Guild | None = None
    guest: User | None = None
    parent: Channel | None = None
    owner: User | None = None
    created: str = ""
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)


@dataclass(eq=False)
class File:
    """An attachment."""

    id: int
    name: str
    data: bytes
    channel: int
    kind: str = "application/octet-stream"
    hidden: bool = False
    title: str | None = None


@dataclass(eq=False)
class Message:
    """A message as it stands; `times` are the moments (monotonic) of its sending and each change.

    `only` is the one person who sees it, where it is ephemeral. `cause` is the interaction that it
    answers. `gone` is set when it was deleted.
    """

    id: int
    channel: Channel
    author: User
    content: str = ""
    kind: int = DEFAULT
    flags: int = 0
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    reference: Message | None = None
    reference_id: int | None = None
    nonce: str | int | None = None
    sent: str = ""
    edited: str | None = None
    times: list[float] = field(default_factory=list)
    mentioned: list[User] = field(default_factory=list)
    mentioned_roles: list[Role] = field(default_factory=list)
    mentions_everyone: bool = False
    pings: list[User] = field(default_factory=list)
    reactions: list[tuple[User, str]] = field(default_factory=list)
    thread: Channel | None = None
    only: User | None = None
    cause: Cause | None = None
    gone: bool = False


@dataclass(frozen=True)
class Cause:
    """What a message answers: interaction `id` of `kind` (2 command, 3 component, 5 modal).

    A form was opened by another interaction, its `trigger`.
    """

    id: int
    kind: int
    name: str
    user: User
    command_kind: int = 1
    message: Message | None = None
    target: Message | None = None
    trigger: Cause | None = None


@dataclass
class World:
    """All that exists, by id."""

    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    files: dict[int, File] = field(default_factory=dict)

    def message(self, channel: int, message: int) -> Message | None:
        place = self.channels.get(channel)
        found = place.messages.get(message) if place else None
        return None if found is None or found.gone else found
