"""Where a Telegram message came from: who wrote it, in which chat, on which day."""

from __future__ import annotations

from datetime import datetime

from telegram import (
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from handlers.messages import Origin


def forwarded_from(message: Message) -> Origin | None:
    """Give where a forwarded message came from, as far as Telegram tells."""
    origin = message.forward_origin
    date = _day(origin.date) if origin else None
    match origin:
        case MessageOriginChannel():
            link = _link(origin.chat.username, origin.chat.id, origin.message_id)
            return Origin(origin.author_signature, origin.chat.title, link, date)
        case MessageOriginUser():
            return Origin(origin.sender_user.full_name, None, None, date)
        case MessageOriginHiddenUser():
            return Origin(origin.sender_user_name, None, None, date)
        case MessageOriginChat():
            return Origin(origin.author_signature, origin.sender_chat.title, None, date)
        case _:
            return None


def said_by(message: Message) -> Origin:
    """Give where a message of this chat stands."""
    author = message.from_user.full_name if message.from_user else None
    return Origin(author, message.chat.title, message.link, _day(message.date))


def _link(username: str | None, chat: int, message: int) -> str:
    if username:
        return f"https://t.me/{username}/{message}"
    return f"https://t.me/c/{str(chat).removeprefix('-100')}/{message}"


def _day(date: datetime) -> str:
    return date.date().isoformat()
