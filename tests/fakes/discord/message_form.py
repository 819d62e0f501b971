"""Which messages Discord refuses: too long, empty, bad buttons, bad flags."""

from __future__ import annotations

from typing import Any

from tests.fakes.discord import mentions
from tests.fakes.discord.component_form import check_components, check_v2
from tests.fakes.discord.errors import Form, empty_message
from tests.fakes.discord.mentions import cleaned
from tests.fakes.discord.world import (
    COMPONENTS_V2,
    EPHEMERAL,
    SUPPRESS_EMBEDS,
    SUPPRESS_NOTIFICATIONS,
)

Json = dict[str, Any]
SENT = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2
EDITED = SUPPRESS_EMBEDS | COMPONENTS_V2
EMBED_LIMITS = {"title": 256, "description": 4096}


def check_message(body: Json, *, files: int, hidden: bool = False, edit: bool = False) -> None:
    """Raise what is wrong with a message to be sent (`hidden`: it may be ephemeral) or edited."""
    form = Form()
    form.length(("content",), body.get("content"), 0, 2000)
    nonce = body.get("nonce")
    form.length(("nonce",), nonce if isinstance(nonce, str) else None, 0, 25)
    mentions.check(form, body.get("allowed_mentions"))
    allowed = EDITED if edit else SENT | (EPHEMERAL if hidden else 0)
    flags = body.get("flags") or 0
    if flags & ~allowed and not edit:  # what an edit may not set is ignored
        form.wrong(("flags",), "MESSAGE_FLAGS_INVALID", "Some of these flags cannot be set.")
    _check_embeds(form, body.get("embeds") or [])
    components = body.get("components") or []
    if flags & COMPONENTS_V2:
        check_v2(form, body, components)
    else:
        check_components(form, components)
    _check_files(form, body.get("attachments"), files, edit)
    form.check()
    if not edit and not (is_something(body) or files):
        raise empty_message()


def is_something(body: Json) -> bool:
    """Whether a body holds anything that a person could see."""
    text = cleaned(body.get("content") or "")
    return bool(
        text or any(body.get(key) for key in ("embeds", "components", "sticker_ids", "poll"))
    )


def _check_embeds(form: Form, embeds: list[Json]) -> None:
    if len(embeds) > 10:
        form.wrong(("embeds",), "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    total = 0
    for index, embed in enumerate(embeds):
        for key, most in EMBED_LIMITS.items():
            form.length(("embeds", index, key), embed.get(key), 0, most)
            total += len(embed.get(key) or "")
        fields = embed.get("fields") or []
        if len(fields) > 25:
            path = ("embeds", index, "fields")
            form.wrong(path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
        for place, each in enumerate(fields):
            inner = ("embeds", index, "fields", place)
            form.length((*inner, "name"), each.get("name"), 1, 256, need=True)
            form.length((*inner, "value"), each.get("value"), 1, 1024, need=True)
            total += len(each.get("name") or "") + len(each.get("value") or "")
        footer = (embed.get("footer") or {}).get("text")
        form.length(("embeds", index, "footer", "text"), footer, 0, 2048)
        total += len(footer or "")
    if total > 6000:
        words = "Embed size exceeds maximum size of 6000"
        form.wrong(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", words)


def _check_files(form: Form, listed: list[Json] | None, files: int, edit: bool) -> None:
    if listed is None:
        return
    if len(listed) > 10:
        form.wrong(("attachments",), "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    for index, each in enumerate(listed):
        number = int(each.get("id", -1))
        if number >= files and not edit:
            words = "The attachment has no file."
            form.wrong(("attachments", index, "id"), "ATTACHMENT_NOT_FOUND", words)
