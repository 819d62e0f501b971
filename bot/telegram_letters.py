"""Telegram's updates as letters: which of them are kept, and by what they are known again."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Container, Sequence

from telegram import Bot, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatType, MessageLimit

from bot.telegram_read import PLATFORM, person_of, read
from storage.records import Letter

NEARLY_FULL = MessageLimit.MAX_TEXT_LENGTH - 96  # a longer paste comes in several messages
_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)


def letter_of(update: Update, me: User) -> Letter | None:
    """Give an update as a letter, if there is something to answer."""
    if (query := update.callback_query) and query.message:
        place = f"{PLATFORM}:{query.message.chat.id}"
        return _letter(update, place, f"{PLATFORM}:{query.from_user.id}", time.time())
    if (member := update.my_chat_member) and is_welcome(member):
        place = f"{PLATFORM}:{member.chat.id}"
        return _letter(update, place, f"{PLATFORM}:{member.from_user.id}", member.date.timestamp())
    if (reaction := update.message_reaction) and reaction.user and reaction.new_reaction:
        place = f"{PLATFORM}:{reaction.chat.id}"
        person = f"{PLATFORM}:{reaction.user.id}"
        return _letter(update, place, person, reaction.date.timestamp())
    message = update.message or update.edited_message
    if message is None or not (read(message, me) or _in_album(message)):
        return None
    sent = (message.edit_date or message.date).timestamp()
    place = f"{PLATFORM}:{message.chat.id}"
    return _letter(update, place, person_of(message).id, sent, message)


def update_of(letter: Letter, bot: Bot) -> Update:
    """Give the update that a letter was made of."""
    return Update.de_json(json.loads(letter.body), bot)


def bundle_of(message: Message, opened: Container[str]) -> str:
    """Give what the parts of an album, or of a paste too long for one message, have in common."""
    if message.media_group_id:
        return f"album {message.chat.id} {message.media_group_id}"
    paste = f"paste {message.chat.id} {person_of(message).id}"
    return paste if paste in opened or len(message.text or "") >= NEARLY_FULL else ""


def is_clipped(messages: Sequence[Message]) -> bool:
    """Whether a text may go on behind its last message: in a group the rest never comes."""
    last = messages[-1]
    return last.chat.type != ChatType.PRIVATE and len(last.text or "") >= NEARLY_FULL


def edited_as(messages: Sequence[Message]) -> str:
    """Give what a text is known by when it is edited; nothing where it is a part of a paste."""
    first = messages[0]
    if len(messages) > 1 or len(first.text or "") >= NEARLY_FULL:
        return ""
    return f"{PLATFORM}:{first.chat.id}/{first.message_id}"


def is_welcome(member: ChatMemberUpdated) -> bool:
    """Whether the bot has just come into a group."""
    was, is_ = member.old_chat_member.status, member.new_chat_member.status
    return member.chat.type != ChatType.PRIVATE and was in _OUTSIDE and is_ not in _OUTSIDE


def _in_album(message: Message) -> bool:
    """Whether it is a file of an album, whose command stands under another file."""
    return bool(message.media_group_id and message.document)


def _letter(
    update: Update, place: str, person: str, sent: float, message: Message | None = None
) -> Letter:
    words = ""
    if message is not None:
        file = message.document.file_unique_id if message.document else ""
        words = f"{message.text or message.caption or ''}\n{file}"
    return Letter(
        platform=PLATFORM,
        key=str(update.update_id),
        place=place,
        message=str(message.message_id) if message else "",
        person=person,
        body=update.to_json(),
        digest=hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        sent=sent,
    )
