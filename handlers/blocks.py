"""The blocks of a stored text: headings, paragraphs, list items and quotes, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_HEADING = re.compile(r"(#{1,6})[ \t]+")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"


_PARAGRAPH, _HEAD = Kind.PARAGRAPH, Kind.HEADING  # looking a member up takes longer than a line


@dataclass(frozen=True, slots=True)
class Block:
    """One block: code points `start` to `end` are its words, without the mark before them.

    `line` is where its first line begins, mark included; `path` holds the headings above it,
    outermost first.
    """

    kind: Kind
    line: int
    start: int
    end: int
    path: tuple[str, ...] = ()

    def of(self, text: str) -> str:
        """Give its words out of the text that it belongs to."""
        return text[self.start : self.end]


def blocks(text: str) -> list[Block]:
    """Give the blocks of a Markdown text in reading order; they never overlap."""
    path: list[tuple[int, str]] = []
    above: tuple[str, ...] = ()
    found: list[Block] = []
    for kind, line, start, end in _joined(text):
        if kind is not _HEAD:
            found.append(Block(kind, line, start, end, above))
            continue
        level = text[line:start].count("#")
        path = [(depth, title) for depth, title in path if depth < level]
        found.append(Block(kind, line, start, end, tuple(title for _, title in path)))
        path.append((level, text[start:end]))
        above = tuple(title for _, title in path)
    return found


def _joined(text: str) -> Iterator[tuple[Kind, int, int, int]]:
    """Yield blocks with the lines of one paragraph, item or quote joined."""
    open_block: tuple[Kind, int, int, int] | None = None
    for kind, line, start, end in _lines(text):
        if open_block is None:
            open_block = (kind, line, start, end) if kind is not None else None
        elif kind is _PARAGRAPH:
            open_block = (*open_block[:3], end)
        else:
            yield open_block
            open_block = (kind, line, start, end) if kind is not None else None
        if kind is _HEAD and open_block is not None:
            yield open_block
            open_block = None
    if open_block:
        yield open_block


def _lines(text: str) -> Iterator[tuple[Kind | None, int, int, int]]:
    """Yield each line's kind (`None`: blank) and the place of its words."""
    line = 0
    for raw in text.splitlines(keepends=True):
        if raw == "\n":
            yield None, line, line + 1, line + 1
            line += 1
            continue
        kind, mark = (_PARAGRAPH, 0) if raw[0].isalpha() else _kind(raw)
        words = raw[mark:].lstrip()
        start = line + len(raw) - len(words)
        words = words.rstrip()
        yield (kind if words else None), line, start, start + len(words)
        line += len(raw)


def _kind(raw: str) -> tuple[Kind, int]:
    for kind, pattern in ((Kind.HEADING, _HEADING), (Kind.ITEM, _ITEM), (Kind.QUOTE, _QUOTE)):
        if match := pattern.match(raw):
            return kind, match.end()
    return Kind.PARAGRAPH, 0
