"""What happens in the world, told to the sessions that are allowed to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord import message_payload, payloads, permissions
from tests.fakes.discord.gateway import (
    DIRECT_MESSAGES,
    DIRECT_REACTIONS,
    GUILD_MEMBERS,
    GUILD_MESSAGES,
    GUILD_REACTIONS,
    GUILDS,
    MESSAGE_CONTENT,
    Session,
)
from tests.fakes.discord.world import Channel, Guild, Member, Message, Role, User

if TYPE_CHECKING:
    from tests.fakes.discord.town import Town

Json = dict[str, Any]


def _sees(fake: Town, channel: Channel) -> bool:
    if channel.guild is None:
        return channel.owner is fake.bot
    return bool(permissions.in_channel(channel, fake.bot))


def may_read(fake: Town, message: Message) -> bool:
    """Whether a bot without the message content intent is shown what a message says."""
    return (
        message.channel.guild is None or message.author is fake.bot or fake.bot in message.mentioned
    )


def _where(message: Message) -> Json:
    guild = message.channel.guild
    return {"guild_id": str(guild.id)} if guild else {}


def message(fake: Town, event: str, one: Message) -> None:
    """A message was sent or changed."""
    guild = one.channel.guild
    if not _sees(fake, one.channel):
        return

    def data(session: Session) -> Json:
        content = bool(session.intents & MESSAGE_CONTENT) or may_read(fake, one)
        body = message_payload.message(one, fake.bot, content=content)
        if guild and one.author.id in guild.members:
            body["member"] = payloads.member(guild.members[one.author.id], with_user=False)
        return body | _where(one) | {"channel_type": one.channel.kind}

    fake.gateway.dispatch(event, guild, GUILD_MESSAGES if guild else DIRECT_MESSAGES, data)


def deleted(fake: Town, one: Message) -> None:
    if _sees(fake, one.channel):
        body = {"id": str(one.id), "channel_id": str(one.channel.id)} | _where(one)
        intent = GUILD_MESSAGES if one.channel.guild else DIRECT_MESSAGES
        fake.gateway.dispatch("MESSAGE_DELETE", one.channel.guild, intent, lambda _: body)


def reaction(fake: Town, event: str, one: Message, user: User, emoji: str) -> None:
    guild = one.channel.guild
    if not _sees(fake, one.channel):
        return
    body: Json = {
        "user_id": str(user.id),
        "channel_id": str(one.channel.id),
        "message_id": str(one.id),
        "emoji": {"id": None, "name": emoji},
        "burst": False,
        "type": 0,
        "message_author_id": str(one.author.id),
    } | _where(one)
    if guild and user.id in guild.members and event == "MESSAGE_REACTION_ADD":
        body["member"] = payloads.member(guild.members[user.id])
    intent = GUILD_REACTIONS if guild else DIRECT_REACTIONS
    fake.gateway.dispatch(event, guild, intent, lambda _: body)


def channel(fake: Town, event: str, one: Channel) -> None:
    """CHANNEL_CREATE, _UPDATE, _DELETE or THREAD_…"""
    body = payloads.channel(one)
    if event == "THREAD_CREATE":
        body["newly_created"] = True
    fake.gateway.dispatch(event, one.guild, GUILDS, lambda _: body)


def role(fake: Town, event: str, guild: Guild, one: Role) -> None:
    body: Json = {"guild_id": str(guild.id)}
    body |= (
        {"role_id": str(one.id)} if event == "GUILD_ROLE_DELETE" else {"role": payloads.role(one)}
    )
    fake.gateway.dispatch(event, guild, GUILDS, lambda _: body)


def member(fake: Town, event: str, guild: Guild, one: Member) -> None:
    """A member came, changed or went: told to those with the members intent; of itself to all."""
    body: Json = {"guild_id": str(guild.id)}
    gone = event == "GUILD_MEMBER_REMOVE"
    body |= {"user": payloads.user(one.user)} if gone else payloads.member(one)
    own = one.user is fake.bot and event == "GUILD_MEMBER_UPDATE"
    fake.gateway.dispatch(event, guild, GUILDS if own else GUILD_MEMBERS, lambda _: body)


def guild_create(fake: Town, one: Guild) -> None:
    def data(session: Session) -> Json:
        members = bool(session.intents & GUILD_MEMBERS)
        return payloads.guild_create(one, fake.bot, members=members, joined=True)

    fake.gateway.dispatch("GUILD_CREATE", one, GUILDS, data)


def guild_delete(fake: Town, one: Guild, *, unavailable: bool = False) -> None:
    body: Json = {"id": str(one.id)} | ({"unavailable": True} if unavailable else {})
    fake.gateway.dispatch("GUILD_DELETE", one, GUILDS, lambda _: body)
