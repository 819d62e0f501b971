"""Finds the chat, topic and message that a call is about, or refuses as Telegram does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.telegram.errors import bad, forbidden
from tests.fakes.telegram.text import formatted
from tests.fakes.telegram.world import Chat, Json, Stored, quoted

if TYPE_CHECKING:
    from tests.fakes.telegram.fake import Fake
    from tests.fakes.telegram.params import Params


def find(fake: Fake, name: str) -> Chat:
    """Give the chat with this id, or this @name if it is public."""
    if not name:
        raise bad("chat_id is empty")
    if name.lstrip("-").isdigit():
        chat = fake.world.chats.get(int(name))
    else:
        wanted = name.lstrip("@").lower()
        public = (c for c in fake.world.chats.values() if c.username.lower() == wanted)
        chat = next(public, None)
    if not chat:
        raise bad("chat not found")
    return chat


def present(fake: Fake, p: Params) -> Chat:
    """Give a chat where the bot still is."""
    chat = find(fake, p.text("chat_id"))
    kind = "group" if chat.type == "group" else chat.type
    if chat.migrated_to:
        raise bad(
            "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
        )
    if chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    if chat.bot_status == "left":
        raise forbidden(f"bot is not a member of the {kind} chat")
    if chat.user and chat.user.blocks:
        raise forbidden("bot was blocked by the user")
    if chat.user and not chat.user.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def writable(fake: Fake, p: Params) -> Chat:
    """Give a chat where the bot may write."""
    chat = present(fake, p)
    if not chat.bot_may_write and chat.bot_status != "administrator":
        raise bad("not enough rights to send text messages to the chat")
    return chat


def thread(chat: Chat, p: Params) -> int:
    """Give the topic asked for, 0 for none; only a forum has topics, and General has no number."""
    wanted = p.number("message_thread_id")
    if wanted and wanted not in chat.topics:
        raise bad("message thread not found")
    if wanted in chat.closed and chat.bot_status != "administrator":
        raise bad("TOPIC_CLOSED")
    return wanted


def answered(fake: Fake, chat: Chat, p: Params) -> tuple[Stored | None, Json]:
    """Give the message to reply to and the fields that a reply gets."""
    spec = p.json("reply_parameters") or {}
    wanted = spec.get("message_id") or p.number("reply_to_message_id")
    if not wanted:
        return None, {}
    if spec.get("chat_id") not in {None, chat.id, str(chat.id)}:
        fake.complain("a reply into another chat is not played by this fake")
    target = chat.alive(int(wanted))
    if not target:
        if spec.get("allow_sending_without_reply") or p.flag("allow_sending_without_reply"):
            return None, {}
        raise bad("message to be replied not found")
    fields: Json = {"reply_to_message": quoted(target)}
    if spec.get("quote"):
        fields["quote"] = _quote(target, spec)
    return target, fields


def _quote(target: Stored, spec: Json) -> Json:
    text, entities, _ = formatted(
        spec["quote"], spec.get("quote_parse_mode", ""), spec.get("quote_entities")
    )
    place = target.text.find(text)
    if place < 0:
        raise bad("QUOTE_TEXT_INVALID")
    position = len(target.text[:place].encode("utf-16-le")) // 2
    return {"text": text, "position": position, "is_manual": True} | (
        {"entities": entities} if entities else {}
    )


def own(fake: Fake, p: Params) -> tuple[Chat, Stored]:
    """Give a message of the bot's that it may edit."""
    if p.text("inline_message_id"):
        raise bad("message to edit not found")
    chat = present(fake, p)
    message = chat.alive(p.number("message_id"))
    if not message:
        raise bad("message to edit not found")
    if not message.by_bot:
        raise bad("message can't be edited")
    return chat, message


def in_thread(chat: Chat, topic: int, target: Stored | None) -> Json:
    """Give the thread fields of a new message: a plain one in a topic replies to its root."""
    if target and not topic and chat.is_forum:
        topic = int(target.json.get("message_thread_id", 0))
    if topic and chat.is_forum:
        fields: Json = {"message_thread_id": topic, "is_topic_message": True}
        return fields | {"reply_to_message": chat.messages[topic].json}
    if target and chat.type == "supergroup":
        return {"message_thread_id": target.json.get("message_thread_id", target.id)}
    return {}
