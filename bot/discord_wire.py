"""Calls of Discord's API: which faults pass, which are final, what is left out meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

from bot.clerk import Undeliverable, Unreached

T = TypeVar("T")

LONGEST_WAIT = 3_600.0  # seconds that a last picture waits; the library waits out rate limits
QUICK = 30.0  # seconds for a picture that can be left out
TRIES = 5
EXPIRED = {10015, 10062, 50027}  # unknown webhook or interaction, invalid token

log = logging.getLogger(__name__)


class Expired(Exception):
    """An interaction's token is not valid any more; a message of its own still reaches people."""


async def must(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call until it is done; raises `Undeliverable` or `Expired`."""
    for tries in range(1, TRIES + 1):
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                return await call()
        except (discord.DiscordServerError, aiohttp.ClientError, OSError, TimeoutError) as fault:
            if tries == TRIES:
                raise Unreached(str(fault)) from fault
            await asyncio.sleep(2.0**tries)
        except (discord.HTTPException, discord.RateLimited) as fault:
            raise _understood(fault) from fault
    raise AssertionError("unreachable: the last try returns or raises")


async def may(call: Callable[[], Awaitable[T]]) -> T | None:
    """Make a call that can be left out. Raises as `must` does."""
    try:
        async with asyncio.timeout(QUICK):
            return await call()
    except (discord.DiscordServerError, aiohttp.ClientError, OSError, TimeoutError) as fault:
        log.info("left out a picture: %s", fault)
        return None
    except (discord.HTTPException, discord.RateLimited) as fault:
        raise _understood(fault) from fault


def _understood(fault: discord.DiscordException) -> Exception:
    if isinstance(fault, discord.HTTPException) and fault.code in EXPIRED:
        return Expired(str(fault))
    return Undeliverable(str(fault))
