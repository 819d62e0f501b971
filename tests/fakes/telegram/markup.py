"""Reads the HTML of the Bot API as strictly as Telegram does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram.errors import ApiError, bad
from tests.fakes.telegram.spans import Span

PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
}
TAGS = {*PLAIN, "a", "blockquote", "tg-emoji", "tg-time"}
SPACE = " \t\r\n\v\f\0"
_CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)|#x([0-9a-fA-F]{1,6})|#([0-9]{1,7}));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"([^\s=>]+)\s*(?:(=)\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+(?=[\s>]))))?")
_USER = re.compile(r"tg://user\?id=(\d+)$", re.IGNORECASE)


def decode(text: str) -> str:
    """Resolve the few named characters that Telegram knows, and the numbered ones."""

    def one(found: re.Match[str]) -> str:
        name, hexadecimal, decimal = found.groups()
        if name:
            return _NAMED[name]
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        usable = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
        return chr(code) if usable else found[0]

    return _CHARACTER.sub(one, text)


@dataclass
class _Open:
    tag: str
    start: int
    attributes: dict[str, str]


@dataclass
class _Reader:
    source: str
    at: int = 0
    text: str = ""
    stack: list[_Open] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def fault(self, reason: str, place: int) -> ApiError:
        offset = len(self.source[:place].encode("utf-8", "surrogatepass"))
        return bad(f"can't parse entities: {reason.replace('{}', f'at byte offset {offset}')}")

    def read(self) -> None:
        while self.at < len(self.source):
            tag = self.source.find("<", self.at)
            until = len(self.source) if tag < 0 else tag
            self.text += decode(self.source[self.at : until])
            self.at = until
            if tag >= 0:
                self._end() if self.source.startswith("</", tag) else self._start()
        if self.stack:
            raise bad(
                "can't parse entities: Can't find end tag corresponding to start tag"
                f' "{self.stack[-1].tag}"'
            )

    def _word(self, place: int) -> str:
        found = re.compile(r"[^\s\0>]*").match(self.source, place)
        assert found
        return found[0]

    def _start(self) -> None:
        begin = self.at
        name = self._word(begin + 1)
        place = begin + 1 + len(name)
        if place >= len(self.source):
            raise self.fault("Unclosed start tag {}", begin)
        if name.lower() not in TAGS:
            raise self.fault(f'Unsupported start tag "{name.lower()}" {{}}', begin)
        attributes: dict[str, str] = {}
        while True:
            while place < len(self.source) and self.source[place] in SPACE:
                place += 1
            if place >= len(self.source):
                raise self.fault(f'Unclosed start tag "{name.lower()}" {{}}', begin)
            if self.source[place] == ">":
                break
            place = self._attribute(name.lower(), place, begin, attributes)
        self.at = place + 1
        opened = _Open(name.lower(), len(self.text), attributes)
        if opened.tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.fault('Tag "span" must have class "tg-spoiler" {}', begin)
        self.stack.append(opened)

    def _attribute(self, tag: str, place: int, begin: int, attributes: dict[str, str]) -> int:
        found = _ATTRIBUTE.match(self.source, place)
        if not found:
            raise self.fault(f'Empty attribute name in the tag "{tag}" {{}}', begin)
        name, sign, double, single, token = found.groups()
        if self.source[found.end() : found.end() + 1] == "=":
            raise self.fault(f'Unclosed start tag "{tag}" {{}}', begin)
        value = double if double is not None else single
        if value is None:
            value = (token or "").lower()
        attributes[name.lower()] = decode(value) if sign else ""
        return found.end()

    def _end(self) -> None:
        begin = self.at
        if not self.stack:
            raise self.fault("Unexpected end tag {}", begin)
        name = self._word(begin + 2)
        place = begin + 2 + len(name)
        while place < len(self.source) and self.source[place] in SPACE:
            place += 1
        if self.source[place : place + 1] != ">":
            raise self.fault("Unclosed end tag {}", begin)
        opened = self.stack.pop()
        if name and name.lower() != opened.tag:
            raise self.fault(
                f'Unmatched end tag {{}}, expected "</{opened.tag}>", found "</{name}>"', begin
            )
        self.at = place + 1
        if len(self.text) > opened.start:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        start, end, given = opened.start, len(self.text), opened.attributes
        kind = PLAIN.get(opened.tag, "")
        more: tuple[tuple[str, Any], ...] = ()
        if opened.tag == "a":
            kind, more = _link(given.get("href") or self.text[start:])
        elif opened.tag == "blockquote":
            kind = "expandable_blockquote" if "expandable" in given else "blockquote"
        elif opened.tag == "tg-emoji":
            kind, more = "custom_emoji", (("custom_emoji_id", given.get("emoji-id", "")),)
        elif opened.tag == "tg-time":
            unix = int(given["unix"]) if given.get("unix", "").isdigit() else 0
            kind, more = "date_time", (("unix_time", unix),) if unix else ()
        elif opened.tag == "code" and given.get("class", "").startswith("language-"):
            more = (("language", given["class"].removeprefix("language-")),)
        if kind:
            self._add(Span(kind, start, end, more))

    def _add(self, span: Span) -> None:
        """`pre` around `code` with a language is one thing, whichever is inside."""
        last = self.spans[-1] if self.spans else None
        if last and {last.kind, span.kind} == {"pre", "code"}:
            language = last.more or span.more
            if language and (last.start, last.end) == (span.start, span.end):
                self.spans[-1] = Span("pre", span.start, span.end, language)
                return
        self.spans.append(span)


def _link(url: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    if user := _USER.match(url):
        return "text_mention", (("user", user[1]),)
    checked = address(url)
    return ("text_link", (("url", checked),)) if checked else ("", ())


def address(url: str) -> str:
    """Give an address as Telegram keeps it, or nothing for one that it does not take."""
    url = url.strip()
    found = re.match(r"(?:([a-z][a-z0-9+.-]*)://)?([^/?#\s]+)([/?#]\S*)?$", url, re.IGNORECASE)
    if not found:
        return ""
    scheme, host, rest = (found[1] or "http").lower(), found[2], found[3] or ""
    if scheme in {"tg", "ton"}:
        return url
    if scheme not in {"http", "https", "ftp"} or ("." not in host and "localhost" not in host):
        return ""
    at = host.rfind("@") + 1
    return f"{scheme}://{host[:at]}{host[at:].lower()}{'' if rest.startswith('/') else '/'}{rest}"


def parse_html(source: str) -> tuple[str, list[Span]]:
    """Give text and spans; raises ApiError as Telegram would refuse it."""
    reader = _Reader(source)
    reader.read()
    without = [Span("code", s.start, s.end) if s.kind == "code" else s for s in reader.spans]
    return reader.text, without
