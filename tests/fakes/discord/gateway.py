"""The gateway: sessions that outlive their sockets, heartbeats, resuming, and what goes wrong."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.fakes.discord import payloads
from tests.fakes.discord.pipe import Pipe
from tests.fakes.discord.world import Guild, User

if TYPE_CHECKING:
    from tests.fakes.discord.town import Town

GUILDS, GUILD_MEMBERS, GUILD_PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, GUILD_REACTIONS = 1 << 9, 1 << 10
DIRECT_MESSAGES, DIRECT_REACTIONS, MESSAGE_CONTENT = 1 << 12, 1 << 13, 1 << 15
DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11

Json = dict[str, Any]


@dataclass(eq=False)
class Session:
    """What the gateway remembers of one shard: its events are replayed when it resumes."""

    id: str
    shard: int
    shards: int
    intents: int
    events: list[Json] = field(default_factory=list)
    pipe: Pipe | None = None

    def send(self, event: str, data: Json) -> None:
        self.events.append({"op": DISPATCH, "s": len(self.events) + 1, "t": event, "d": data})
        if self.pipe:
            self.pipe.put(self.events[-1])


@dataclass(eq=False)
class Gateway:
    """Counts what clients did; `zombie` acknowledges no heartbeat, `refuse` turns the next away."""

    fake: Town
    interval: float = 41.25
    zombie: bool = False
    refuse: int = 0
    shards: int = 1
    allowed: int = GUILD_MEMBERS | MESSAGE_CONTENT | GUILD_PRESENCES
    identifies: int = 0
    resumes: int = 0
    heartbeats: int = 0
    connects: int = 0
    sessions: dict[str, Session] = field(default_factory=dict)
    twice: Counter[str] = field(default_factory=Counter)
    close_codes: list[int | None] = field(default_factory=list)

    # What a test does to it.

    def ready(self) -> bool:
        """Whether a client is connected and has been told its guilds."""
        return any(session.pipe for session in self.sessions.values())

    def cut(self) -> None:
        """Break every socket off, without a word."""
        for pipe in self._pipes():
            pipe.cut()

    def ask_to_reconnect(self) -> None:
        for pipe in self._pipes():
            pipe.put({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Say that the session is invalid; only a resumable one is remembered."""
        for pipe in self._pipes():
            pipe.put({"op": INVALID, "d": resumable})
        if not resumable:
            self.sessions.clear()

    def close(self, code: int) -> None:
        for pipe in self._pipes():
            pipe.close(code)

    def forget(self) -> None:
        """Forget sessions: whoever resumes is told to identify anew."""
        self.sessions.clear()

    def deliver_twice(self, event: str, times: int = 1) -> None:
        self.twice[event] += times

    def _pipes(self) -> list[Pipe]:
        return [session.pipe for session in self.sessions.values() if session.pipe]

    # What the world does through it.

    def dispatch(
        self, event: str, guild: Guild | None, intents: int, data: Callable[[Session], Json]
    ) -> None:
        """Send an event to the guild's shard (a direct message: the first), if it wants such."""
        times = 2 if self.twice[event] > 0 else 1
        self.twice[event] -= times - 1
        for session in list(self.sessions.values()):
            shard = (guild.id >> 22) % session.shards if guild else 0
            if session.shard == shard and session.intents & intents == intents:
                for _ in range(times):
                    session.send(event, data(session))
        self.fake.bell.ring()

    # The protocol.

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.connects += 1
        if self.refuse > 0:
            self.refuse -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=4096)
        await socket.prepare(request)
        async with Pipe(socket, request).running() as pipe:
            pipe.put({"op": HELLO, "d": {"heartbeat_interval": int(self.interval * 1000)}})
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(pipe, json.loads(message.data))
            self._left(pipe, socket.close_code)
        return socket

    def _left(self, pipe: Pipe, code: int | None) -> None:
        self.close_codes.append(code)
        for session in list(self.sessions.values()):
            if session.pipe is pipe:
                session.pipe = None
                if code in (1000, 1001) and not pipe.ended:  # then Discord ends the session
                    del self.sessions[session.id]
        self.fake.bell.ring()

    def _receive(self, pipe: Pipe, message: Json) -> None:
        op, data = message.get("op"), message.get("d")
        if op == HEARTBEAT:
            self.heartbeats += 1
            if not self.zombie:
                pipe.put({"op": ACK})
        elif op == IDENTIFY and data:
            self._identify(pipe, data)
        elif op == RESUME and data:
            self._resume(pipe, data)
        self.fake.bell.ring()

    def _identify(self, pipe: Pipe, data: Json) -> None:
        self.identifies += 1
        privileged = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
        if data["token"] != self.fake.token:
            return pipe.close(4004, b"Authentication failed.")
        if data["intents"] & privileged & ~self.allowed:
            return pipe.close(4014, b"Disallowed intent(s).")
        shard, shards = data.get("shard", (0, 1))
        session = Session(secrets.token_hex(16), shard, shards, data["intents"], pipe=pipe)
        self.sessions[session.id] = session
        self._greet(session)
        return None

    def _greet(self, session: Session) -> None:
        bot = self.fake.bot
        mine = [
            guild
            for guild in self.fake.world.guilds.values()
            if bot.id in guild.members and (guild.id >> 22) % session.shards == session.shard
        ]
        ready = {
            "v": 10,
            "user": payloads.user(bot) | {"verified": True, "email": None, "mfa_enabled": False},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in mine],
            "session_id": session.id,
            "resume_gateway_url": "wss://gateway.discord.gg",
            "shard": [session.shard, session.shards],
            "application": {"id": str(bot.id), "flags": self.fake.flags},
        }
        session.send("READY", ready)
        members = bool(session.intents & GUILD_MEMBERS)
        for guild in mine if session.intents & GUILDS else ():
            session.send("GUILD_CREATE", _told(guild, bot, members))

    def _resume(self, pipe: Pipe, data: Json) -> None:
        self.resumes += 1
        if data["token"] != self.fake.token:
            return pipe.close(4004, b"Authentication failed.")
        session = self.sessions.get(data["session_id"])
        if session is None:
            return pipe.put({"op": INVALID, "d": False})
        session.pipe = pipe
        for event in session.events[data["seq"] or 0 :]:
            pipe.put(event)
        session.send("RESUMED", {})
        return None


def _told(guild: Guild, bot: User, members: bool) -> Json:
    return payloads.guild_create(guild, bot, members=members, joined=False)
