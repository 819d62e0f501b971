"""What a person sees of the bot's messages in a channel."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.fakes.discord.component_form import LINK, buttons, texts
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.markdown import Block, Name, links, parse, plain
from tests.fakes.discord.world import LOADING, Channel, Message, User
from tests.human import Bubble

if TYPE_CHECKING:
    from tests.fakes.discord.town import Town


def names(fake: Town, channel: Channel) -> Name:
    """How a mention reads: people and channels by their names."""

    def name(kind: str, what: str) -> str | None:
        known: str | None = {"all": what, "command": f"/{what}", "emoji": what}.get(kind)
        if kind == "user" and (user := fake.world.users.get(int(what))):
            known = f"@{user.name}"
        elif kind == "channel" and (place := fake.world.channels.get(int(what))):
            known = f"#{place.name}"
        elif kind == "role" and channel.guild:
            roles = {role.id: role.name for role in channel.guild.roles}
            known = f"@{roles.get(int(what), 'unknown-role')}"
        elif kind == "time":
            known = f"{datetime.fromtimestamp(int(what), UTC):%d %B %Y %H:%M}"
        return known

    return name


def written(message: Message) -> str:
    """The markdown of a message: its content, text displays and embeds."""
    parts: list[str | None] = [message.content, *texts(message.components)]
    for embed in message.embeds:
        if embed.get("type", "rich") == "rich":
            fields = embed.get("fields") or ()
            parts += [embed.get("title"), embed.get("description")]
            parts += [text for each in fields for text in (each["name"], each["value"])]
            parts.append((embed.get("footer") or {}).get("text"))
    return "\n".join(part for part in parts if part)


def sees(message: Message, user: User) -> bool:
    return not message.gone and message.only in (None, user)


def bubble(fake: Town, message: Message) -> Bubble:
    raw = written(message)
    blocks: tuple[Block, ...] = parse(raw)
    thinking = bool(message.flags & LOADING)
    text = plain(blocks, names(fake, message.channel))
    under = buttons(message.components)
    targets = [each["url"] for each in under if each.get("style") == LINK]
    answers = str(message.reference_id) if message.reference_id else None
    if message.cause and not message.reference_id:
        answers = str(message.cause.id)
    return Bubble(
        id=str(message.id),
        chat=f"discord:{message.channel.id}",
        author=message.author.name,
        text=f"{message.author.name} is thinking…" if thinking else text,
        raw=raw,
        buttons=tuple(each.get("label") or _emoji(each) for each in under),
        reply_to=answers,
        links=tuple(dict.fromkeys((*links(blocks), *targets))),
        pings=tuple(user.key for user in message.pings),
        edits=len(message.times) - 1,
        times=tuple(message.times),
        hidden=message.only is not None,
        streaming=thinking,
    )


def _emoji(button: dict[str, dict[str, str]]) -> str:
    return (button.get("emoji") or {}).get("name", "")


def silent(one: Interaction) -> Bubble:
    """What the client itself shows where the bot did not answer."""
    return Bubble(
        id=str(one.id),
        chat=f"discord:{one.channel.id}",
        author="Discord",
        text=one.silence,
        raw="",
        reply_to=str(one.id),
        times=(one.shown,),
        hidden=True,
    )


def bubbles(fake: Town, channel: Channel, user: User) -> list[Bubble]:
    """All that `user` sees of the bot's in a channel, oldest first."""
    seen = [
        bubble(fake, message)
        for message in channel.messages.values()
        if message.author is fake.bot and sees(message, user)
    ]
    seen += [
        silent(one)
        for one in fake.interactions.all.values()
        if one.silence and one.user is user and one.channel is channel and one.kind != 4
    ]
    return sorted(seen, key=lambda one: one.times[0])
