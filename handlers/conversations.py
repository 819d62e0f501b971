"""Which conversation a question goes on from: a reply's, or the person's own a moment ago."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from handlers.messages import Answer
from storage.records import Conversed, Turn
from storage.store import Store

RECENT = 600.0  # seconds in which a question may go on from the one before it


class Conversations:
    """Remembers which messages of ours were part of which conversation; survives a restart.

    Conversations of two people in one place never mix, unless one replies to the other's answer.
    """

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock

    async def before(self, place: str, person: str, replied_to: str | None) -> Turn:
        """Give the turn to go on from; of no conversation where a new one begins.

        A reply goes on from the question that its message answered, were it the first of many.
        """
        if replied_to is not None:
            return await self._store.turn_at(place, replied_to) or Turn("")
        since = self._clock() - RECENT
        return await self._store.turn_with(place, person, since) or Turn("")

    async def at(self, place: str, message: str) -> Turn | None:
        """Give the turn that a message of ours showed the answer of, if it is one."""
        return await self._store.turn_at(place, message)

    async def note(self, place: str, person: str, answer: Answer, messages: Sequence[str]) -> None:
        """Remember the messages that showed an answer."""
        now = self._clock()
        await self._store.converse(
            [
                Conversed(place, each, answer.conversation, person, now, answer.number)
                for each in messages
            ]
        )
