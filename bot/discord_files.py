"""Files that lie with Discord, brought when a handler asks for them."""

from __future__ import annotations

import asyncio

import aiohttp
import discord

from bot.discord_notes import Held
from handlers import phrases
from handlers.errors import Code, Refused
from handlers.messages import Upload
from handlers.reading.files import MOST_BYTES

SECONDS = 60.0  # for a file's bytes to come


def upload_of(client: discord.Client, held: Held) -> Upload:
    """Give an upload whose bytes come when it is read."""

    async def load() -> bytes:
        if held.size > MOST_BYTES:
            raise Refused(Code.TOO_LARGE, phrases.too_large(MOST_BYTES))
        try:
            async with asyncio.timeout(SECONDS):
                return await client.http.get_from_cdn(held.url)
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as fault:
            raise Refused(Code.UNREACHABLE, phrases.NO_DOWNLOAD) from fault

    return Upload(held.name, load=load)
