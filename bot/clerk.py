"""Who answers letters on a platform, and how answering can fail there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Container, Sequence
from typing import Protocol

from storage.records import Letter

Noted = Callable[[Sequence[str]], Awaitable[None]]  # takes the ids of a reply's messages so far


class Undeliverable(Exception):
    """The platform will not show the reply: removed from the chat, no right to post, gone."""


class Unreached(Undeliverable):
    """The platform itself can't be reached just now."""


class Clerk(Protocol):
    """What an adapter does with letters. `answer` and `too_old` may raise `Undeliverable`."""

    def bundle(self, letter: Letter, opened: Container[str]) -> str:
        """Give what several letters have in common that are one request; empty for most.

        `opened` are the bundles that parts are still awaited for.
        """
        ...

    async def answer(self, letters: Sequence[Letter]) -> None:
        """Answer letters that are one request."""
        ...

    async def too_old(self, letter: Letter, count: int) -> None:
        """Say once in a place that `count` letters, this one the newest, waited too long."""
        ...


async def unnoted(messages: Sequence[str]) -> None:
    """Keep nothing, for what a button brings: pressing again does no harm."""
