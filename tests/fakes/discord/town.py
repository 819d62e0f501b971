"""What a test does to the world: guilds, channels, rights, people coming and going."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.bell import Bell
from tests.fakes.discord import events, permissions
from tests.fakes.discord.clock import Clock
from tests.fakes.discord.commands import Commands
from tests.fakes.discord.faults import Fault
from tests.fakes.discord.gateway import GUILD_MEMBERS, MESSAGE_CONTENT, Gateway
from tests.fakes.discord.interactions import Interactions
from tests.fakes.discord.markdown import parse, previewed
from tests.fakes.discord.posting import Poster
from tests.fakes.discord.rest import OBSERVED, Call, Rest
from tests.fakes.discord.world import (
    DM,
    HAS_THREAD,
    SUPPRESS_EMBEDS,
    THREAD,
    Channel,
    Guild,
    Member,
    Message,
    Overwrite,
    Role,
    User,
    World,
)


@dataclass(eq=False)
class Town:
    """All state of the fake. A verb that changes the world tells the gateway of it."""

    token: str = "fake-token"
    clock: Clock = field(default_factory=Clock)
    bell: Bell = field(default_factory=Bell)
    world: World = field(default_factory=World)
    typed: list[Channel] = field(default_factory=list)
    downloads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rest = Rest(self)
        self.gateway = Gateway(self)
        self.commands = Commands(self)
        self.interactions = Interactions(self)
        self.posts = Poster(self)
        self.bot = self.user("Footnote", bot=True)
        self.developer = self.user("Developer")
        self._timers: list[asyncio.TimerHandle] = []

    # Settings, time, faults.

    @property
    def reads_content(self) -> bool:
        """Whether the message content intent is switched on for this application."""
        return bool(self.gateway.allowed & MESSAGE_CONTENT)

    @property
    def flags(self) -> int:
        """The application's flags: which privileged intents it has."""
        members = 1 << 15 if self.gateway.allowed & GUILD_MEMBERS else 0
        return members | (1 << 19 if self.reads_content else 0)

    @property
    def calls(self) -> list[Call]:
        return self.rest.calls

    @property
    def unhandled(self) -> list[Call]:
        return self.rest.unhandled

    def fail(self, route: str, **how: Any) -> Fault:
        """Let the next calls of a route fail, see Fault; `*` stands for anything."""
        self.rest.faults.append(Fault(route, **how))
        return self.rest.faults[-1]

    def limit(self) -> None:
        """Keep to the limits that bots observe; else there are none but those a test sets."""
        self.rest.limits |= OBSERVED

    def advance(self, seconds: float) -> None:
        """Move the clock on."""
        self.clock.moved += seconds
        self.interactions.expire()

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        self._timers.append(asyncio.get_running_loop().call_later(seconds + 0.001, act))

    # People and guilds.

    def user(self, name: str, *, bot: bool = False, webhook: bool = False) -> User:
        made = User(self.clock.id(), name, bot or webhook, webhook)
        self.world.users[made.id] = made
        return made

    def guild(self, name: str = "Newsroom", *, owner: User | None = None) -> Guild:
        """Make a guild with the bot in it; without an owner given, a stranger's."""
        owner = owner or self.user(f"Owner of {name}")
        id_ = self.clock.id()
        made = Guild(id_, name, owner, Role(id_, "@everyone", permissions.DEFAULT))
        self.world.guilds[id_] = made
        for user in (owner, self.bot):
            made.members[user.id] = Member(user, self.clock.stamp())
        events.guild_create(self, made)
        return made

    def channel(self, guild: Guild, name: str = "general") -> Channel:
        made = Channel(self.clock.id(), name, guild=guild)
        self._know(made)
        events.channel(self, "CHANNEL_CREATE", made)
        return made

    def _know(self, channel: Channel) -> None:
        self.world.channels[channel.id] = channel
        if channel.guild:
            channel.guild.channels[channel.id] = channel
        self.bell.ring()

    def dm(self, guest: User) -> Channel:
        """The direct message of the bot with somebody; made when first needed."""
        for each in self.world.channels.values():
            if each.kind == DM and each.guest is guest:
                return each
        made = Channel(self.clock.id(), "", DM, guest=guest, owner=self.bot)
        self._know(made)
        return made

    def thread(self, message: Message, name: str, owner: User) -> Channel:
        """A thread under a message; Discord gives it the message's own id."""
        made = Channel(message.id, name, THREAD, message.channel.guild)
        made.parent, made.owner, made.created = message.channel, owner, self.clock.stamp()
        message.thread, message.flags = made, message.flags | HAS_THREAD
        self._know(made)
        events.channel(self, "THREAD_CREATE", made)
        events.message(self, "MESSAGE_UPDATE", message)
        return made

    def delete_channel(self, channel: Channel) -> None:
        del self.world.channels[channel.id]
        if channel.guild:
            del channel.guild.channels[channel.id]
        kind = "THREAD_DELETE" if channel.kind == THREAD else "CHANNEL_DELETE"
        events.channel(self, kind, channel)

    # Rights.

    def join(self, guild: Guild, user: User) -> Member:
        if user.id not in guild.members:
            guild.members[user.id] = Member(user, self.clock.stamp())
            events.member(self, "GUILD_MEMBER_ADD", guild, guild.members[user.id])
        return guild.members[user.id]

    def role(self, guild: Guild, name: str, rights: int = 0, *, mentionable: bool = False) -> Role:
        made = Role(self.clock.id(), name, rights, len(guild.roles) + 1, mentionable)
        guild.roles.append(made)
        events.role(self, "GUILD_ROLE_CREATE", guild, made)
        return made

    def give(self, guild: Guild, user: User, role: Role) -> None:
        member = self.join(guild, user)
        member.roles.append(role)
        events.member(self, "GUILD_MEMBER_UPDATE", guild, member)

    def take(self, guild: Guild, user: User, role: Role) -> None:
        member = guild.members[user.id]
        member.roles.remove(role)
        events.member(self, "GUILD_MEMBER_UPDATE", guild, member)

    def deny(self, channel: Channel, rights: int, user: User | None = None) -> None:
        """Deny somebody (the bot) something in a channel."""
        self._overwrite(channel, user or self.bot, deny=rights)

    def allow(self, channel: Channel, rights: int, user: User | None = None) -> None:
        self._overwrite(channel, user or self.bot, allow=rights)

    def _overwrite(self, channel: Channel, user: User, allow: int = 0, deny: int = 0) -> None:
        own = channel.overwrites.setdefault(user.id, Overwrite(user.id, 1))
        own.allow = (own.allow | allow) & ~deny
        own.deny = (own.deny | deny) & ~allow
        events.channel(self, "CHANNEL_UPDATE", channel)

    def remove_bot(self, guild: Guild) -> None:
        """Throw the bot out of a guild."""
        events.guild_delete(self, guild)
        guild.members.pop(self.bot.id)

    # Messages.

    def react(self, message: Message, user: User, emoji: str) -> None:
        if (user, emoji) not in message.reactions:
            message.reactions.append((user, emoji))
            events.reaction(self, "MESSAGE_REACTION_ADD", message, user, emoji)
            self.bell.ring()

    def unreact(self, message: Message, user: User, emoji: str) -> None:
        if (user, emoji) in message.reactions:
            message.reactions.remove((user, emoji))
            events.reaction(self, "MESSAGE_REACTION_REMOVE", message, user, emoji)
            self.bell.ring()

    def previews(self, message: Message) -> tuple[str, ...]:
        """The addresses that Discord would fetch and show a preview of."""
        if message.flags & SUPPRESS_EMBEDS:
            return ()
        return previewed(parse(message.content))

    def unfurl(self, message: Message) -> None:
        """Add the previews, as Discord does a moment later: an update without new content."""
        for address in self.previews(message):
            message.embeds.append({"type": "link", "url": address, "title": address})
        events.message(self, "MESSAGE_UPDATE", message)
