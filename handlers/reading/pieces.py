"""A page as its pieces: each heading, paragraph, list item, quote and table row, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from handlers.reading.lines import Mark

# Elements that stand in lines of their own (HTML, "Rendering").
_BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "label", "legend",
        "li", "main", "menu", "nav", "ol", "p", "picture", "pre", "search", "section", "summary",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ]
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELL = "\x1f"  # between the cells of a row
_TOKEN = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|(?:(?![\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])\w)+"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a page. `linked` is the share of its characters that are links.

    `level` is a heading's rank or an item's number; `path` are the tags around it; `group` counts
    the elements that pieces came from, so that the lines of one paragraph have the same.
    """

    mark: Mark
    text: str
    tokens: tuple[str, ...]
    level: int
    linked: float
    path: str
    group: int
    caption: bool = False


def tokens_of(text: str) -> tuple[str, ...]:
    """Give the words of a text in small letters; signs stand alone in scripts without spaces."""
    return tuple(_TOKEN.findall(text.lower()))


def pieces_of(root: HtmlElement) -> list[Piece]:
    """Give the pieces of a tree that have words, in the order of the page."""
    return list(_Walk(root).pieces())


class _Place(NamedTuple):
    """Where the walk is: what a line found here would be."""

    mark: Mark = Mark.NONE
    level: int = 0
    path: str = ""
    caption: bool = False


class _Walk:
    """Goes once through a tree, without recursion: pages may be nested as deep as they like."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._text: list[str] = []
        self._linked = 0
        self._links = 0
        self._pre = 0
        self._group = 0
        self._rows: list[HtmlElement] = []
        self._places = [_Place()]
        self._counts: list[int] = []

    def pieces(self) -> Iterator[Piece]:
        for event, element in etree.iterwalk(self._root, events=("start", "end")):
            if isinstance(element.tag, str):
                yield from (self._start if event == "start" else self._end)(element)
        yield from self._flush()

    def _start(self, element: HtmlElement) -> Iterator[Piece]:
        tag = element.tag
        if tag in ("td", "th") and self._rows:
            self._text.append(_CELL)
        elif tag in _BLOCKS:
            if not self._rows:
                yield from self._flush()
            else:
                self._text.append(" ")
            self._places.append(self._place(element))
            if tag == "tr":
                self._rows.append(element)
        elif tag == "br":
            self._text.append(" " if self._rows else "\n")
        self._links += tag == "a"
        self._pre += tag == "pre"
        self._say(element.text)

    def _end(self, element: HtmlElement) -> Iterator[Piece]:
        tag = element.tag
        self._links -= tag == "a"
        self._pre -= tag == "pre"
        if tag in _BLOCKS and not (tag in ("td", "th") and self._rows):
            ends_row = bool(self._rows) and self._rows[-1] is element
            if ends_row:
                yield from self._row(element)
                self._rows.pop()
            elif not self._rows:
                yield from self._flush()
            self._places.pop()
            if tag in ("ol", "ul"):
                self._counts.pop()
        if element is not self._root:
            self._say(element.tail)

    def _place(self, element: HtmlElement) -> _Place:
        place, tag = self._places[-1], str(element.tag)
        path = f"{place.path}/{tag}"
        caption = place.caption or tag in ("figcaption", "caption")
        mark, level = place.mark, place.level
        if tag in _HEADINGS:
            mark, level = Mark.HEADING, _HEADINGS[tag]
        elif tag in ("ol", "ul"):
            self._counts.append(0 if tag == "ol" else -1)
        elif tag == "blockquote":
            mark, level = Mark.QUOTE, 0
        elif tag == "li" and mark is not Mark.QUOTE:
            mark, level = self._item()
        return _Place(mark, level, path, caption)

    def _item(self) -> tuple[Mark, int]:
        if not self._counts or self._counts[-1] < 0:
            return Mark.BULLET, 0
        self._counts[-1] += 1
        return Mark.NUMBER, self._counts[-1]

    def _say(self, text: str | None) -> None:
        if text:
            self._text.append(text if self._pre else _SPACE.sub(" ", text))
            if self._links:
                self._linked += len(text.strip())

    def _taken(self) -> tuple[str, int]:
        text, linked = "".join(self._text), self._linked
        self._text.clear()
        self._linked = 0
        return text, linked

    def _flush(self) -> Iterator[Piece]:
        text, linked = self._taken()
        whole = max(1, len(text.strip()))
        place = self._places[-1]
        self._group += 1
        for line in text.split("\n"):
            line = " ".join(line.split())
            if tokens := tokens_of(line):
                share = min(1.0, linked / whole)
                yield Piece(
                    place.mark, line, tokens, place.level, share, place.path, self._group,
                    place.caption,
                )  # fmt: skip

    def _row(self, row: HtmlElement) -> Iterator[Piece]:
        text, linked = self._taken()
        cells = [" ".join(cell.split()) for cell in text.split(_CELL)[1:]]
        tokens = tokens_of(" ".join(cells))
        if tokens:
            written = "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
            share = min(1.0, linked / max(1, len(text)))
            self._group += 1
            yield Piece(
                Mark.TABLE, written, tokens, len(cells), share, self._places[-1].path, self._group
            )


_SPACE = re.compile(r"\s+")


def size(pieces: Sequence[Piece]) -> int:
    """Count the words of pieces."""
    return sum(len(piece.tokens) for piece in pieces)


def written(pieces: Sequence[Piece]) -> str:
    """Give pieces as Markdown: headings, lists, quotes and tables survive."""
    parts: list[str] = []
    before: Piece | None = None
    for _, lines in groupby(pieces, key=lambda piece: piece.group):
        for piece in lines:
            parts.append(_between(before, piece) + _line(piece, before))
            before = piece
    return "".join(parts)


def _line(piece: Piece, before: Piece | None) -> str:
    match piece.mark:
        case Mark.HEADING:
            return f"{'#' * max(2, piece.level)} {piece.text}"
        case Mark.BULLET | Mark.NUMBER if before is not None and before.group == piece.group:
            return f"  {piece.text}"
        case Mark.BULLET:
            return f"- {piece.text}"
        case Mark.NUMBER:
            return f"{piece.level}. {piece.text}"
        case Mark.QUOTE:
            return f"> {piece.text}"
        case Mark.TABLE if before is None or before.mark is not Mark.TABLE:
            return piece.text + "\n|" + " --- |" * piece.level
        case _:
            return piece.text


def _between(before: Piece | None, piece: Piece) -> str:
    if before is None:
        return ""
    items = (Mark.BULLET, Mark.NUMBER)
    if before.mark in items and piece.mark in items:
        return "\n"
    if before.mark is piece.mark is Mark.TABLE:
        return "\n"
    return "\n>\n" if before.mark is piece.mark is Mark.QUOTE else "\n\n"
