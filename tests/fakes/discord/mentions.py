"""Whom a message names and whom it notifies, by what `allowed_mentions` says or leaves out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord import permissions
from tests.fakes.discord.errors import Form
from tests.fakes.discord.inline import CODE, MENTION
from tests.fakes.discord.markdown import FENCE
from tests.fakes.discord.world import Channel, Message, Role, User

EVERYTHING = ("users", "roles", "everyone")
Json = dict[str, Any]


@dataclass
class Named:
    """Whom a text names: only outside code, but a backslash before a name keeps nobody quiet."""

    users: list[int] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)
    everyone: bool = False


def named(text: str) -> Named:
    found = Named()
    for match in MENTION.finditer(CODE.sub(" ", FENCE.sub(" ", text))):
        if match["user"]:
            found.users.append(int(match["user"]))
        elif match["role"]:
            found.roles.append(int(match["role"]))
        found.everyone |= bool(match["all"])
    return found


def check(form: Form, allowed: Json | None) -> None:
    """Find what Discord would not accept in `allowed_mentions`."""
    if allowed is None:
        return
    parse = allowed.get("parse") or ()
    for index, kind in enumerate(parse):
        form.choice(("allowed_mentions", "parse", index), kind, EVERYTHING)
    for kind in ("users", "roles"):
        listed = allowed.get(kind) or ()
        if listed and kind in parse:
            words = f"parse:[{kind!r}] and {kind}: [ids...] are mutually exclusive."
            form.wrong(("allowed_mentions",), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", words)
        if len(listed) > 100:
            words = "Must be 100 or fewer in length."
            form.wrong(("allowed_mentions", kind), "BASE_TYPE_MAX_LENGTH", words)


def apply(message: Message, text: str, allowed: Json | None, *, webhook: bool) -> None:
    """Set whom the message names and pings. Left out, all is parsed; by a webhook, people only.

    To name everyone, or a role that is not for everyone to name, takes a permission. An edit sets
    whom it names, but pings nobody.
    """
    default = ("users",) if webhook else EVERYTHING
    if allowed is None:
        allowed = {"parse": default, "replied_user": True}
    parse = allowed.get("parse") or ()
    listed = {kind: {int(each) for each in allowed.get(kind) or ()} for kind in ("users", "roles")}
    names, channel = named(text), message.channel
    users = [one for one in names.users if "users" in parse or one in listed["users"]]
    roles = [one for one in names.roles if "roles" in parse or one in listed["roles"]]
    may_all = bool(permissions.in_channel(channel, message.author) & permissions.MENTION_EVERYONE)
    people = {user.id: user for user in audience(channel)}
    message.mentioned = [people[one] for one in dict.fromkeys(users) if one in people]
    known = {role.id: role for role in channel.guild.roles} if channel.guild else {}
    message.mentioned_roles = [
        known[one]
        for one in dict.fromkeys(roles)
        if one in known and (known[one].mentionable or may_all)
    ]
    message.mentions_everyone = names.everyone and "everyone" in parse and may_all
    answered = message.reference.author if message.reference else None
    if allowed.get("replied_user") and answered and answered not in message.mentioned:
        message.mentioned.append(answered)


def notify(message: Message) -> None:
    """Set whom the message notified when it was sent: never its author."""
    everyone = audience(message.channel)
    if message.only:
        everyone = [message.only]
    message.pings = [
        user
        for user in everyone
        if user is not message.author
        and (
            message.mentions_everyone
            or user in message.mentioned
            or any(_has(message.channel, user, role) for role in message.mentioned_roles)
        )
    ]


def audience(channel: Channel) -> list[User]:
    """Those who can see a channel."""
    if channel.guild is None:
        return [each for each in (channel.guest, channel.owner) if each]
    members = [member.user for member in channel.guild.members.values()]
    return [each for each in members if permissions.in_channel(channel, each)]


def _has(channel: Channel, user: User, role: Role) -> bool:
    member = channel.guild.members.get(user.id) if channel.guild else None
    return member is not None and role in member.roles


def cleaned(text: str) -> str:
    """A text as Discord stores it: nothing blank around it."""
    return re.sub(r"\A\s+|\s+\Z", "", text)
