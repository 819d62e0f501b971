"""The seam for tests in another process: a server on loopback that answers for Discord."""

from __future__ import annotations

import socket
import ssl

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.settings import Loopback

HOSTS = ("discord.com", "gateway.discord.gg", "cdn.discordapp.com", "media.discordapp.net")


class _Here(AbstractResolver):
    """Gives this machine for Discord's hosts, and nothing for any other."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host not in HOSTS:
            raise OSError(f"{host} is not Discord's")
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=self._port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        """Hold nothing open."""


def connector_of(seam: Loopback | None) -> aiohttp.TCPConnector | None:
    """Give a connector that dials loopback over real TLS; none where the seam is not set."""
    if seam is None:
        return None
    trusted = ssl.create_default_context(cafile=str(seam.ca))
    return aiohttp.TCPConnector(resolver=_Here(seam.port), ssl=trusted)
