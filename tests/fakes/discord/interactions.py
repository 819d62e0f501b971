"""Interactions: what a person did, how long the bot may take, and what it may answer."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.discord import message_payload, payloads, permissions
from tests.fakes.discord.errors import already_acknowledged, bad_token, unknown
from tests.fakes.discord.world import Cause, Channel, Message, User

if TYPE_CHECKING:
    from tests.fakes.discord.town import Town

Json = dict[str, Any]
FIRST, LAST = 3.0, 15 * 60.0  # seconds until the first answer, and until the token ends
COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
SILENT = {
    COMMAND: "The application did not respond",
    COMPONENT: "This interaction failed",
    MODAL: "Something went wrong. Try again.",
}


@dataclass(eq=False)
class Interaction:
    """One interaction; `answer` is the type of the bot's callback, `original` its message.

    `silence` is what the person was shown because no answer came in time.
    """

    id: int
    token: str
    kind: int
    user: User
    channel: Channel
    begun: float
    cause: Cause
    message: Message | None = None
    answer: int = 0
    reply: Json = field(default_factory=dict)
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    silence: str = ""
    filled: bool = False  # the form that it opened was sent
    shown: float = 0.0


@dataclass(eq=False)
class Interactions:
    """All interactions, by token."""

    fake: Town
    all: dict[str, Interaction] = field(default_factory=dict)

    def begin(
        self,
        kind: int,
        user: User,
        channel: Channel,
        data: Json,
        message: Message | None = None,
        trigger: Cause | None = None,
    ) -> Interaction:
        """Tell the bot what a person did; it has three seconds."""
        clock = self.fake.clock
        name = " ".join((data.get("name", ""), *_sub(data.get("options") or [])))
        target = int(data.get("target_id") or 0)
        cause = Cause(
            clock.id(),
            kind,
            name,
            user,
            data.get("type", 1),
            message,
            channel.messages.get(target),
            trigger,
        )
        token = secrets.token_urlsafe(96)
        made = Interaction(cause.id, token, kind, user, channel, clock.now(), cause, message)
        self.all[token] = made
        body = self._payload(made, data)
        self.fake.gateway.dispatch("INTERACTION_CREATE", channel.guild, 0, lambda _: body)
        self.fake.later(FIRST, self.expire)
        return made

    def _payload(self, made: Interaction, data: Json) -> Json:
        channel, user, bot = made.channel, made.user, self.fake.bot
        guild = channel.guild
        body: Json = {
            "id": str(made.id),
            "application_id": str(bot.id),
            "type": made.kind,
            "token": made.token,
            "version": 1,
            "data": data,
            "channel_id": str(channel.id),
            "channel": payloads.channel(channel, user),
            "locale": "en-US",
            "entitlements": [],
            "entitlement_sku_ids": [],
            "attachment_size_limit": 10 * 1024 * 1024,
            "app_permissions": str(permissions.in_channel(channel, bot)),
            "authorizing_integration_owners": {"0": str(guild.id) if guild else "0"},
            "context": 0 if guild else 1,
        }
        if made.message:
            body["message"] = message_payload.message(made.message, bot)
        if guild is None:
            return body | {"user": payloads.user(user)}
        may = str(permissions.in_channel(channel, user))
        member = payloads.member(guild.members[user.id]) | {"permissions": may}
        about = {"id": str(guild.id), "locale": "en-US", "features": []}
        where = {"guild_id": str(guild.id), "guild": about, "guild_locale": "en-US"}
        return body | where | {"member": member}

    def expire(self) -> None:
        """Show people that no answer came, where the time for it is over."""
        now = self.fake.clock.now()
        for each in self.all.values():
            if not each.answer and not each.silence and now - each.begun >= FIRST:
                each.silence = SILENT.get(each.kind, "Loading options failed")
                each.shown = asyncio.get_running_loop().time()
        self.fake.bell.ring()

    def unanswered(self, id_: int, token: str) -> Interaction:
        """The interaction that a first answer is for. Raises 10062 if late, 40060 if a second."""
        self.expire()
        found = self.all.get(token)
        if found is None or found.id != id_ or found.silence:
            raise unknown("interaction")
        if found.answer:
            raise already_acknowledged()
        return found

    def answered(self, token: str) -> Interaction:
        """The interaction of a later answer. Raises 10015 before the first, 50027 if it is over."""
        found = self.all.get(token)
        if found is None:
            raise unknown("Webhook")
        if self.fake.clock.now() - found.begun >= LAST:
            raise bad_token()
        if not found.answer:
            raise unknown("Webhook")
        return found


def _sub(options: list[Json]) -> list[str]:
    if options and options[0].get("type") in (1, 2):
        return [options[0]["name"], *_sub(options[0].get("options") or [])]
    return []
