"""A message as Discord writes it in JSON, with or without its content."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.fakes.discord import payloads
from tests.fakes.discord.world import Cause, File, Message, User

Json = dict[str, Any]
CDN = "https://cdn.discordapp.com"


def url(file: File) -> str:
    """Where a file lies; a signature like the real one's is part of it."""
    kind = "ephemeral-attachments" if file.hidden else "attachments"
    return f"{CDN}/{kind}/{file.channel}/{file.id}/{file.name}?ex=1&is=1&hm=0a"


def attachment(file: File) -> Json:
    body: Json = {
        "id": str(file.id),
        "filename": file.name,
        "size": len(file.data),
        "url": url(file),
        "proxy_url": url(file).replace(CDN, "https://media.discordapp.net"),
        "content_type": file.kind,
    }
    if file.title:
        body["title"] = file.title
    return body | ({"ephemeral": True} if file.hidden else {})


def message(one: Message, bot: User, *, content: bool = True, nested: bool = False) -> Json:
    """A message as `bot` gets it: without `content` all that a person wrote is left out."""
    body: Json = {
        "id": str(one.id),
        "channel_id": str(one.channel.id),
        "type": one.kind,
        "author": payloads.user(one.author),
        "content": one.content if content else "",
        "attachments": [attachment(file) for file in one.files] if content else [],
        "embeds": one.embeds if content else [],
        "components": numbered(one.components) if content else [],
        "mentions": [payloads.user(each) for each in one.mentioned],
        "mention_roles": [str(role.id) for role in one.mentioned_roles],
        "mention_everyone": one.mentions_everyone,
        "timestamp": one.sent,
        "edited_timestamp": one.edited,
        "flags": one.flags,
        "pinned": False,
        "tts": False,
    }
    if one.author.webhook:
        body["webhook_id"] = str(one.author.id)
    if one.nonce is not None:
        body["nonce"] = one.nonce
    if one.cause:
        body |= {"webhook_id": str(bot.id), "application_id": str(bot.id)}
        body |= _cause(one, one.cause)
    if one.reference_id:
        body["message_reference"] = _reference(one)
    if nested:
        return body
    if one.thread:
        body["thread"] = payloads.channel(one.thread)
    if one.reactions and content:
        body["reactions"] = _reactions(one, bot)
    if one.reference_id:
        there = one.reference
        body["referenced_message"] = None
        if there and not there.gone:
            body["referenced_message"] = message(there, bot, content=content, nested=True)
    return body


def _reference(one: Message) -> Json:
    where = {"guild_id": str(one.channel.guild.id)} if one.channel.guild else {}
    channel = str(one.channel.id)
    return {"type": 0, "channel_id": channel, "message_id": str(one.reference_id), **where}


def _cause(one: Message, cause: Cause) -> Json:
    about = _metadata(one, cause)
    if cause.kind != 2:
        return {"interaction_metadata": about}
    old = {"id": str(cause.id), "type": 2, "name": cause.name, "user": payloads.user(cause.user)}
    return {"interaction_metadata": about, "interaction": old}


def _metadata(one: Message, cause: Cause) -> Json:
    guild = one.channel.guild
    about: Json = {
        "id": str(cause.id),
        "type": cause.kind,
        "user": payloads.user(cause.user),
        "authorizing_integration_owners": {"0": str(guild.id) if guild else "0"},
    }
    if cause.kind == 3 and cause.message:
        about["interacted_message_id"] = str(cause.message.id)
    if cause.target:
        about["target_message_id"] = str(cause.target.id)
    if cause.trigger:
        about["triggering_interaction_metadata"] = _metadata(one, cause.trigger)
    return about


def _reactions(one: Message, bot: User) -> list[Json]:
    counts = Counter(emoji for _, emoji in one.reactions)
    return [
        {
            "emoji": {"id": None, "name": emoji},
            "count": count,
            "count_details": {"burst": 0, "normal": count},
            "burst_colors": [],
            "me_burst": False,
            "me": (bot, emoji) in one.reactions,
        }
        for emoji, count in counts.items()
    ]


def numbered(components: list[Json]) -> list[Json]:
    """Components with the ids that Discord gives to those that came without."""
    step = 0

    def one(part: Json) -> Json:
        nonlocal step
        step += 1
        made = {**part, "id": part.get("id") or step}
        for key in ("components", "accessory"):
            inner = part.get(key)
            if isinstance(inner, list):
                made[key] = [one(each) for each in inner]
            elif inner:
                made[key] = one(inner)
        return made

    return [one(part) for part in components]
