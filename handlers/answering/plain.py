"""Plain text from whatever a model wrote: no links, mentions, markup or characters that hide."""

from __future__ import annotations

import html
import re
import unicodedata

_TAG = re.compile(r"</?[a-z!?@#&:/][^<>]*(?:>|$)", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]*)\]\s*\([^()]*(?:\([^()]*\)[^()]*)*\)?")
_ADDRESS = re.compile(
    r"(?:[\w+.-]{0,40}:(?://|\\\\)|\bh..ps?:|\b(?:data|javascript|mailto|vbscript|tel|file):"
    r"|\bwww\.|\\\\\w)\S*|[^\s@]+@[^\s@]+|\b[\w-]+(?:[.。．]|\[\.\])[\w.-]*\w[/?#]\S*|\S*\[\.\]\S*",
    re.IGNORECASE,
)
_MENTION = re.compile(
    r"(?<!\w)[@＠﹫]\w*(?:\.\w+)*|(?<![\w/.])/[a-z]\w*(?:[@/]\w*)*", re.IGNORECASE
)
_MARKUP = re.compile(r"[*`\\]+|~~+|\|\|+|(?<!\w)_+|_+(?!\w)|<\|.*?\|>|\|")
_LEAD = re.compile(
    r"\s*(?:#+(?=\s|$)|>+|[-+•–—](?=\s)|\d{1,2}[.)](?=\s)|(?:assistant|answer|ai|bot)\s*:)\s*",
    re.IGNORECASE,
)
_BRACKETS = str.maketrans("[]【】", "()()")
_EMPTY = re.compile(r"\(\s*\)|\s+(?=[.,;!?](?:\s|$))")
_JOINERS = "\u200c\u200d"  # they shape words in Persian, Hindi and others
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MOST_PASSES = 20


def plain(text: str) -> str:
    """Give one line of plain text; what is left of it says the same when cleaned again."""
    for _ in range(_MOST_PASSES):
        cleaned = _pass(text)
        if cleaned == text:
            return cleaned
        text = cleaned
    return ""


def visible(text: str) -> str:
    """Drop what nobody sees: control, bidi, zero-width, tag and unassigned characters.

    White space of any kind becomes one space.
    """
    kept = []
    for place, char in enumerate(text):
        if char.isspace():
            kept.append(" ")
        elif char in _JOINERS:
            kept.append(char if _joins(text, place) else "")
        elif unicodedata.category(char) not in _HIDDEN and not 0xE0100 <= ord(char) <= 0xE01EF:
            kept.append(char)
    return " ".join("".join(kept).split())


def _pass(text: str) -> str:
    text = visible(unicodedata.normalize("NFC", visible(html.unescape(text))))
    text = _TAG.sub(" ", _LINK.sub(r"\1", text))
    text = _MENTION.sub(" ", _ADDRESS.sub(" ", text))
    text = _MARKUP.sub("", text).translate(_BRACKETS)
    text = _EMPTY.sub("", " ".join(text.split()))
    if lead := _LEAD.match(text):
        text = text[lead.end() :]
    return text.strip()


def _joins(text: str, place: int) -> bool:
    """Say whether a joiner stands between two letters of a script that needs joiners."""
    return 0 < place < len(text) - 1 and all(
        ord(char) > 0x590 and unicodedata.category(char)[0] in "LM"
        for char in (text[place - 1], text[place + 1])
    )
