"""All that was said in a channel, in order, as it was shown: for a picture or a look by eye."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from tests.fakes.discord.bubbles import names, sees
from tests.fakes.discord.component_form import ROW, SECTION, every, texts
from tests.fakes.discord.component_form import buttons as buttons_in
from tests.fakes.discord.entries import Button, Card, Entry, Quoted, Transcript, Used
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.markdown import Block, Name, parse, plain, shown
from tests.fakes.discord.world import COMMAND, LOADING, REPLY, Cause, Channel, File, Message, User

if TYPE_CHECKING:
    from tests.fakes.discord.town import Town

Json = dict[str, Any]
STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link"}


def transcript(fake: Town, channel: Channel, viewer: User | None = None) -> Transcript:
    """Give all that is shown in a channel, oldest first; hidden answers to whom they are for."""
    name = names(fake, channel)
    entries = [
        _entry(fake, message, name)
        for message in channel.messages.values()
        if not message.gone and (viewer is None or sees(message, viewer))
    ]
    entries += [
        _failed(fake, one)
        for one in fake.interactions.all.values()
        if one.silence and one.channel is channel and viewer in (None, one.user)
    ]
    guest = channel.guest.name if channel.guest else ""
    return Transcript(
        channel.name or guest,
        channel.guild.name if channel.guild else None,
        viewer.name if viewer else None,
        tuple(sorted(entries, key=lambda each: int(each.id))),
    )


def _entry(fake: Town, message: Message, name: Name) -> Entry:
    written = "\n".join(part for part in (message.content, *texts(message.components)) if part)
    thinking = bool(message.flags & LOADING)
    return Entry(
        id=str(message.id),
        author=message.author.name,
        app=message.author.bot,
        at=_moment(fake, message.id),
        blocks=_named(parse(written), name),
        cards=tuple(_card(each, name) for each in message.embeds),
        buttons=tuple(_rows(message.components)),
        files=tuple((_title(file), len(file.data)) for file in message.files),
        reactions=tuple(Counter(emoji for _, emoji in message.reactions).items()),
        reply=_quoted(message, name),
        used=_used(message.cause) if _opens(message) else None,
        thread=message.thread.name if message.thread else None,
        pings=tuple(user.name for user in message.pings),
        edited=message.edited is not None and not message.cause,
        thinking=thinking,
        hidden=message.only.name if message.only else "",
    )


def _title(file: File) -> str:
    return f"{file.title}{PurePath(file.name).suffix}" if file.title else file.name


def _moment(fake: Town, id_: int) -> datetime:
    return datetime.fromtimestamp(fake.clock.made(id_), UTC)


def _opens(message: Message) -> bool:
    return message.kind >= COMMAND and message.cause is not None


def _used(cause: Cause | None) -> Used | None:
    if cause is None:
        return None
    return Used(cause.user.name, f"/{cause.name}" if cause.command_kind == 1 else cause.name)


def _failed(fake: Town, one: Interaction) -> Entry:
    return Entry(
        id=str(one.id),
        author=fake.bot.name,
        app=True,
        at=_moment(fake, one.id),
        used=_used(one.cause) if one.kind == 2 else None,
        hidden=one.user.name,
        failed=one.silence,
    )


def _quoted(message: Message, name: Name) -> Quoted | None:
    there = message.reference
    if message.kind != REPLY:
        return None
    if there is None or there.gone:
        return Quoted("", False, "Original message was deleted")
    text = " ".join(plain(parse(there.content), name).split())
    return Quoted(there.author.name, there.author.bot, text or "Click to see attachment")


def _named(blocks: Sequence[Block], name: Name) -> tuple[Block, ...]:
    return tuple(
        replace(
            block,
            spans=tuple(replace(span, text=shown(span, name)) for span in block.spans),
            blocks=_named(block.blocks, name),
        )
        for block in blocks
    )


def _card(embed: Json, name: Name) -> Card:
    fields = [
        (each["name"], _named(parse(each["value"]), name)) for each in embed.get("fields") or ()
    ]
    return Card(
        embed.get("title") or "",
        embed.get("url"),
        _named(parse(embed.get("description") or ""), name),
        tuple(fields),
        (embed.get("footer") or {}).get("text", ""),
    )


def _rows(components: Sequence[Json]) -> Iterator[tuple[Button, ...]]:
    for part in every(list(components)):
        if part["type"] in (ROW, SECTION):
            found = tuple(_button(each) for each in buttons_in([part]))
            if found:
                yield found


def _button(part: Json) -> Button:
    emoji = (part.get("emoji") or {}).get("name") or ""
    label = " ".join(each for each in (emoji, part.get("label")) if each)
    style = STYLES.get(part.get("style", 2), "primary")
    return Button(label, style, part.get("url"), bool(part.get("disabled")))
