"""Which buttons, rows and containers Discord refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.fakes.discord.errors import Form

Json = dict[str, Any]
Path = tuple[str | int, ...]
ROW, BUTTON, SELECTS = 1, 2, (3, 5, 6, 7, 8)
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
V2 = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER)
LINK, PREMIUM = 5, 6


def check_components(form: Form, components: list[Json]) -> None:
    """At most 5 rows of at most 5 buttons each."""
    if len(components) > 5:
        words = "Must be between 1 and 5 in length."
        form.wrong(("components",), "BASE_TYPE_BAD_LENGTH", words)
    for index, row in enumerate(components):
        path: Path = ("components", index)
        if form.choice((*path, "type"), row.get("type"), (ROW,)):
            _check_row(form, path, row)
    _check_unique(form, components)


def check_v2(form: Form, body: Json, components: list[Json]) -> None:
    """Nothing beside the components, at most 40 of them, at most 4000 characters in all."""
    for key in ("content", "embeds", "sticker_ids", "poll"):
        if body.get(key):
            words = "The field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            form.wrong((key,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", words)
    parts = list(every(components))
    if len(parts) > 40:
        form.wrong(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "At most 40.")
    if sum(len(part.get("content") or "") for part in parts) > 4000:
        words = "The total number of characters displayed must not exceed 4000."
        form.wrong(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", words)
    _check_v2_parts(form, ("components",), components)
    _check_unique(form, components)


def _check_v2_parts(form: Form, path: Path, parts: list[Json]) -> None:
    for index, part in enumerate(parts):
        here: Path = (*path, index)
        if not form.choice((*here, "type"), part.get("type"), V2):
            continue
        if part["type"] == ROW:
            _check_row(form, here, part)
        elif part["type"] == TEXT:
            form.length((*here, "content"), part.get("content"), 1, 4000, need=True)
        elif part["type"] == CONTAINER:
            _check_v2_parts(form, (*here, "components"), part.get("components") or [])


def _check_row(form: Form, path: Path, row: Json) -> None:
    parts = row.get("components") or []
    if not 1 <= len(parts) <= 5:
        words = "Must be between 1 and 5 in length."
        form.wrong((*path, "components"), "BASE_TYPE_BAD_LENGTH", words)
    for index, part in enumerate(parts):
        here: Path = (*path, "components", index)
        if form.choice((*here, "type"), part.get("type"), (BUTTON, *SELECTS)):
            check_button(form, here, part)


def check_button(form: Form, path: Path, part: Json) -> None:
    link = part.get("style") == LINK
    if part["type"] == BUTTON:
        form.choice((*path, "style"), part.get("style"), (1, 2, 3, 4, LINK, PREMIUM))
        form.length((*path, "label"), part.get("label"), 0, 80)
        if not part.get("label") and not part.get("emoji"):
            words = "A button needs a label or an emoji."
            form.wrong(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", words)
    if part.get("style") == PREMIUM:
        return
    if not link:
        form.length((*path, "custom_id"), part.get("custom_id"), 1, 100, need=True)
        return
    form.length((*path, "url"), part.get("url"), 1, 512, need=True)
    if part.get("custom_id"):
        words = "A custom id and url cannot both be specified"
        form.wrong(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", words)
    if not str(part.get("url")).startswith(("http://", "https://", "discord://")):
        words = "Scheme must be one of ('http', 'https', 'discord')."
        form.wrong((*path, "url"), "URL_TYPE_INVALID_SCHEME", words)


def every(components: list[Json]) -> Iterator[Json]:
    """Every component, those inside of others too."""
    for part in components:
        yield part
        yield from every(part.get("components") or [])
        if accessory := part.get("accessory"):
            yield accessory


def _check_unique(form: Form, components: list[Json]) -> None:
    ids = [part["custom_id"] for part in every(components) if part.get("custom_id")]
    if len(ids) != len(set(ids)):
        words = "Component custom id cannot be duplicated"
        form.wrong(("components",), "COMPONENT_CUSTOM_ID_DUPLICATED", words)


def buttons(components: list[Json]) -> list[Json]:
    return [part for part in every(components) if part.get("type") == BUTTON]


def texts(components: list[Json]) -> list[str]:
    """What text displays say, in order."""
    return [part["content"] for part in every(components) if part.get("type") == TEXT]
