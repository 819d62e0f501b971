"""Which conversation a question goes on from: a reply's, or the person's own a moment ago."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from handlers.messages import Answer, Batch, Excerpt, Receipt, Reply, Shown
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

    async def note(
        self, place: str, person: str, reply: Reply | None, messages: Sequence[str]
    ) -> None:
        """Remember the messages that showed an answer, or told of articles."""
        now, told = self._clock(), told_of(reply)
        if isinstance(reply, Answer):
            noted = [
                Conversed(place, each, reply.conversation, person, now, reply.number)
                for each in messages
            ]
        else:
            noted = [Conversed(place, each, "", person, now, articles=told) for each in messages]
        if told or isinstance(reply, Answer):
            await self._store.converse(noted)


def told_of(reply: Reply | None) -> tuple[int, ...]:
    """Give the articles that a reply tells of by name: those of a receipt, or that it shows."""
    match reply:
        case Receipt():
            return tuple(kept.article.id for kept in reply.articles)
        case Batch():
            return tuple(dict.fromkeys(each for one in reply.results for each in told_of(one)))
        case Shown() | Excerpt():
            return (reply.article.id,)
        case _:
            return ()
