"""What goes wrong on a platform when a scenario says so, the same verbs for each."""

from __future__ import annotations

from typing import Any

from tests.fakes.discord import DiscordServer, permissions
from tests.fakes.telegram import Fake as TelegramServer
from tests.human import Bubble

Person = Any


class TelegramTrouble:
    """`where` narrows a fault to the chat of a person; `times` is how often it happens."""

    def __init__(self, fake: TelegramServer) -> None:
        self.fake = fake

    def patience(self, seconds: int, where: Person) -> None:
        """Ask the next sending for patience (429)."""
        self.fake.fail("sendMessage", 429, retry_after=seconds, chat=where.place.id)

    def stumble(self, where: Person) -> None:
        """Fail the next sending with an error of the server's own."""
        self.fake.fail("sendMessage", 502, "Bad Gateway", chat=where.place.id)

    def cut(self, where: Person) -> None:
        """Break the connection of the next sending off, nothing done."""
        self.fake.drop("sendMessage", chat=where.place.id)

    async def refused(self, times: int = 1) -> None:
        """Wait until the bot met so many faults."""
        await self.fake.until(lambda: self.refusals >= times)

    async def down(self) -> None:
        await self.fake.down()

    async def up(self) -> None:
        await self.fake.up()

    def throw_out(self, where: Person) -> None:
        """Remove the bot from a group."""
        self.fake.bot_becomes(where.place, "kicked", where.user)

    def mute(self, where: Person) -> None:
        """Let the bot write nothing more in a group."""
        where.place.bot_may_write = False

    def moderate(self, where: Person, bubble: Bubble) -> None:
        """Delete a message of the bot's."""
        stored = where.place.alive(int(bubble.id))
        assert stored
        stored.deleted = True
        self.fake.world.changed(stored)

    @property
    def refusals(self) -> int:
        """How many calls were not taken."""
        sent = self.fake.called("sendMessage")
        refused = sum(call.status not in (0, 200) for call in sent)
        broken = sum(fault.what == "drop" and fault.times == 0 for fault in self.fake.faults)
        return refused + broken


class DiscordTrouble:
    """Faults meet the next call wherever it goes: a scenario lets nobody else ask meanwhile."""

    SEND = "POST /channels/{channel}/messages"

    def __init__(self, fake: DiscordServer) -> None:
        self.fake = fake
        self.faults: list[Any] = []

    def patience(self, seconds: int, where: Person) -> None:
        self.faults.append(self.fake.fail(self.SEND, status=429, retry_after=seconds))

    def stumble(self, where: Person) -> None:
        self.faults.append(self.fake.fail(self.SEND, status=502))

    def cut(self, where: Person) -> None:
        self.faults.append(self.fake.fail(self.SEND, drop=True))

    async def refused(self, times: int = 1) -> None:
        await self.fake.until(lambda: self.refusals >= times)

    @property
    def refusals(self) -> int:
        return sum(each.hits for each in self.faults)

    async def down(self) -> None:
        await self.fake.down()

    async def up(self) -> None:
        await self.fake.up()
        await self.fake.ready()

    def throw_out(self, where: Person) -> None:
        self.fake.remove_bot(where.channel.guild)

    def mute(self, where: Person) -> None:
        self.fake.deny(where.channel, permissions.SEND_MESSAGES)

    def moderate(self, where: Person, bubble: Bubble) -> None:
        self.fake.posts.delete(where.channel.messages[int(bubble.id)])
