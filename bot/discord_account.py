"""Asks Discord whose a token is, without listening to anything."""

from __future__ import annotations

import aiohttp
import discord

from bot.discord_loopback import connector_of
from bot.settings import Settings
from bot.supervise import Hopeless

# nobody is spoken to by voice, so that the library's warnings about it say nothing to an operator
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False

UNKNOWN = (
    "it does not know this token. Copy DISCORD_BOT_TOKEN anew from the Bot page of your application"
)


async def account(settings: Settings) -> str:
    """Give the bot's name. Raises `Hopeless`, and `OSError` where nobody answers."""
    token = settings.discord_bot_token
    if token is None:
        raise Hopeless("DISCORD_BOT_TOKEN is not set")
    connector = connector_of(settings.discord_loopback)
    intents = discord.Intents(guilds=True)  # without which the library warns
    async with discord.Client(intents=intents, connector=connector) as client:
        try:
            await client.login(token.get_secret_value())
        except discord.LoginFailure as fault:
            raise Hopeless(UNKNOWN) from fault
        except (discord.DiscordException, aiohttp.ClientError) as fault:
            raise OSError(str(fault)) from fault
        return str(client.user)
