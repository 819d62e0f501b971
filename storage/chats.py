"""The port's other half: what the core asks of an engine for chats, their people and messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from storage.records import Attempt, Button, Conversed, Letter, Turn


class ChatStore(Protocol):
    """Keeps who uses which library, what chats sent, and where buttons lead.

    Each method is one unit of work; every method may raise `StoreError`.
    """

    async def bind(self, place: str, library: str, *, by: str) -> None:
        """Let a place (a chat) use a library from now on."""
        ...

    async def unbind(self, place: str, *, by: str) -> None:
        """Let a place use no library that was bound to it any more."""
        ...

    async def bound(self, place: str) -> str | None:
        """The library that a place uses, if one was bound."""
        ...

    async def places(self, library: str) -> list[str]:
        """The places that a library was bound to."""
        ...

    async def move(self, old: str, new: str) -> None:
        """A place has a new id: its own library, binding, buttons and conversations follow."""
        ...

    async def appoint(self, library: str, person: str, *, by: str) -> None:
        """Make a person an admin of a library."""
        ...

    async def dismiss(self, library: str, person: str, *, by: str) -> bool:
        """Make a person an admin no more; false where they were none."""
        ...

    async def admins(self, library: str) -> list[str]:
        """Those who were appointed."""
        ...

    async def receive(self, letters: Sequence[Letter]) -> list[Letter]:
        """Keep letters until they are answered; give those to answer, in their order.

        One that was here before is none of them, nor one that says the same of a message as the
        letter before it. One that says something else takes the place of that letter.
        """
        ...

    async def waiting(self, platform: str) -> list[Letter]:
        """The letters not answered yet, oldest first."""
        ...

    async def attempt(self, letter: Letter) -> Attempt:
        """Note that answering begins; give how often it did, this time included, and the reply."""
        ...

    async def spare(self, letter: Letter) -> None:
        """Count the newest try for nothing: it was stopped, through no fault of the letter."""
        ...

    async def answering(self, letter: Letter, reply: Sequence[str]) -> None:
        """Note the messages that answer a letter so far."""
        ...

    async def answered(self, letters: Sequence[Letter]) -> None:
        """Letters are done with: what they said is erased, that they were here is kept a while."""
        ...

    async def letter(self, platform: str, message: str) -> Letter | None:
        """The newest letter about a message, whose id no other place has, answered or not."""
        ...

    async def keep_buttons(self, buttons: Sequence[Button]) -> None:
        """Keep where buttons lead, for half a year."""
        ...

    async def button(self, key: str) -> Button | None:
        """The button with this key, if it is still kept."""
        ...

    async def converse(self, conversed: Sequence[Conversed]) -> None:
        """Note messages of ours that a conversation can go on from."""
        ...

    async def turn_at(self, place: str, message: str) -> Turn | None:
        """The conversation that a message of ours was part of, and what it answered or told."""
        ...

    async def turn_with(self, place: str, person: str, since: float) -> Turn | None:
        """The newest turn of a person in a place, if not older than `since`.

        Where a message told of articles after it, those are the turn's too.
        """
        ...
