"""A reply as a terminal shows it: rich where a person looks, plain where a pipe reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.console import Console

from bot.compose import compose
from handlers import phrases
from handlers.markdown import escape, plain
from handlers.messages import Reply

if TYPE_CHECKING:
    from rich.markdown import Markdown

Say = Callable[[str], str]

_SLANTED = re.compile(r"^\*([^*\n].*)\*$", re.MULTILINE)
_LINK = re.compile(r"<(https?://[^<>\s]+)>")
_BREAK = re.compile(r" {2,}$", re.MULTILINE)


def as_text(reply: Reply, say: Say = str) -> str:
    """Give the words of a reply without the marks of Markdown that only a screen needs.

    `say` words it for where it is read.
    """
    bare = _BREAK.sub("", _LINK.sub(r"\1", _SLANTED.sub(r"\1", say(_typed(reply)))))
    return plain(bare)


def as_rich(reply: Reply, say: Say = str) -> Markdown:
    """Give a reply for rich; addresses stand in the open, none hides behind a word."""
    from rich.markdown import Markdown  # noqa: PLC0415 - 30 ms that no pipe waits for

    shown = _LINK.sub(lambda link: escape(link[1]), say(_typed(reply)))
    return Markdown(shown, hyperlinks=False)


def _typed(reply: Reply) -> str:
    """Give a reply with what its buttons do as commands to type; a terminal has no buttons."""
    hints = [
        f"*{phrases.typed(each.label, each.command, each.text)}*"
        for each in getattr(reply, "actions", ())
        if not each.beside
    ]
    return "\n\n".join([compose(reply), *hints])


def write(console: Console, reply: Reply, say: Say = str) -> None:
    """Print a finished reply: on a terminal rich, else plain and whole, however long the lines."""
    if console.is_terminal:
        console.print(as_rich(reply, say))
    else:
        console.file.write(as_text(reply, say) + "\n")
        console.file.flush()
