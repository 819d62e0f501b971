"""What a member may do in a channel, by Discord's documented way of computing it."""

from __future__ import annotations

from tests.fakes.discord.world import Channel, Guild, User

ADD_REACTIONS = 1 << 6
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
USE_APPLICATION_COMMANDS = 1 << 31
CREATE_PUBLIC_THREADS = 1 << 35
SEND_MESSAGES_IN_THREADS = 1 << 38
ADMINISTRATOR = 1 << 3
MANAGE_GUILD = 1 << 5
ALL = (1 << 53) - 1
DEFAULT = (
    ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS
)


def in_guild(guild: Guild, user: User) -> int:
    """What a member may do in a guild: all that one of their roles allows; an owner everything."""
    if guild.owner is user:
        return ALL
    allowed = guild.everyone.permissions
    for role in guild.members[user.id].roles:
        allowed |= role.permissions
    return ALL if allowed & ADMINISTRATOR else allowed


def in_channel(channel: Channel, user: User) -> int:
    """The same for a channel: overwrites for everyone, then the roles', then the member's own."""
    guild = channel.guild
    if guild is None:
        return DEFAULT if user in (channel.guest, channel.owner) else 0
    if user.id not in guild.members:
        return 0
    allowed = in_guild(guild, user)
    if allowed == ALL:
        return ALL
    if channel.parent:
        return in_channel(channel.parent, user)
    roles = {role.id for role in guild.members[user.id].roles}
    for ids in ({guild.id}, roles, {user.id}):
        those = [each for each in channel.overwrites.values() if each.id in ids]
        for each in those:
            allowed &= ~each.deny
        for each in those:
            allowed |= each.allow
    return allowed if allowed & VIEW_CHANNEL else 0
