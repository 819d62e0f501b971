"""The queue of updates: what the bot asked for, long polling, and what is not confirmed yet."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.telegram.errors import ApiError, conflict
from tests.fakes.telegram.world import Json, World, now

UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}  # only if named
TAKEN = "terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = (
    "can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)


@dataclass
class Letter:
    """An update on its way; a `repeat` is given once whatever the offset says."""

    json: Json
    repeat: bool = False

    @property
    def id(self) -> int:
        return int(self.json["update_id"])


class Mail:
    """Updates in order. Kinds are chosen when an update is made, not when it is fetched."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.letters: list[Letter] = []
        self.sent: dict[int, Json] = {}
        self.wanted: list[str] = []
        self.hooked: Callable[[], bool] = lambda: False
        self._poller: asyncio.Future[ApiError] | None = None
        self._next = 700_000_000

    def post(self, kind: str, payload: Json) -> int:
        """Queue an update; give its id, or 0 where the bot did not ask for this kind."""
        if kind not in self.wanted if self.wanted else kind in UNASKED:
            return 0
        self._next += 1
        json = {"update_id": self._next, kind: copy.deepcopy(payload)}
        self.letters.append(Letter(json))
        self.sent[self._next] = json
        self._world.bell.ring()
        return self._next

    def again(self, update: int) -> None:
        """Deliver an update a second time, as Telegram may."""
        self.letters.append(Letter(self.sent[update], repeat=True))
        self._world.bell.ring()

    def choose(self, kinds: list[str] | None) -> None:
        """Keep the kinds of the last call that named some; an empty list is the default again."""
        if kinds is not None:
            self.wanted = kinds

    def confirm(self, offset: int) -> None:
        self.letters = [one for one in self.letters if one.repeat or one.id >= offset]
        self._world.bell.ring()

    def interrupt(self, reason: str) -> None:
        """Send the one who polls away."""
        if self._poller and not self._poller.done():
            self._poller.set_result(conflict(reason))
            self._world.bell.ring()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Confirm what is below `offset`; wait until there is something."""
        if self.hooked():
            raise conflict(HOOKED)
        self.interrupt(TAKEN)
        mine = self._poller = asyncio.get_running_loop().create_future()
        if offset > 0:
            self.confirm(offset)
        elif offset < 0:
            self.letters = self.letters[offset:]
        end = now() + seconds
        while not mine.done() and not self.letters and now() < end:
            await self._world.bell.until(lambda: mine.done() or self.letters, end - now())
        if mine.done():
            raise mine.result()
        given = self.letters[: limit if 0 < limit <= 100 else 100]
        gone = {id(one) for one in given if one.repeat}
        self.letters = [one for one in self.letters if id(one) not in gone]
        return [one.json for one in given]
