"""The parts of a transcript: messages as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.fakes.discord.markdown import Block, plain


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    style: str
    url: str | None = None
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """The message that another answers, shortened to a line by who shows it."""

    author: str
    app: bool
    text: str


@dataclass(frozen=True, slots=True)
class Used:
    """Who used which command: `/ask`, or a message's menu."""

    user: str
    command: str


@dataclass(frozen=True, slots=True)
class Card:
    """An embed; `fields` are names with their texts."""

    title: str
    url: str | None
    blocks: tuple[Block, ...]
    fields: tuple[tuple[str, tuple[Block, ...]], ...] = ()
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message as it stands. In `blocks` mentions have their names already.

    `hidden` names the one person who sees it; `failed` is what is shown where no answer came.
    """

    id: str
    author: str
    app: bool
    at: datetime
    blocks: tuple[Block, ...] = ()
    cards: tuple[Card, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    files: tuple[tuple[str, int], ...] = ()
    reactions: tuple[tuple[str, int], ...] = ()
    reply: Quoted | None = None
    used: Used | None = None
    thread: str | None = None
    pings: tuple[str, ...] = ()
    edited: bool = False
    thinking: bool = False
    hidden: str = ""
    failed: str = ""

    @property
    def text(self) -> str:
        return plain(self.blocks, lambda kind, what: None)


@dataclass(frozen=True, slots=True)
class Transcript:
    """A channel (`private` with one person) as `viewer` sees it; with none, all of it."""

    name: str
    guild: str | None
    viewer: str | None
    entries: tuple[Entry, ...]
