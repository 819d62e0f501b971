"""Finds what Telegram makes clickable by itself: addresses, names, tags, commands, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tld import is_tld

from tests.fakes.telegram.spans import Span

_DOMAIN = (
    r"[A-Za-z0-9_~\-\u00c0-\u167f\u1681-\u1fff\u200c\u200d\u2010-\u2015\u2070-\u2fff"
    r"\u3001-\U0010ffff]"
)
_HOST = rf"{_DOMAIN}+(?:\.{_DOMAIN}+)+"
_REST = r"(?::\d+)?(?:[/?#][^\s\u2000-\u200b\u200e\u200f\u2016-\u206f<>\"«»]*)?"
_OWNER = r"[^\s/\[\]{}()'`<>\"@«»]+@"
_URL = re.compile(
    rf"(?:(?P<scheme>(?:(?<![sS])https?|(?<![tsTS])ftp)://)|(?<![\w/#@.~-]))"
    rf"(?P<owner>{_OWNER})?(?P<host>{_HOST})(?P<rest>{_REST})",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?:mailto:)?((?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}"
    r"@(?:[a-z0-9](?:[a-z0-9_-]{0,28}[a-z0-9])?\.){1,6}[a-z]{2,8})$",
    re.IGNORECASE,
)
_PORT = re.compile(r":0*([1-9]\d{0,4})(?!\d)")
_TELEGRAM = re.compile(r"(?:tg|ton)://[a-z0-9_-]{1,253}(?:[/?#][^\s<>\"«»]*)?", re.IGNORECASE)
_MENTION = re.compile(r"(?<!\w)@([A-Za-z0-9_]{2,32})(?!\w)")
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])")
_TAG = re.compile(r"(?<![\w\u200c])#([\w\u200c·]{1,256})(?![\w\u200c·]*#)")
_CASH = re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])")
_PHONE = re.compile(r"(?<![\w+])\+\d[\d ()-]{7,17}\d(?!\w)")
_TAIL = ".:;,('?!`"
_CLOSE = {")": "(", "]": "[", "}": "{"}


def detect(text: str) -> Iterator[Span]:
    """Yield everything found; where two meet, the caller chooses."""
    yield from _addresses(text)
    for found in _TELEGRAM.finditer(text):
        yield Span("url", found.start(), found.start() + len(found[0].rstrip(_TAIL)))
    for found in _MENTION.finditer(text):
        if len(found[1]) >= 4 or found[1].lower() in {"gif", "vid", "pic"}:
            yield Span("mention", *found.span())
    yield from (Span("bot_command", *found.span()) for found in _COMMAND.finditer(text))
    for found in _TAG.finditer(text):
        if any(char.isalpha() for char in found[1]):
            yield Span("hashtag", *found.span())
    yield from (Span("cashtag", *found.span()) for found in _CASH.finditer(text))
    for found in _PHONE.finditer(text):
        if 8 <= sum(char.isdigit() for char in found[0]) <= 15:
            yield Span("phone_number", *found.span())


def _addresses(text: str) -> Iterator[Span]:
    place = 0
    while found := _URL.search(text, place):
        place = max(found.end(), found.start() + 1)
        if not found["scheme"] and found["owner"] and (mail := _EMAIL.match(found[0])):
            yield Span("email", found.start() + mail.start(1), found.end())
        elif _known(found["host"], bool(found["scheme"])):
            yield Span("url", found.start(), found.start("rest") + len(_rest(found["rest"])))


def _known(host: str, schemed: bool) -> bool:
    """Whether Telegram takes it for a host: an IPv4 address, or a name under a known ending."""
    parts = host.split(".")
    if any(len(part) > 63 or part.endswith("-") for part in parts):
        return False
    if len(parts) == 4 and all(part.isascii() and part.isdigit() for part in parts):
        return all(str(int(part)) == part and int(part) < 256 for part in parts)
    top = parts[-1]
    if host.replace(".", "").isdigit() or len(top) < 2 or "_" in parts[-2]:
        return False
    if top.lower().startswith("xn--"):
        return len(top) > 5
    if "_" in top or "-" in top:
        return False
    capital = top != top.lower() and top[1:] == top[1:].lower()
    return schemed or (not capital and bool(is_tld(top.lower())))


def _rest(rest: str) -> str:
    """Give port and path without the signs that end a sentence or close a bracket around it."""
    port = re.match(r"(?::\d+)?", rest)
    assert port
    if port[0] and not ((number := _PORT.match(port[0])) and int(number[1]) < 65536):
        return ""
    path, opened = rest[port.end() :], dict.fromkeys(_CLOSE.values(), 0)
    for place, char in enumerate(path):
        if char in opened:
            opened[char] += 1
        elif char in _CLOSE:
            opened[_CLOSE[char]] -= 1
            if opened[_CLOSE[char]] < 0:
                path = path[:place]
                break
    path = path.rstrip(_TAIL)
    return port[0] + ("" if path in {"?", "#"} else path)
