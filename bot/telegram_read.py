"""What a Telegram message asks of the bot, if anything: a pure reading of one update."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import (
    Document,
    Message,
    MessageEntity,
    User,
)
from telegram.constants import ChatType

from bot.pasted import is_handed_over, is_links, is_short_question
from bot.telegram_origin import forwarded_from, said_by
from handlers.courtesy import is_greeting, is_pointing, is_storing, is_thanks
from handlers.messages import Origin, Person, Place
from handlers.reading.read import MOST_AROUND

PLATFORM = "telegram"
START = "start"  # what Telegram's own button sends
_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?=\s|$)")
ENDS = '.!?…。！？”"»'


@dataclass(frozen=True, slots=True)
class Call:
    """A command as it was called. `about` is the message that it is about, where it was a reply.

    `unreadable` means that there is something, but no text, link or file; `loose` that a command in
    a group names no bot, so that another bot may be meant.
    """

    command: str
    text: str = ""
    files: tuple[Document, ...] = ()
    origin: Origin | None = None
    about: str | None = None
    unreadable: bool = False
    loose: bool = False


def person_of(message: Message) -> Person:
    """Give who wrote. A message in the name of a chat (an anonymous admin) is nobody's."""
    if message.sender_chat or message.from_user is None:
        chat = message.sender_chat or message.chat
        return Person(f"{PLATFORM}:chat:{chat.id}", chat.title or "", nobody=True)
    return person_named(message.from_user)


def person_named(user: User) -> Person:
    """Give a user of Telegram as a person."""
    return Person(f"{PLATFORM}:{user.id}", user.full_name)


def place_of(message: Message) -> Place:
    """Give where a message stands; its topic and number are the spot."""
    chat = message.chat
    topic = message.message_thread_id if message.is_topic_message else None
    spot = f"{topic or ''}/{message.message_id}"
    return Place(f"{PLATFORM}:{chat.id}", chat.type == ChatType.PRIVATE, paged=True, spot=spot)


def read(message: Message, me: User) -> Call | None:
    """Give what a message asks; in a group only where it speaks to the bot."""
    if message.is_automatic_forward or (message.from_user and message.from_user.id == me.id):
        return None
    if message.from_user and message.from_user.is_bot and not message.sender_chat:
        return None
    private = message.chat.type == ChatType.PRIVATE
    if named := _COMMAND.match(message.text or message.caption or ""):
        return _command(message, me, named)
    text, mentioned = _without_mention(message, me)
    replied = _replied(message)
    about = str(replied.message_id) if replied and _is_mine(replied, me) else None
    if not (private or mentioned or about):
        return None
    if mentioned and replied and not about and is_storing(text):
        return _about(Call("ingest"), message, replied)
    if mentioned and replied and not about and is_pointing(text):
        text = _words_of(message, replied) or text
    if mentioned and message.text and not text:
        return Call("help")
    return _spoken(message, text, about, private=private)


def call_of(messages: Sequence[Message], me: User) -> Call | None:
    """Give what several messages ask together: an album's files, a paste's parts."""
    calls = [call for each in messages if (call := read(each, me))]
    if not calls:
        return None
    first, *rest = calls
    files = tuple(each.document for each in messages if each.document) or first.files
    text = first.text
    for call in rest:
        text = _continued(text, call.text)
    return replace(first, text=text, files=files)


def _continued(text: str, more: str) -> str:
    """Join what a long paste was cut into: between paragraphs, or between words."""
    if not (text and more):
        return text or more
    ended = text.rstrip()[-1:] in ENDS
    return f"{text}\n\n{more}" if ended else f"{text} {more}"


def _spoken(message: Message, text: str, about: str | None, *, private: bool) -> Call | None:
    """Read what was said without a command: a file or a forwarded post is to be stored."""
    origin = forwarded_from(message)
    if message.document:
        return Call("ingest", text, (message.document,), origin)
    if not text.strip():
        return Call("", unreadable=True) if private and not _is_service(message) else None
    passed_on = origin and not is_short_question(text)
    if (private and (passed_on or is_handed_over(text))) or is_links(text):
        return Call("ingest", _linked(message, text), origin=origin)
    if is_thanks(text):
        return None
    if is_greeting(text):
        return Call("help")
    return Call("ask", text, about=about)


def _command(message: Message, me: User, named: re.Match[str]) -> Call | None:
    """Read `/name words` or `/name@bot words`; another bot's command is nothing to us."""
    name, to = named["name"].lower(), named["bot"]
    if to and to.lower() != (me.username or "").lower():
        return None
    text = message.text or message.caption or ""
    rest = _with_ids(message, text)[named.end() :].strip()
    replied = _replied(message)
    about = str(replied.message_id) if replied and _is_mine(replied, me) else None
    files = (message.document,) if message.document else ()
    loose = not to and message.chat.type != ChatType.PRIVATE
    call = Call("help" if name == START else name, rest, files, about=about, loose=loose)
    if replied and not about and not rest and not files:
        return _about(call, message, replied)
    return call


def _about(call: Call, message: Message, replied: Message) -> Call:
    """Give a command with what it replies to: the file, the quoted part, or the text."""
    origin = forwarded_from(replied) or said_by(replied)
    if replied.document:
        return replace(call, files=(replied.document,), origin=origin)
    text = _words_of(message, replied)
    return replace(call, text=text, origin=origin, unreadable=not text)


def _words_of(message: Message, replied: Message) -> str:
    """Give what a message means of the one that it replies to: the part that it quotes, or all."""
    quote = message.quote.text if message.quote else ""
    return quote or _linked(replied, replied.text or replied.caption or "")


def _without_mention(message: Message, me: User) -> tuple[str, bool]:
    """Give a message's text without the bot's name, and whether that stood in it."""
    text = message.text or message.caption or ""
    entities = message.parse_entities() if message.text else message.parse_caption_entities()
    for entity, words in entities.items():
        if entity.type == MessageEntity.TEXT_MENTION and entity.user == me:
            text = text.replace(words, f"@{me.username}", 1)
    text, times = re.subn(rf"(?i)(?<![\w@])@{me.username}\b[ ,:]*", " ", text)
    return text.strip(), times > 0


def _with_ids(message: Message, text: str) -> str:
    """Put ids in the place of people who are named without a username."""
    entities = message.parse_entities([MessageEntity.TEXT_MENTION]) if message.text else {}
    for entity, words in entities.items():
        if entity.user:
            text = text.replace(words, f"{PLATFORM}:{entity.user.id}", 1)
    return text


def _linked(message: Message, text: str) -> str:
    """Put the address behind a word in the open, where a short post only points to an article."""
    entities = message.entities or message.caption_entities
    links = [each.url for each in entities if each.type == MessageEntity.TEXT_LINK and each.url]
    return f"{text}\n{links[0]}" if links and len(text.split()) <= MOST_AROUND else text


def _replied(message: Message) -> Message | None:
    """Give what a message replies to; in a topic, every message "replies" to its opening."""
    replied = message.reply_to_message
    return None if replied and replied.forum_topic_created else replied


def _is_mine(message: Message, me: User) -> bool:
    return message.from_user is not None and message.from_user.id == me.id


def _is_service(message: Message) -> bool:
    """Whether it only tells that something happened (somebody joined, a title changed)."""
    return message.effective_attachment is None
