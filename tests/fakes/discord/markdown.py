"""Discord's markdown as blocks: headings, quotes, lists, code and text, each with its spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.fakes.discord.inline import BARE, Span, spans, trimmed

FENCE = re.compile(r"```(?:([\w+\-.#]+)\n)?\n*(.+?)\n*```", re.DOTALL)
HEADING = re.compile(r"(#{1,3})[ \t]+(.+)")
SMALL = re.compile(r"-#[ \t]+(.+)")
ITEM = re.compile(r"( *)([-*]|\d+\.)[ \t]+(.+)")
QUOTE = re.compile(r"> (.*)")
ALL_QUOTED = re.compile(r">>> ")

Name = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`level` 1 to 3), small print, list item (with its `marker`), code, quote or text.

    A quote holds blocks of its own.
    """

    kind: str
    spans: tuple[Span, ...] = ()
    level: int = 0
    marker: str = ""
    blocks: tuple[Block, ...] = ()


def parse(text: str) -> tuple[Block, ...]:
    """Take a message apart."""
    found: list[Block] = []
    at = 0
    for fence in FENCE.finditer(text):
        if fence.start() < at or _quoted(text, fence.start()):
            continue
        found += _lines(text[at : fence.start()].removesuffix("\n"))
        code = Span(fence[2], frozenset({"code"}))
        found.append(Block("code", (code,), marker=fence[1] or ""))
        at = fence.end() + text.startswith("\n", fence.end())
    return tuple(found) + tuple(_lines(text[at:]))


def _quoted(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line.startswith("> ") or bool(re.search(r"^>>> ", text[:at], re.MULTILINE))


def _lines(text: str) -> Iterator[Block]:
    lines = text.split("\n") if text else []
    plain: list[str] = []
    while lines:
        block, used = _special(lines)
        if block is None:
            plain.append(lines.pop(0))
            continue
        yield from _text(plain)
        plain = []
        yield block
        del lines[:used]
    yield from _text(plain)


def _text(plain: list[str]) -> Iterator[Block]:
    if plain:
        yield Block("text", spans("\n".join(plain)))


def _special(lines: Sequence[str]) -> tuple[Block | None, int]:
    """Give the block that the first line opens, and how many lines it takes."""
    first = lines[0]
    if ALL_QUOTED.match(first):
        return Block("quote", blocks=parse("\n".join((first[4:], *lines[1:])))), len(lines)
    if QUOTE.match(first):
        quoted: list[str] = []
        while len(quoted) < len(lines) and (match := QUOTE.match(lines[len(quoted)])):
            quoted.append(match[1])
        return Block("quote", blocks=parse("\n".join(quoted))), len(quoted)
    if match := SMALL.match(first):
        return Block("small", spans(match[1])), 1
    if match := HEADING.match(first):
        return Block("heading", spans(match[2]), level=len(match[1])), 1
    if match := ITEM.match(first):
        marker = match[2] if match[2][0].isdigit() else "•"
        return Block("item", spans(match[3]), level=len(match[1]) // 2, marker=marker), 1
    return None, 0


def every_span(blocks: Sequence[Block]) -> Iterator[Span]:
    for block in blocks:
        yield from block.spans
        yield from every_span(block.blocks)


def shown(span: Span, name: Name) -> str:
    """A span as a person reads it: who is mentioned has a name."""
    if span.mention is None:
        return span.text
    kind, what = span.mention
    return name(kind, what) or span.text


def plain(blocks: Sequence[Block], name: Name) -> str:
    """All that a person reads, marks taken out."""
    lines = []
    for block in blocks:
        text = "".join(shown(span, name) for span in block.spans)
        if block.kind == "item":
            text = f"{'  ' * block.level}{block.marker} {text}"
        lines.append(plain(block.blocks, name) if block.kind == "quote" else text)
    return "\n".join(lines)


def links(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The addresses that a tap opens, each once, in order."""
    return tuple(dict.fromkeys(span.link for span in every_span(blocks) if span.link))


def previewed(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The addresses of which Discord would show a preview: outside code and angle brackets.

    Also those that are no link, as in a label: Discord looks for them apart from what it shows.
    """
    found: list[str] = []
    for span in every_span(blocks):
        if span.link and not span.angled:
            found.append(span.link)
        elif not span.link and "code" not in span.marks:
            found += [trimmed(part) for part in BARE.findall(span.text.replace("](", " "))]
    return tuple(dict.fromkeys(found))
