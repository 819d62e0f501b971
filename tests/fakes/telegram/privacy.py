"""Which messages of a group a bot in privacy mode is given."""

from __future__ import annotations

from tests.fakes.telegram.world import Json

SERVICE = {
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "group_chat_created",
    "supergroup_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "forum_topic_created",
    "forum_topic_closed",
    "forum_topic_reopened",
}


def meant_for_bot(message: Json, username: str) -> bool:
    """Whether it is a service message, a reply to the bot, a mention, or a command for it."""
    if SERVICE & message.keys():
        return True
    target = message.get("reply_to_message", {})
    if target.get("from", {}).get("username") == username and "forum_topic_created" not in target:
        return True
    return any(_names(word, username) for word in words(message))


def words(message: Json) -> list[tuple[str, str]]:
    """Give kind and text of each entity."""
    text = str(message.get("text") or message.get("caption") or "").encode("utf-16-le")
    found = message.get("entities") or message.get("caption_entities") or []
    return [
        (e["type"], text[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in found
    ]


def _names(word: tuple[str, str], username: str) -> bool:
    kind, text = word
    if kind == "mention":
        return text.lower() == f"@{username.lower()}"
    called = text.partition("@")[2].lower()
    return kind == "bot_command" and called in {"", username.lower()}
