"""What the bot sent over a platform's wire, in the order of its calls."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import unescape

from tests.fakes.discord import DiscordServer
from tests.fakes.telegram import Fake as TelegramServer

JOINER = "\u200b"
SENDING = ("sendMessage", "editMessageText", "sendMessageDraft")


@dataclass(frozen=True)
class Said:
    """One call that showed a text, as a person would read it, HTML tags apart.

    `kind` is `send`, `edit` or `draft`; `at` in seconds.

    `quiet` means that no preview of a link can come of it, nor a ping; `taken` that the platform
    took it.
    """

    kind: str
    at: float
    text: str
    quiet: bool
    taken: bool


def said_on_telegram(fake: TelegramServer) -> list[Said]:
    kinds = dict(zip(SENDING, ("send", "edit", "draft"), strict=True))
    return [
        Said(
            kinds[call.method],
            call.at,
            unescape(call.params.get("text", "")),
            call.method == "sendMessageDraft"
            or json.loads(call.params.get("link_preview_options", "{}")).get("is_disabled", False),
            call.status == 200,
        )
        for call in fake.calls
        if call.method in kinds
    ]


def said_on_discord(fake: DiscordServer) -> list[Said]:
    calls = [call for call in fake.calls if call.body and "content" in call.body]
    return [
        Said(
            "send" if call.method == "POST" else "edit",
            call.at,
            (call.body["content"] or "").replace("\\", "").replace(JOINER, ""),
            call.body.get("allowed_mentions", {}).get("parse") == []
            and not call.body["allowed_mentions"].get("replied_user"),
            call.status in (200, 204),
        )
        for call in calls
    ]
