"""Which application commands Discord refuses to register."""

from __future__ import annotations

from collections import Counter
from typing import Any

import regex

from tests.fakes.discord.errors import Form

Json = dict[str, Any]
Path = tuple[str | int, ...]
NAME = regex.compile(r"[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}")
CHAT, USER, MESSAGE = 1, 2, 3
MOST = {CHAT: 100, USER: 15, MESSAGE: 15}
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, NUMBER, ATTACHMENT = 1, 2, 3, 4, 5, 10, 11
KINDS = tuple(range(1, 12))
NESTING = {0: KINDS, GROUP: (SUBCOMMAND,), SUBCOMMAND: KINDS[2:]}  # what may stand in what


def check_commands(commands: list[Json]) -> None:
    """Raise all that is wrong with a set of commands that would replace the present one."""
    form = Form()
    counts = Counter((each.get("type") or CHAT, each.get("name")) for each in commands)
    for index, command in enumerate(commands):
        kind = command.get("type") or CHAT
        if counts[kind, command.get("name")] > 1:
            words = "Application command names must be unique"
            form.wrong((index, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", words)
        if form.choice((index, "type"), kind, (CHAT, USER, MESSAGE)):
            _check_command(form, (index,), command, kind)
    for kind, most in MOST.items():
        if sum((each.get("type") or CHAT) == kind for each in commands) > most:
            words = f"Maximum number of application commands reached ({most})."
            form.wrong((), "APPLICATION_COMMAND_LIMIT_REACHED", words)
    form.check()


def _check_command(form: Form, path: Path, command: Json, kind: int) -> None:
    if kind == CHAT:
        _check_name(form, (*path, "name"), command.get("name"))
        form.length((*path, "description"), command.get("description"), 1, 100, need=True)
        _check_options(form, path, command.get("options") or [])
        if _size(command) > 8000:
            words = "Command exceeds maximum size (8000)"
            form.wrong(path, "APPLICATION_COMMAND_TOO_LARGE", words)
    else:
        form.length((*path, "name"), command.get("name"), 1, 32, need=True)
        for key in ("description", "options"):
            if command.get(key):
                words = "Context menu commands cannot have description or options"
                form.wrong((*path, key), "APPLICATION_COMMAND_CONTEXT_MENU_FIELD", words)
    for index, context in enumerate(command.get("contexts") or ()):
        form.choice((*path, "contexts", index), context, (0, 1, 2))
    for index, install in enumerate(command.get("integration_types") or ()):
        form.choice((*path, "integration_types", index), install, (0, 1))


def _check_name(form: Form, path: Path, name: object) -> None:
    form.length(path, name, 1, 32, need=True)
    if isinstance(name, str) and 0 < len(name) <= 32:
        if not NAME.fullmatch(name):
            words = "Command name is invalid"
            form.wrong(path, "APPLICATION_COMMAND_INVALID_NAME", words)
        elif name != name.lower():
            words = "Command name must be lowercase"
            form.wrong(path, "APPLICATION_COMMAND_INVALID_NAME", words)


def _check_options(form: Form, path: Path, options: list[Json], inside: int = 0) -> None:
    if len(options) > 25:
        words = "Must be 25 or fewer in length."
        form.wrong((*path, "options"), "BASE_TYPE_MAX_LENGTH", words)
    counts = Counter(each.get("name") for each in options)
    if len({each.get("type") in (SUBCOMMAND, GROUP) for each in options}) == 2:
        words = "Sub-commands cannot stand beside other options"
        form.wrong((*path, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", words)
    optional = False
    for index, option in enumerate(options):
        here: Path = (*path, "options", index)
        _check_name(form, (*here, "name"), option.get("name"))
        form.length((*here, "description"), option.get("description"), 1, 100, need=True)
        if counts[option.get("name")] > 1:
            words = "Option names must be unique"
            form.wrong((*here, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", words)
        if optional and option.get("required"):
            words = "Required options must be placed before non-required options"
            form.wrong(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", words)
        optional |= not option.get("required")
        if form.choice((*here, "type"), option.get("type"), KINDS):
            _check_option(form, here, option, inside)


def _check_option(form: Form, path: Path, option: Json, inside: int) -> None:
    kind, choices = option["type"], option.get("choices") or []
    if kind not in NESTING[inside]:
        words = "Sub-command and sub-command group option types cannot be here"
        form.wrong((*path, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", words)
        return
    if kind in (SUBCOMMAND, GROUP):
        _check_options(form, path, option.get("options") or [], kind)
        return
    if (choices or option.get("autocomplete")) and kind not in (STRING, INTEGER, NUMBER):
        words = "Only strings and numbers have choices"
        form.wrong((*path, "choices"), "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", words)
    if choices and option.get("autocomplete"):
        words = "Choices and autocomplete exclude each other"
        form.wrong(path, "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID", words)
    check_choices(form, (*path, "choices"), choices, kind)
    longest = option.get("max_length")
    if longest is not None and not 1 <= longest <= 6000:
        words = "int value should be between 1 and 6000."
        form.wrong((*path, "max_length"), "NUMBER_TYPE_RANGE", words)


def check_choices(form: Form, path: Path, choices: list[Json], kind: int) -> None:
    """At most 25, with names of 1 to 100 characters, and values of the option's type."""
    if len(choices) > 25:
        form.wrong(path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for index, choice in enumerate(choices):
        form.length((*path, index, "name"), choice.get("name"), 1, 100, need=True)
        value = choice.get("value")
        if kind == STRING:
            form.length((*path, index, "value"), value, 0, 100, need=True)
        elif not isinstance(value, int | float) or (kind == INTEGER and value != int(value)):
            words = "Could not interpret the value as a number."
            form.wrong((*path, index, "value"), "NUMBER_TYPE_COERCE", words)


def _size(part: Json) -> int:
    own = len(part.get("name") or "") + len(part.get("description") or "")
    values = (str(each["value"]) + each["name"] for each in part.get("choices") or ())
    return own + sum(map(len, values)) + sum(map(_size, part.get("options") or ()))
