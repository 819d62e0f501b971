"""The fake Discord on a loopback socket with real TLS: API, gateway and CDN behind one port."""

from __future__ import annotations

import asyncio
import socket
import ssl
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp
import trustme
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from tests.fakes.discord import routes_app, routes_channel, routes_guild  # noqa: F401 (they register routes)
from tests.fakes.discord.entries import Transcript
from tests.fakes.discord.person import DiscordPerson
from tests.fakes.discord.town import Town
from tests.fakes.discord.transcript import transcript
from tests.fakes.discord.world import Channel, Guild, User

API_HOSTS = ("discord.com",)
GATEWAY_HOSTS = ("gateway.discord.gg",)
CDN_HOSTS = ("cdn.discordapp.com", "media.discordapp.net")
HOSTS = (*API_HOSTS, *GATEWAY_HOSTS, *CDN_HOSTS)


class Loopback(AbstractResolver):
    """Answers Discord's names with one port of 127.0.0.1, and no other name at all."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host not in HOSTS:
            raise OSError(f"{host} is not to be reached from a test")
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=self.port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        pass


class DiscordServer(Town):
    """The whole fake. `down` and `up` keep the port, sessions and messages."""

    port: int = 0
    ca_file: Path

    def connector(self) -> aiohttp.TCPConnector:
        """What a client is given so that it finds the fake where it looks for Discord."""
        trust = ssl.create_default_context(cafile=self.ca_file)
        return aiohttp.TCPConnector(resolver=Loopback(self.port), ssl=trust, limit=0)

    def person(
        self,
        name: str,
        place: Channel | None = None,
        *,
        owner: bool = False,
        manage: bool = False,
        bot: bool = False,
        webhook: bool = False,
    ) -> DiscordPerson:
        """Somebody in a channel, or in a direct message if no place is given.

        `owner` makes the guild theirs, `manage` lets them manage it.
        """
        user = self.user(name, bot=bot, webhook=webhook)
        guild = place.guild if place else None
        if guild and not webhook:
            self.join(guild, user)
            if owner:
                guild.owner = user
            if manage:
                self.manage(guild, user, True)
        return DiscordPerson(self, user, place or self.dm(user))

    def manage(self, guild: Guild, user: Any, may: bool) -> None:
        """Give somebody the right to manage a guild, or take it away."""
        mine = [role for role in guild.members[user.id].roles if role.name == "Managers"]
        if may and not mine:
            self.give(guild, user, self.role(guild, "Managers", 1 << 5))
        for role in mine if not may else ():
            self.take(guild, user, role)

    async def until(self, look: Any, seconds: float = 5.0) -> Any:
        """Wait until `look()` gives something true, woken by all that happens; give it."""
        found = await self.bell.until(look, seconds)
        assert found, f"waited {seconds} s in vain; the last calls: {self.said()}"
        return found

    async def ready(self, seconds: float = 10.0) -> None:
        """Wait until a bot is connected."""
        await self.until(self.gateway.ready, seconds)

    def said(self, last: int = 12) -> str:
        return "; ".join(f"{each.name} → {each.status}" for each in self.calls[-last:])

    def transcript(self, channel: Channel, viewer: User | None = None) -> Transcript:
        """All that is shown in a channel, to one person or (hidden answers too) to nobody."""
        return transcript(self, channel, viewer)

    # The sockets.

    async def start(self, folder: Path) -> None:
        self._tls, self.ca_file = certificates(folder)
        application = web.Application(client_max_size=30 * 1024 * 1024)
        application.middlewares.append(self._by_host)
        application.add_routes(self.rest.routes())
        application.router.add_get("/", self.gateway.serve)
        for kind in ("attachments", "ephemeral-attachments"):
            path = f"/{kind}/{{channel}}/{{file:\\d+}}/{{name}}"
            application.router.add_get(path, self._download)
        self._open: set[asyncio.Transport] = set()
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await self.up()

    async def up(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        self._site = web.SockSite(self._runner, listener, ssl_context=self._tls)
        await self._site.start()

    async def down(self) -> None:
        """Stop listening and break every line off."""
        await self._site.stop()
        for transport in list(self._open):
            transport.abort()
        self._open.clear()

    async def stop(self) -> None:
        for timer in self._timers:
            timer.cancel()
        self.rest.over.set()
        await self.down()
        await self._runner.cleanup()

    @web.middleware
    async def _by_host(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.transport:
            self._open.add(request.transport)
        host = request.host.partition(":")[0]
        hosts: Sequence[str] = API_HOSTS if request.path.startswith("/api/") else CDN_HOSTS
        if request.path == "/":
            hosts = GATEWAY_HOSTS
        if host not in hosts:
            return web.Response(status=404, text=f"{request.path} is not at {host}")
        response: web.StreamResponse = await handler(request)
        return response

    async def _download(self, request: web.Request) -> web.Response:
        return await routes_guild.download(self, request)


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


def certificates(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for Discord's names; give the server's side and the file to trust."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _authority().issue_cert(*HOSTS).configure_cert(context)
    path = folder / "ca.pem"
    _authority().cert_pem.write_to_path(str(path))
    return context, path


@asynccontextmanager
async def discord_server(token: str = "fake-token") -> AsyncIterator[DiscordServer]:
    """Serve a fake Discord on a free port of 127.0.0.1."""
    fake = DiscordServer(token)
    with tempfile.TemporaryDirectory() as folder:
        await fake.start(Path(folder))
        try:
            yield fake
        finally:
            await fake.stop()
