"""Says what the chat's commands are called in a shell: `/articles` is `footnote articles` there."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.messages import Answer, Excerpt, Failure, Found, Notice, Reading, Reply, Shown

# The chat's command, and how it is typed here; `{}` is the number behind it, if there is one.
_NAMES = {
    "article": "footnote show {}",
    "articles": "footnote articles",
    "ask": "footnote ask",
    "diff": "footnote diff {}",
    "extract": "footnote extract",
    "feed": "footnote feed add",
    "feeds": "footnote feeds",
    "forget": "footnote forget {}",
    "gaps": "footnote gaps",
    "help": "footnote --help",
    "ingest": "footnote ingest",
    "refresh": "footnote refresh {}",
    "removed": "footnote show {} --removed",
    "revert": "footnote revert {} --version",
    "search": "footnote search",
    "undo": "footnote undo",
}
_TYPED = re.compile(rf"(?<![\w/.:])/({'|'.join(_NAMES)})\b(?: (\d+)(?:/\d+)?(?: \d+/\d+)*)?")
_ACT = re.compile(r"(?<![\w/.:])/feed ((?:poll|pause|resume|tell|hush|remove) \d+)")
_OWN_WORDS = (Answer, Excerpt, Found, Reading, Shown)  # they hold articles' words, not ours


def in_shell(text: str) -> str:
    """Put a shell's commands in the place of a chat's."""
    text = _ACT.sub(r"`footnote feed \1`", text)
    return _TYPED.sub(lambda found: f"`{_NAMES[found[1]].format(found[2] or 'ID')}`", text)


def spoken(reply: Reply) -> Reply:
    """Give a reply whose message names commands that a shell has."""
    if isinstance(reply, Failure | Notice):
        return replace(reply, text=in_shell(reply.text))
    if isinstance(reply, Answer):
        return replace(reply, note=in_shell(reply.note))
    return reply


def speaks(reply: Reply) -> bool:
    """Say whether all of a reply is the bot's own words, titles apart."""
    return not isinstance(reply, _OWN_WORDS)
