"""Keeps the words of others literal in Markdown, and gives them back plain."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_\[\]<>|~])")
# A mark that opens a heading, list, quote or rule where a line begins.
_OPENING = re.compile(
    r"^(\s*)(#{1,6}(?=\s|$)|[-+=](?=[\s=-]|$)|>|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE
)
_ENTITY = re.compile(r"&(?=#?\w+;)")
_COMMAND = re.compile(r"(?<![\w/])/(?=\w)")
_OWN = re.compile(r"(?<![\w/\\])/[a-z][a-z0-9_]*(?![\w/@])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STRONG = re.compile(r"(?<!\\)\*\*")
# Orders to a terminal, and marks that turn the direction of what follows them.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")


def tame(text: str) -> str:
    """Take out control characters; tabs and line ends stay."""
    text = text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _CONTROL.sub("", text)


def escape(text: str, *, own: bool = False) -> str:
    """Give Markdown that shows `text` as it is. In words of our `own` a command stays one: `/help`
    is escaped only in what others wrote.
    """
    marked = _ENTITY.sub(r"\\&", _MARKS.sub(r"\\\1", tame(text)))
    return _OPENING.sub(_literal, marked if own else _COMMAND.sub(r"\\/", marked))


def commands(markdown: str) -> frozenset[str]:
    """Give the commands that are not escaped in it."""
    return frozenset(_OWN.findall(markdown))


def plain(markdown: str) -> str:
    """Give the words of our own Markdown without escapes and strong marks."""
    return _ESCAPED.sub(r"\1", _STRONG.sub("", markdown))


def one_line(text: str, limit: int = 0) -> str:
    """Join a text to one line, cut with an ellipsis after `limit` characters (0: never)."""
    joined = " ".join(tame(text).split())
    return joined if not limit or len(joined) <= limit else joined[: limit - 1].rstrip() + "…"


def _literal(match: re.Match[str]) -> str:
    space, mark = match.groups()
    return f"{space}{mark[:-1]}{mark[-1]}\\" if mark[0].isdigit() else f"{space}\\{mark}"
