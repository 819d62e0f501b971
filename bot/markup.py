"""Markdown → flat blocks of styled text, one reading that every platform's writer shares."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len

from bot.runs import Run, runs_of
from handlers.markdown import tame

WIDEST = 24  # columns of a table beyond it are not filled up
DEEPEST = 40  # levels of quotes and lists in one another (a list is two); beyond, all is text
_LANGUAGE = re.compile(r"[A-Za-z0-9_+.#-]{1,20}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BRACKET = re.compile(r"[\[\]]")
_BLANK = re.compile(r"\s+")


class _Commonmark(MarkdownIt):
    """CommonMark, with addresses as they are written and none refused: whether one may be tapped
    is decided by who calls. Code by indentation and link references are text: a message is cut
    into parts, and each must read the same alone.
    """

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": DEEPEST})
        self.enable(["strikethrough", "table"]).disable(["code", "reference"])

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


_PARSER = _Commonmark()
_FLAT = _Commonmark().disable(["blockquote", "list"])
_LINKLESS = _Commonmark().disable(["link", "image"])
_OUTLINER = _Commonmark()
_OUTLINER.core.ruler.enableOnly(["normalize", "block"])


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, piece of code or rule, and what it stands in.

    `quote` is 0 outside quotes, else the number of the quote; `depth` counts the lists around it
    and `bullet` is the mark of the item that it begins; `apart` says that a blank line is above.
    """

    kind: str  # text, heading, code, rule
    runs: tuple[Run, ...] = ()
    quote: int = 0
    depth: int = 0
    bullet: str = ""
    level: int = 0
    language: str = ""
    apart: bool = False

    @property
    def text(self) -> str:
        """Its words without their looks."""
        return "".join(run.text for run in self.runs)


def blocks(markdown: str, links: Collection[str]) -> list[Block]:
    """Read any text; only links to an address in `links` are links, others are inert text."""
    return _Reader(links).read(parse(_SURROGATE.sub("\ufffd", tame(markdown))))


def parse(markdown: str) -> list[Token]:
    """Give the tokens; what is nested beyond all sense, lists, quotes or brackets, is text."""
    tokens = (_LINKLESS if _brackets(markdown) > DEEPEST else _PARSER).parse(markdown)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        return _FLAT.parse(markdown)
    return tokens


def _brackets(markdown: str) -> int:
    """Count the square brackets that are open at once; reading links takes the square of it."""
    deep = accumulate(1 if sign == "[" else -1 for sign in _BRACKET.findall(markdown))
    return max(deep, default=0)


def outline(markdown: str) -> list[Token]:
    """Give the tokens of blocks only: their `map` says which lines they take."""
    return _OUTLINER.parse(markdown)


def said(markdown: str) -> str:
    """Give all that is read, without white space, marks, bullets and the signs of blocks."""
    return "".join("".join(block.text.split()) for block in blocks(markdown, ()))


class _Reader:
    """Walks over the tokens of one text and keeps in mind what it is in."""

    def __init__(self, links: Collection[str]) -> None:
        self._links = links
        self._blocks: list[Block] = []
        self._quotes = 0  # open now
        self._quote = 0  # number of the newest
        self._depth = 0
        self._bullets: list[str] = []  # of items that have nothing in them yet
        self._end = 0  # the line behind the newest block
        self._rows: list[list[str]] = []  # of the table that is open
        self._table = self._item = Token("", "", 0)  # the newest
        self._heading = 0

    def read(self, tokens: Sequence[Token]) -> list[Block]:
        for token in tokens:
            if token.type.endswith("_open"):
                self._enter(token)
            elif token.type.endswith("_close"):
                self._leave(token)
            else:
                self._leaf(token)
        return self._blocks

    def _enter(self, token: Token) -> None:
        match token.type:
            case "blockquote_open":
                self._quote += not self._quotes
                self._quotes += 1
            case "bullet_list_open" | "ordered_list_open":
                self._depth += 1
            case "list_item_open":
                self._item = token
                self._bullets.append(f"{token.info}{token.markup}" if token.info else "-")
            case "heading_open":
                self._heading = int(token.tag[1:])
            case "table_open":
                self._table = token
            case "tr_open":
                self._rows.append([])

    def _leave(self, token: Token) -> None:
        match token.type:
            case "blockquote_close":
                self._quotes -= 1
            case "bullet_list_close" | "ordered_list_close":
                self._depth -= 1
            case "list_item_close" if self._bullets:
                self._add("text", (), self._item)
            case "heading_close":
                self._heading = 0
            case "table_close":
                self._add("code", (Run(_table(self._rows)),), self._table)
                self._rows = []

    def _leaf(self, token: Token) -> None:
        if token.type == "inline" and self._rows:
            cell = "".join(run.text for run in self._inline(token))
            self._rows[-1].append(_BLANK.sub(" ", cell).strip())
        elif token.type == "inline":
            kind = "heading" if self._heading else "text"
            self._add(kind, self._inline(token), token)
        elif token.type == "fence":
            self._add("code", (Run(token.content.removesuffix("\n")),), token)
        elif token.type == "hr":
            self._add("rule", (), token)

    def _inline(self, token: Token) -> tuple[Run, ...]:
        return runs_of(token.children or (), self._links)

    def _add(self, kind: str, runs: tuple[Run, ...], token: Token) -> None:
        start, end = token.map or (self._end, self._end)
        language = _LANGUAGE.match(token.info) if token.type == "fence" else None
        block = Block(
            kind,
            runs,
            quote=self._quote if self._quotes else 0,
            depth=self._depth,
            bullet=" ".join(self._bullets),
            level=self._heading,
            language=language[0] if language else "",
            apart=bool(self._blocks) and start > self._end,
        )
        self._bullets, self._end = [], max(end, self._end)
        self._blocks.append(block)


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Align the cells of a table, a line of dashes under its head."""
    if not rows:
        return ""
    widths = [
        min(WIDEST, max(cell_len(row[column]) for row in rows if column < len(row)))
        for column in range(max(len(row) for row in rows))
    ]
    lines = [
        "  ".join(
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=False)
        )
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)
