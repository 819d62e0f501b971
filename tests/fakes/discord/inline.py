"""Discord's marks within a line: bold, code, links, mentions … as spans of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NONE: frozenset[str] = frozenset()
SPECIAL = re.compile(r"[\\`<\[*_~|@h]")
ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
CODE = re.compile(r"(`+)(?!`)(.*?)(?<!`)\1(?!`)", re.DOTALL)
ANGLED = re.compile(r"<(https?://[^\s<>]+)>")
BARE = re.compile(r"https?://[^\s<>]+")
PAIRED = (
    ("**", "bold"),
    ("__", "underline"),
    ("~~", "strike"),
    ("||", "spoiler"),
    ("*", "italic"),
    ("_", "italic"),
)
MENTION = re.compile(
    r"<@!?(?P<user>\d+)>|<@&(?P<role>\d+)>|<#(?P<channel>\d+)>|(?P<all>@everyone|@here)"
    r"|</(?P<command>[^:>\n]+):\d+>|<a?(?P<emoji>:\w+:)\d+>|<t:(?P<time>-?\d+)(?::\w)?>"
)
TARGET = re.compile(
    r"\(\s*(?:<(https?://[^\s<>]+)>|(https?://(?:[^\s<>()]|\([^\s<>()]*\))+))"
    r"(?:\s+\"[^\"]*\")?\s*\)"
)
LABEL_LINK = re.compile(r"https?://\w\w")  # a label that holds an address masks nothing


@dataclass(frozen=True, slots=True)
class Span:
    """Text with its marks; `link` is where a tap leads, `mention` whom or what it names."""

    text: str
    marks: frozenset[str] = NONE
    link: str | None = None
    mention: tuple[str, str] | None = None
    angled: bool = False


def spans(text: str, marks: frozenset[str] = NONE) -> tuple[Span, ...]:
    """Take a text apart; neighbours that look the same are one span."""
    joined: list[Span] = []
    for span in _spans(text, marks, 0, len(text)):
        last = joined[-1] if joined else None
        plain = not (span.link or span.mention) and "code" not in span.marks
        if last and plain and (last.marks, last.link, last.mention) == (span.marks, None, None):
            joined[-1] = Span(last.text + span.text, span.marks)
        else:
            joined.append(span)
    return tuple(joined)


def _spans(text: str, marks: frozenset[str], at: int, end: int) -> Iterator[Span]:
    while at < end:
        special = SPECIAL.search(text, at, end)
        if special is None:
            yield Span(text[at:end], marks)
            return
        if special.start() > at:
            yield Span(text[at : special.start()], marks)
        at, found = _one(text, special.start(), end, marks)
        yield from found


def _one(text: str, at: int, end: int, marks: frozenset[str]) -> tuple[int, tuple[Span, ...]]:
    """Give what stands at a special character, and where it ends."""
    if match := ESCAPED.match(text, at, end):
        return match.end(), (Span(match[1], marks),)
    if match := CODE.match(text, at, end):
        inner = match[2]
        if inner.startswith(" ") and inner.endswith(" ") and len(match[1]) > 1:
            inner = inner[1:-1]
        return match.end(), (Span(inner, marks | {"code"}),)
    if match := ANGLED.match(text, at, end):
        return match.end(), (Span(match[1], marks, match[1], angled=True),)
    if match := MENTION.match(text, at, end):
        kind = str(match.lastgroup)
        return match.end(), (Span(match[0], marks, mention=(kind, match[kind])),)
    if match := BARE.match(text, at, end):
        address = trimmed(match[0])
        return at + len(address), (Span(address, marks, address),)
    return (
        _masked(text, at, end, marks)
        or _paired(text, at, end, marks)
        or (
            at + 1,
            (Span(text[at], marks),),
        )
    )


def trimmed(address: str) -> str:
    """An address without the punctuation behind it, nor a bracket that it did not open."""
    while address[-1] in ".,:;!?\"'*_~|" or (
        address[-1] == ")" and address.count(")") > address.count("(")
    ):
        address = address[:-1]
    return address


def _masked(
    text: str, at: int, end: int, marks: frozenset[str]
) -> tuple[int, tuple[Span, ...]] | None:
    """`[label](address)`; in a label nothing can be escaped, and an address shows it as it is."""
    if text[at] != "[":
        return None
    depth = 0
    for close in range(at, end):
        depth += {"[": 1, "]": -1}.get(text[close], 0)
        if depth == 0:
            break
    else:
        return None
    target = TARGET.match(text, close + 1, end)
    label = text[at + 1 : close]
    if target is None or not label.strip():
        return None
    if LABEL_LINK.search(label):
        return target.end(), (Span(text[at : target.end()], marks),)
    inner = spans(re.sub(r"\\(?=[^0-9A-Za-z\s])", r"\\\\\\", label), marks)
    link, angled = target[1] or target[2], bool(target[1])
    return target.end(), tuple(Span(one.text, one.marks, link, angled=angled) for one in inner)


def _paired(
    text: str, at: int, end: int, marks: frozenset[str]
) -> tuple[int, tuple[Span, ...]] | None:
    for mark, name in PAIRED:
        if not text.startswith(mark, at, end):
            continue
        close = _close(text, at, end, mark)
        if close:
            inner = spans(text[at + len(mark) : close], marks | {name})
            return close + len(mark), inner
    return None


def _close(text: str, at: int, end: int, mark: str) -> int:
    """Where a mark is closed, or 0. A single `_` closes only at the edge of a word."""
    start = at + len(mark)
    if mark == "*" and text[start : start + 1].isspace():
        return 0
    if mark == "_" and at and (text[at - 1].isalnum() or text[at - 1] == "_"):
        return 0
    place = start
    while place < end:
        if text[place] == "\\":
            place += 2
            continue
        if code := CODE.match(text, place, end):
            place = code.end()
            continue
        if text.startswith(mark, place, end) and place > start:
            run = _run(text, place, end, mark[0])
            fits = run >= 2 if len(mark) == 2 else run in (1, 3)
            edge = mark != "_" or not text[place + run : place + run + 1].isalnum()
            if fits and edge and not (mark == "*" and text[place - 1].isspace()):
                return place + run - len(mark)
            place += run
            continue
        place += 1
    return 0


def _run(text: str, at: int, end: int, character: str) -> int:
    last = at
    while last < end and text[last] == character:
        last += 1
    return last - at
