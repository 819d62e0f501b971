"""What can go wrong, as a person is told it.

FootnoteError               anything of ours
├── SettingsError           a setting is missing or malformed; the message names it
├── ModelFault              the model's endpoint failed; ends in an extractive answer, never shown
└── UserError               the message is a sentence for the person who asked
    ├── Refused             a source was not read; `code` says why in one word
    ├── NotAllowed          the person may not do this here
    │   └── TooMany         too many calls in a minute; `again` where they were told so already
    ├── NotFound            no such article, version or command
    └── BadUsage            the command was called with the wrong words
"""

from __future__ import annotations

from enum import StrEnum


class FootnoteError(Exception):
    """Anything of ours."""


class SettingsError(FootnoteError):
    """A setting is missing or malformed; the message names it."""


class ModelFault(FootnoteError):
    """The model's endpoint failed; the answer falls back to the extractive one."""


class UserError(FootnoteError):
    """The message is a sentence fit to show to the person who asked."""


class Code(StrEnum):
    """Why a source was refused, in one word (a contract of the command line)."""

    FORBIDDEN = "forbidden"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    EMPTY = "empty"
    WALL = "wall"
    ROBOTS = "robots"


class Refused(UserError):
    """A source was not read. `code` says why in one word, the message in a sentence.

    Where a site said no, `status` is the number that it said it with, and `wait` the seconds after
    which it wants to be asked again.
    """

    def __init__(
        self, code: Code, reason: str, *, status: int = 0, wait: int | None = None
    ) -> None:
        super().__init__(reason)
        self.code = code
        self.status = status
        self.wait = wait


class NotAllowed(UserError):
    """The person may not do this here."""


class TooMany(NotAllowed):
    """Too many calls in a minute. `again` means that the person was told so already."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.again = again


class NotFound(UserError):
    """No such article, version or command."""


class BadUsage(UserError):
    """The command was called with the wrong words."""
