"""Says where a Markdown text may be cut, and what must be closed and opened again there."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from markdown_it.token import Token

from bot.markup import outline, parse, said

Halves = tuple[str, str]

_LEAVES = {"paragraph_open", "heading_open", "table_open", "fence"}
_WRAPPED = {"strong", "em", "s"}
_LEAD = re.compile(r"[ \t]*(?:>[ \t]?)*")
_INLINE = re.compile(r"[\\`*_~\[\]<&!]")
_BLOCK = re.compile(r"[ \t]*(?:[-+*#>=|~`_]|\d+[.)])")
_MOST_MARKS = 12  # characters of marks that are opened again
_HERE = "\ufdd0"  # stands for nothing in Unicode and marks the place that is looked at


class Joints:
    """The places in a text where it may be cut; `window` characters from its start are read."""

    def __init__(self, text: str, window: int) -> None:
        self._text = text
        self._window = text[:window]
        lines = self._window.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in lines)]
        self._said: dict[int, str] = {}  # what is read in the paragraph that begins at a line
        self._leaves: list[Token | None] = [None] * len(lines)
        self._quoted = [False] * len(lines)
        for token in outline(self._window):
            for line in range(*(token.map or (0, 0))):
                if token.type == "blockquote_open":
                    self._quoted[line] = True
                elif token.type in _LEAVES:
                    self._leaves[line] = token

    def cut(self, start: int, end: int, *, clean: bool = False) -> Halves | None:
        """Give the text before `start` and that from `end` on, each good Markdown that says all
        that it said before; nothing where that cannot be. A `clean` cut is through no strong or
        slanted words.
        """
        before, after = self._line(start), self._line(end)
        leaf = self._leaves[before]
        if leaf is None or leaf is not self._leaves[after]:
            head = self._text[:start].rstrip()
            return (head, self._again(after, self._text[end:])) if head else None
        if leaf.type == "fence":
            return self._in_code(leaf, start, end)
        if leaf.type == "table_open":
            return self._in_table(leaf, start, end) if before < after else None
        return self._in_words(leaf, start, end, clean)

    def tear(self, place: int) -> Halves:
        """Cut where nothing better is found; a quote goes on as one."""
        tail = self._text[place:]
        return self._text[:place], self._again(self._line(place), tail) if place > 9 else tail

    def _line(self, place: int) -> int:
        return min(bisect_right(self._starts, place), len(self._leaves)) - 1

    def _again(self, line: int, rest: str, marks: str = "") -> str:
        """Open again what is open where the rest begins."""
        lead = _LEAD.match(rest)
        own = lead[0] if lead else ""
        quote = "> " if self._quoted[line] and ">" not in own else ""
        return f"{quote}{own}{marks}{rest[len(own) :]}"

    def _in_code(self, fence: Token, start: int, end: int) -> Halves | None:
        first, last = fence.map or (0, 0)
        opening = self._window[self._starts[first] : self._starts[first + 1]]
        closing = self._window[self._starts[last - 1] : self._starts[last]]
        closed = last - 1 > first and closing.strip(" \t\n>").startswith(fence.markup)
        inside = self._window[: self._starts[last - 1] if closed else None]
        says = inside[self._starts[first + 1] : start], inside[end:]
        if not all(text.strip(" \t\n>") for text in says) or len(fence.markup) > _MOST_MARKS:
            return None
        indent = re.sub(r"[^>\s]", " ", opening[: opening.find(fence.markup)])
        head = self._text[:start].rstrip("\n")
        line = indent if self._line(start) == self._line(end) else ""
        again = f"{indent}{fence.markup}{fence.info.strip()[:16]}\n{line}"
        return f"{head}\n{indent}{fence.markup}", again + self._text[end:]

    def _in_table(self, table: Token, start: int, end: int) -> Halves | None:
        first, last = table.map or (0, 0)
        if last < first + 3 or start < self._starts[first + 2]:
            return None
        head = self._window[self._starts[first] : self._starts[first + 2]]
        again = head if len(head) * 8 < len(self._window) else ""
        return self._text[:start].rstrip(), again + self._text[end:]

    def _in_words(self, leaf: Token, start: int, end: int, clean: bool) -> Halves | None:
        first, last = leaf.map or (0, 0)
        begin = self._starts[first]
        whole = self._window[begin : self._starts[last]].rstrip("\n")
        plain = not _INLINE.search(whole)
        marks = [] if plain else _open_at(whole, start - begin)
        if marks is None or (clean and marks):
            return None
        heading = f"{leaf.markup} " if leaf.markup.startswith("#") else ""
        closing, opening = "".join(reversed(marks)), heading + "".join(marks)
        head = whole[: start - begin].rstrip() + closing
        tail = self._again(self._line(end), whole[end - begin :], opening)
        kept = said(head)
        doubtful = not plain or _BLOCK.match(tail)
        if doubtful and first not in self._said:
            self._said[first] = said(whole)
        if not kept or (doubtful and kept + said(tail) != self._said[first]):
            return None
        rest = self._again(self._line(end), self._text[end:], opening)
        return self._text[:begin] + head, rest


def _open_at(markdown: str, place: int) -> list[str] | None:
    """Give the marks that are open at a place in a paragraph, or nothing where it is no text."""
    for token in parse(f"{markdown[:place]}{_HERE}{markdown[place:]}"):
        marks: list[str] = []
        for child in token.children or ():
            style, _, edge = child.type.rpartition("_")
            if style in _WRAPPED or style == "link":
                marks = [*marks, child.markup or "["] if edge == "open" else marks[:-1]
            elif _HERE in child.content:
                torn = child.type != "text" or "[" in marks or "autolink" in marks
                return None if torn or len("".join(marks)) > _MOST_MARKS else marks
    return None
