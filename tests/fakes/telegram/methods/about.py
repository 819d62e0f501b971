"""What the bot says of itself: name, commands, descriptions."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram.errors import bad
from tests.fakes.telegram.methods.places import find
from tests.fakes.telegram.methods.table import method

if TYPE_CHECKING:
    from tests.fakes.telegram.fake import Fake
    from tests.fakes.telegram.params import Params

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}


@method
async def get_me(fake: Fake, p: Params) -> Any:
    return fake.world.bot.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not fake.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _key(fake: Fake, p: Params) -> tuple[str, str]:
    """Give scope and language as one key; a scope of a chat needs the chat."""
    scope = p.json("scope") or {"type": "default"}
    if scope.get("type") not in CHAT_SCOPES | SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    if scope["type"] in CHAT_SCOPES:
        scope["chat_id"] = find(fake, str(scope.get("chat_id", ""))).id
    return json.dumps(scope, sort_keys=True), p.text("language_code")


@method
async def set_my_commands(fake: Fake, p: Params) -> Any:
    commands = p.json("commands", [])
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not _COMMAND.fullmatch(one["command"].removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    fake.commands[_key(fake, p)] = commands
    return True


@method
async def get_my_commands(fake: Fake, p: Params) -> Any:
    return fake.commands.get(_key(fake, p), [])


@method
async def delete_my_commands(fake: Fake, p: Params) -> Any:
    fake.commands.pop(_key(fake, p), None)
    return True


def _texts(name: str, most: int) -> None:
    """Make setMy… and getMy… for one text about the bot."""

    async def setter(fake: Fake, p: Params) -> Any:
        if len(p.text(name)) > most:
            raise bad(f"BOT_{name.upper()}_TOO_LONG")
        fake.about[name, p.text("language_code")] = p.text(name)
        return True

    async def getter(fake: Fake, p: Params) -> Any:
        usual = fake.about.get((name, ""), "")
        return {name: fake.about.get((name, p.text("language_code"))) or usual}

    for prefix, function in (("set", setter), ("get", getter)):
        function.__name__ = f"{prefix}_my_{name}"
        method(function)


_texts("name", 64)
_texts("description", 512)
_texts("short_description", 120)


@method
async def set_chat_menu_button(fake: Fake, p: Params) -> Any:
    return True
