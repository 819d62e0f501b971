"""Reads a command that is typed as words: `/article 3`."""

from __future__ import annotations

import re

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?=\s|$)")


def typed(text: str) -> tuple[str, str] | None:
    """Give the command that a text begins with, and the words behind it; None for any other."""
    named = _COMMAND.match(text.strip())
    return (named["name"].lower(), text.strip()[named.end() :].strip()) if named else None
