"""A fake Discord for tests: `async with discord_server() as fake`."""

from __future__ import annotations

from tests.fakes.discord.commands import NotOffered
from tests.fakes.discord.person import DiscordPerson
from tests.fakes.discord.server import DiscordServer, discord_server

__all__ = ["DiscordPerson", "DiscordServer", "NotOffered", "discord_server"]
