"""Plain words, buttons, and pictures of a reply under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
