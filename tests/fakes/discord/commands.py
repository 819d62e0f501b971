"""The commands that the bot registered, and what people find in their menu."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.discord import permissions
from tests.fakes.discord.command_form import (
    ATTACHMENT,
    BOOLEAN,
    CHAT,
    GROUP,
    INTEGER,
    NUMBER,
    STRING,
    SUBCOMMAND,
    check_commands,
)
from tests.fakes.discord.world import Channel, User

if TYPE_CHECKING:
    from tests.fakes.discord.town import Town

Json = dict[str, Any]


class NotOffered(LookupError):
    """A person looked for a command that their menu does not show."""


@dataclass
class Commands:
    """Registered commands: those of guild 0 are global."""

    fake: Town
    known: dict[int, list[Json]] = field(default_factory=dict)
    syncs: int = 0

    def replace(self, guild: int, commands: list[Json]) -> list[Json]:
        check_commands(commands)
        before = {(each["type"], each["name"]): each for each in self.known.get(guild, ())}
        self.known[guild] = [self._filled(each, guild, before) for each in commands]
        self.syncs += 1
        return self.known[guild]

    def _filled(self, given: Json, guild: int, before: dict[tuple[int, str], Json]) -> Json:
        kind = given.get("type") or CHAT
        old = before.get((kind, given["name"]), {})
        ids = {
            "id": old.get("id") or str(self.fake.clock.id()),
            "version": str(self.fake.clock.id()),
        }
        needed = given.get("default_member_permissions")
        body = {
            **ids,
            "application_id": str(self.fake.bot.id),
            "type": kind,
            "name": given["name"],
            "description": given.get("description") or "",
            "default_member_permissions": None if needed is None else str(needed),
            "nsfw": bool(given.get("nsfw")),
            "options": given.get("options") or [],
            "integration_types": given.get("integration_types") or [0],
            "contexts": given.get("contexts"),
        }
        if guild:
            return body | {"guild_id": str(guild)}
        return body | {"dm_permission": given.get("dm_permission", True)}

    def find(self, name: str, kind: int, user: User, channel: Channel) -> tuple[Json, list[str]]:
        """Give a command and the names of the sub-command in it (`library use` → use).

        Raises NotOffered with the reason where this person would not find it in this channel.
        """
        first, *rest = name.split() if kind == CHAT else [name]
        guild = channel.guild.id if channel.guild else 0
        if channel.guild and self.fake.bot.id not in channel.guild.members:
            raise NotOffered(f"the bot is not in {channel.guild.name}")
        offered = [*self.known.get(guild, ()), *self.known.get(0, ())]
        named = [each for each in offered if (each["type"], each["name"]) == (kind, first)]
        if not named:
            names = sorted(each["name"] for each in offered if each["type"] == kind)
            raise NotOffered(f"/{first} was never synced here; synced are: {names}")
        self._check(named[0], user, channel)
        return named[0], rest

    def _check(self, command: Json, user: User, channel: Channel) -> None:
        name, guild = command["name"], channel.guild
        context = 0 if guild else 1
        allowed = command["contexts"]
        if allowed is None:
            allowed = [0, 1] if command.get("dm_permission", True) else [0]
        if context not in allowed:
            raise NotOffered(f"/{name} is not offered in {'a server' if guild else 'a DM'}")
        if guild is None:
            return
        have = permissions.in_channel(channel, user)
        if not have & permissions.USE_APPLICATION_COMMANDS:
            raise NotOffered(f"{user.name} may use no commands here")
        needed = command["default_member_permissions"]
        if needed is None or name in guild.opened or have == permissions.ALL:
            return
        if int(needed) == 0 or have & int(needed) != int(needed):
            raise NotOffered(f"/{name} is not offered to {user.name}, who lacks permissions")


def inner(command: Json, names: list[str]) -> tuple[list[Json], list[Json]]:
    """Give the options of a sub-command, and the nesting in which an interaction sends them."""
    options, nesting = command["options"], []
    for name in names:
        found = [each for each in options if each["name"] == name]
        if not found or found[0]["type"] not in (SUBCOMMAND, GROUP):
            raise NotOffered(f"/{command['name']} has no {name!r}")
        nesting.append({"type": found[0]["type"], "name": name})
        options = found[0].get("options") or []
    if options and options[0]["type"] in (SUBCOMMAND, GROUP):
        raise NotOffered(f"/{command['name']} needs one of {[each['name'] for each in options]}")
    return options, nesting


def fill(options: list[Json], given: dict[str, Any], text: str, files: list[str]) -> list[Json]:
    """Put a person's text and files into the options of a command.

    The text goes into the first required string, else the first string, integer, number or boolean.
    Raises NotOffered where something has no option to go into, or a needed one stays empty.
    """
    values = dict(given)
    places = [each["name"] for each in options if each["type"] == ATTACHMENT]
    if len(files) > len(places):
        raise NotOffered(f"{len(files)} files, but {len(places)} options take one")
    values |= dict(zip(places, files, strict=False))
    if text:
        strings = [each for each in options if each["type"] == STRING]
        needed = [each for each in strings if each.get("required")]
        others = [each for each in options if each["type"] in (STRING, INTEGER, NUMBER, BOOLEAN)]
        into = [each for each in (*needed, *others) if each["name"] not in values]
        if not into:
            raise NotOffered(f"no option takes the text {text!r}")
        values[into[0]["name"]] = text
    names = {each["name"] for each in options}
    if unknown := values.keys() - names:
        raise NotOffered(f"no option is called {sorted(unknown)}; there are {sorted(names)}")
    if empty := [e["name"] for e in options if e.get("required") and e["name"] not in values]:
        raise NotOffered(f"the client does not send it without {empty}")
    return [_value(each, values[each["name"]]) for each in options if each["name"] in values]


def _value(option: Json, given: Any) -> Json:
    kind, name = option["type"], option["name"]
    value = given
    if kind in (INTEGER, NUMBER) and isinstance(given, str):
        try:
            value = int(given) if kind == INTEGER else float(given)
        except ValueError as fault:
            raise NotOffered(f"{name} takes a number, not {given!r}") from fault
    elif kind == BOOLEAN and isinstance(given, str):
        value = given.lower() in ("true", "yes", "1")
    elif kind == STRING:
        _check_string(option, str(given))
    return {"type": kind, "name": name, "value": value}


def _check_string(option: Json, given: str) -> None:
    most, least = option.get("max_length") or 6000, option.get("min_length") or 0
    if not least <= len(given) <= most:
        raise NotOffered(f"{option['name']} takes {least} to {most} characters, not {len(given)}")
    choices = [each["value"] for each in option.get("choices") or ()]
    if choices and given not in choices:
        raise NotOffered(f"{option['name']} is one of {choices}, not {given!r}")
