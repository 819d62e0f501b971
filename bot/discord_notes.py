"""What a Discord event asks, as plain facts that can be kept until it is answered."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import discord

from bot.pasted import is_handed_over, is_links, is_short_question
from bot.typed import typed
from handlers.courtesy import is_greeting, is_pointing, is_storing, is_thanks
from handlers.messages import Origin, Person, Place
from storage.records import Letter

PLATFORM = "discord"
REACTION = "(reaction)"  # no command has such a name
_SPOKEN = (discord.MessageType.default, discord.MessageType.reply)


@dataclass(frozen=True, slots=True)
class Held:
    """A file that lies with Discord."""

    name: str
    url: str
    size: int


@dataclass(frozen=True, slots=True)
class Note:
    """An event as facts. `command` is empty for what can't be read, `key` that of a button.

    `token` and `application` are an interaction's, `about` the message that a reply goes on from,
    `admin` what Discord said of the person when it sent the event.
    """

    event: int
    channel: int
    guild: int | None
    message: int | None
    user: int
    name: str
    command: str
    text: str = ""
    files: tuple[Held, ...] = ()
    origin: Origin | None = None
    about: str | None = None
    admin: bool = False
    key: str = ""
    token: str = ""
    application: int = 0
    hidden: bool = False

    @property
    def person(self) -> Person:
        """Who asks."""
        return Person(f"{PLATFORM}:{self.user}", self.name, self.admin)

    @property
    def place(self) -> Place:
        """Where: the server, or in private the person; the channel and message are the spot."""
        private = self.guild is None
        spot = f"{self.channel}/{self.message or ''}"
        return Place(
            f"{PLATFORM}:{self.user if private else self.guild}", private, paged=True, spot=spot
        )


def letter_of(note: Note, version: str = "") -> Letter:
    """Give a note as a letter; `version` tells one edit of a message from another."""
    words = f"{note.text}\n{' '.join(file.url.partition('?')[0] for file in note.files)}"
    return Letter(
        platform=PLATFORM,
        key=f"{note.event}{version}",
        place=note.place.id,
        message="" if note.token else str(note.message or ""),
        person=note.person.id,
        body=json.dumps(asdict(note)),
        digest=hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        sent=discord.utils.snowflake_time(note.event).timestamp(),
    )


def note_of(letter: Letter) -> Note:
    """Give the note that a letter was made of."""
    facts: dict[str, Any] = json.loads(letter.body)
    origin = facts.pop("origin")
    files = tuple(Held(**each) for each in facts.pop("files"))
    return Note(**facts, files=files, origin=Origin(**origin) if origin else None)


def read(message: discord.Message, me: discord.ClientUser) -> Note | None:
    """Give what a message asks; in a server only where it speaks to the bot."""
    if message.author.bot or message.webhook_id or message.type not in _SPOKEN:
        return None
    replied = message.reference.resolved if message.reference else None
    to_me = isinstance(replied, discord.Message) and replied.author.id == me.id
    if message.guild and not to_me and not _names(message, message.guild, me):
        return None
    text = _without(message.clean_content, message, me)
    other = replied if isinstance(replied, discord.Message) and not to_me else None
    if other and is_pointing(text):
        text = other.clean_content or text
    note = Note(
        event=message.id,
        channel=message.channel.id,
        guild=message.guild.id if message.guild else None,
        message=message.id,
        user=message.author.id,
        name=message.author.display_name,
        command="ask",
        text=text,
        about=str(replied.id) if to_me and isinstance(replied, discord.Message) else None,
        admin=_manages(message.author),
    )
    return _to_store(note, other) if other and is_storing(text) else _sorted(message, note)


def _to_store(note: Note, said: discord.Message) -> Note:
    """Read that a message of somebody else's is to be stored."""
    files = held(said.attachments)
    return replace(note, command="ingest", text=said.content, files=files, origin=said_by(said))


def reacted(payload: discord.RawReactionActionEvent) -> Note:
    """Give what somebody put under a message; Discord says not when, so it is now."""
    return Note(
        event=discord.utils.time_snowflake(discord.utils.utcnow()),
        channel=payload.channel_id,
        guild=payload.guild_id,
        message=None,
        user=payload.user_id,
        name=payload.member.display_name if payload.member else "",
        command=REACTION,
        text=payload.emoji.name,
        about=str(payload.message_id),
    )


def _sorted(message: discord.Message, note: Note) -> Note | None:
    """Tell a question from what is to be stored: files, forwarded posts, links, long texts."""
    if message.message_snapshots:
        snapshot = message.message_snapshots[0]
        if is_short_question(snapshot.content) and not snapshot.attachments:
            return replace(note, text=snapshot.content)
        forwarded = replace(note, command="ingest", text=snapshot.content)
        return replace(
            forwarded, files=held(snapshot.attachments), origin=_origin(message, snapshot)
        )
    if message.attachments:
        return replace(note, command="ingest", files=held(message.attachments))
    if not note.text.strip():
        return _empty(message, note)
    if command := typed(note.text):
        return replace(note, command=command[0], text=command[1])
    if (note.guild is None and is_handed_over(note.text)) or is_links(note.text):
        return replace(note, command="ingest")
    if is_thanks(note.text):
        return None
    if is_greeting(note.text):
        return replace(note, command="help", text="")
    return note


def _empty(message: discord.Message, note: Note) -> Note | None:
    """Read a message without words: one that only names the bot wants to know what it can do."""
    if note.guild is None:
        return replace(note, command="")
    named = message.content and not note.about
    return replace(note, command="help") if named else None


def held(attachments: Sequence[discord.Attachment]) -> tuple[Held, ...]:
    """Give attachments as what is kept of them."""
    return tuple(Held(each.filename, each.url, each.size) for each in attachments)


def said_by(message: discord.Message) -> Origin:
    """Give where a message stands."""
    site = message.guild.name if message.guild else None
    day = message.created_at.date().isoformat()
    return Origin(message.author.display_name, site, message.jump_url, day)


def _origin(message: discord.Message, snapshot: discord.MessageSnapshot) -> Origin:
    """Give where a forwarded message came from, as far as Discord tells."""
    link = message.reference.jump_url if message.reference else None
    return Origin(None, None, link, snapshot.created_at.date().isoformat())


def _without(text: str, message: discord.Message, me: discord.ClientUser) -> str:
    """Take the bot's own name out of a text in which mentions are written as names."""
    names = {me.name, me.display_name}
    if message.guild and message.guild.me:
        names.add(message.guild.me.display_name)
    pattern = "|".join(re.escape(f"@{name}") for name in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?:{pattern})[ ,:]*", "", text).strip()


def _names(message: discord.Message, guild: discord.Guild, me: discord.ClientUser) -> bool:
    """Whether the bot is mentioned, or the role of its own that is easily taken for it."""
    return me in message.mentions or guild.self_role in message.role_mentions


def _manages(author: discord.User | discord.Member) -> bool:
    return isinstance(author, discord.Member) and author.guild_permissions.manage_guild
