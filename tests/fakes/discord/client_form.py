"""What a Discord client makes of what a person did: the data of interactions, and lines to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.human import Bubble

Json = dict[str, Any]


def command(chosen: Json, nesting: list[Json], options: list[Json]) -> Json:
    """The data of a command that was sent, its options inside of its sub-commands."""
    for level in reversed(nesting):
        options = [level | {"options": options}]
    data: Json = {key: chosen[key] for key in ("id", "name", "type", "guild_id") if key in chosen}
    return data | ({"options": options} if options else {})


def filled(part: Json, values: dict[str, str]) -> Json:
    made: Json = {"type": part["type"]}
    if "components" in part:
        made["components"] = [filled(each, values) for each in part["components"]]
    elif "component" in part:
        made["component"] = filled(part["component"], values)
    elif "custom_id" in part:
        made |= {"custom_id": part["custom_id"], "value": values.get(part["custom_id"], "")}
    return made


def emoji(button: Json) -> str | None:
    return (button.get("emoji") or {}).get("name")


def holds(bubble: Bubble, words: Sequence[str]) -> bool:
    return not bubble.streaming and all(word in bubble.text for word in words)


def line(bubble: Bubble) -> str:
    marks = [name for name in ("hidden", "streaming") if getattr(bubble, name)]
    return f"- {bubble.author} {marks or ''} {bubble.text!r} {list(bubble.buttons) or ''}"
