"""What a person can do and see in a chat, the same on every platform, for scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message as it stands in the chat now.

    `text` is what a person reads, marks of formatting taken out; `raw` what the bot sent. `links`
    are the addresses that a tap would open, `pings` the people whom it notified. `edits` counts
    how often it changed, `times` are the moments (monotonic) of its first sending and each change.
    `hidden` means that only this person sees it; `streaming` that it is a draft, not sent yet.
    """

    id: str
    chat: str
    author: str
    text: str
    raw: str
    buttons: tuple[str, ...] = ()
    reply_to: str | None = None
    links: tuple[str, ...] = ()
    pings: tuple[str, ...] = ()
    edits: int = 0
    times: tuple[float, ...] = ()
    hidden: bool = False
    streaming: bool = False


class Human(Protocol):
    """A person in one chat (a direct message or a group) with the bot."""

    id: str  # as handlers see it: "telegram:501"
    chat: str

    async def say(self, text: str, *, to: str | None = None) -> str:
        """Write a message, as a reply to message `to` if given; give its id."""
        ...

    async def mention(self, text: str, *, to: str | None = None) -> str:
        """Write a message that names the bot before `text`."""
        ...

    async def command(self, name: str, text: str = "", *, to: str | None = None) -> str:
        """Call a command of the bot's as this platform's people do."""
        ...

    async def upload(self, *files: tuple[str, bytes], command: str = "ingest") -> str:
        """Hand files (name, content) over with a command."""
        ...

    async def click(self, bubble: Bubble, label: str) -> str:
        """Press a button; give what the platform showed for it at once, if anything."""
        ...

    async def edit(self, message: str, text: str) -> None: ...

    async def delete(self, message: str) -> None:
        """Delete a message of one's own (platforms do not always tell the bot)."""
        ...

    async def see(self, *words: str, seconds: float = 15.0) -> Bubble:
        """Wait until the newest bubbles of the bot hold one with all the words; give it."""
        ...

    def bubbles(self) -> Sequence[Bubble]:
        """All that this person sees of the bot's in this chat, oldest first."""
        ...
