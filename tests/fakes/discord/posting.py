"""Sending, editing and deleting messages: the same for people, the bot and its interactions."""

from __future__ import annotations

import asyncio
import mimetypes
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from tests.fakes.discord import events, mentions
from tests.fakes.discord.component_form import texts
from tests.fakes.discord.world import (
    COMPONENTS_V2,
    EPHEMERAL,
    REPLY,
    SUPPRESS_EMBEDS,
    Cause,
    Channel,
    File,
    Message,
    User,
)

if TYPE_CHECKING:
    from tests.fakes.discord.town import Town

Json = dict[str, Any]
Files = list[tuple[str, bytes]]


@dataclass
class Poster:
    """Writes into the fake's channels."""

    fake: Town

    def send(
        self,
        channel: Channel,
        author: User,
        body: Json,
        files: Files = [],  # noqa: B006 (only read)
        *,
        kind: int = 0,
        cause: Cause | None = None,
        only: User | None = None,
        reference: Message | None = None,
    ) -> Message:
        """Put a message into a channel and tell whoever may know of it."""
        clock = self.fake.clock
        message = Message(clock.id(), channel, author, kind=kind, cause=cause, only=only)
        message.sent = clock.stamp()
        message.nonce = body.get("nonce")
        if reference or body.get("message_reference"):
            message.kind = message.kind or REPLY
            message.reference = reference
            message.reference_id = (
                reference.id if reference else int(body["message_reference"]["message_id"])
            )
        self._fill(message, body, files)
        message.flags |= EPHEMERAL if only else 0
        mentions.notify(message)
        self._changed(message)
        channel.messages[message.id] = message
        if not only:
            events.message(self.fake, "MESSAGE_CREATE", message)
        self.fake.bell.ring()
        return message

    def edit(self, message: Message, body: Json, files: Files = []) -> None:  # noqa: B006
        """Change what the body holds of a message. An edit pings nobody."""
        self._fill(message, body, files, edit=True)
        message.edited = self.fake.clock.stamp()
        self._changed(message)
        if not message.only:
            events.message(self.fake, "MESSAGE_UPDATE", message)
        self.fake.bell.ring()

    def delete(self, message: Message) -> None:
        message.gone = True
        if not message.only:
            events.deleted(self.fake, message)
        self.fake.bell.ring()

    def file(self, channel: Channel, name: str, data: bytes, hidden: bool = False) -> File:
        """Keep a file where the CDN finds it, by its name without what is not plain ASCII."""
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        plain = re.sub(r"[^A-Za-z0-9._-]", "", name.replace(" ", "_")) or "unknown"
        file = File(self.fake.clock.id(), plain, data, channel.id, kind, hidden)
        file.title = None if plain == name else PurePath(name).stem
        self.fake.world.files[file.id] = file
        return file

    def _fill(self, message: Message, body: Json, files: Files, *, edit: bool = False) -> None:
        if body.get("flags") is not None:
            message.flags &= ~SUPPRESS_EMBEDS
            settable = SUPPRESS_EMBEDS | COMPONENTS_V2  # the latter cannot be taken back
            message.flags |= body["flags"] & (settable if edit else ~EPHEMERAL)
        if "content" in body:
            message.content = mentions.cleaned(body["content"] or "")
        for key in ("embeds", "components"):
            if key in body:
                setattr(message, key, body[key] or [])
        for embed in message.embeds:
            embed.setdefault("type", "rich")
        if body.get("attachments") is not None:
            kept = {int(each["id"]) for each in body["attachments"]}
            message.files = [file for file in message.files if file.id in kept]
        hidden = message.only is not None
        message.files += [self.file(message.channel, *file, hidden=hidden) for file in files]
        text = "\n".join((message.content, *texts(message.components)))
        webhook = message.cause is not None or message.author.webhook
        mentions.apply(message, text, body.get("allowed_mentions"), webhook=webhook)

    def _changed(self, message: Message) -> None:
        message.times.append(asyncio.get_running_loop().time())
