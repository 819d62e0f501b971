"""Finds where in the clean text a line that was cut stood, so that it can be put back there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from handlers.reading.lines import Line, lines_of
from storage.records import Removed

AHEAD = 6  # rows of a text that a kept line is looked for in
LEAST = 12  # characters that it must have in common with a row that is not the next
_MARK = re.compile(r"[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|(?:[-*+•]|\d{1,3}[.)])[ \t]+)?")


def placed(source: str, texts: Sequence[str], removed: Iterable[Removed]) -> list[Removed]:
    """Give each removed line its article and its place: the end of the block that it stood behind.

    `source` is the text that was cleaned, `texts` are those of its articles in their order. A
    line that stood before all of an article's text has place 0.
    """
    if not texts:
        return list(removed)
    cut = list(removed)
    numbers = {each.line for each in cut}
    places: dict[int, tuple[int, int]] = {}
    walk = _Walk(texts)
    for line in lines_of(source):
        is_kept = line.parts[0][0] not in numbers
        if is_kept:
            walk.meet(line)
        places |= {number: walk.place for number, _ in line.parts}
    return [_with(each, places) for each in cut]


def _with(piece: Removed, places: dict[int, tuple[int, int]]) -> Removed:
    if piece.line is None or piece.line not in places:
        return piece
    article, place = places[piece.line]
    return replace(piece, article=article, place=place)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of an article's text: its words without their mark, and where it ends."""

    words: str
    end: int


class _Walk:
    """Goes through the articles' rows as the source's kept lines come by, in the same order."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._rows = [_rows(text) for text in texts]
        self._article = 0
        self._row = -1
        self._rest = ""  # of the row under way: a sentence that was joined of two lines

    @property
    def place(self) -> tuple[int, int]:
        end = self._rows[self._article][self._row].end if self._row >= 0 else 0
        return self._article, end

    def meet(self, line: Line) -> None:
        """Go on to where a kept line stands; a title or a byline stands in no text."""
        words = line.text.strip()
        if not words:
            return
        if self._rest.startswith(words):
            self._rest = self._rest[len(words) :].lstrip()
            return
        found = self._look(self._article, self._row + 1, words)
        if found is None and self._article + 1 < len(self._rows):
            found = self._look(self._article + 1, 0, words)
        if found is not None:
            self._article, self._row = found
            row = self._rows[self._article][self._row].words
            self._rest = row[len(words) :].lstrip() if row.startswith(words) else ""

    def _look(self, article: int, begin: int, words: str) -> tuple[int, int] | None:
        rows = self._rows[article]
        for at in range(begin, min(begin + AHEAD, len(rows))):
            if _is_of(words, rows[at].words, next_=at == begin):
                return article, at
        return None


def _is_of(words: str, row: str, *, next_: bool) -> bool:
    """Say whether a row is made of a line: it begins with it, or is a part of it."""
    if min(len(words), len(row)) < LEAST and not (next_ and row.startswith(words)):
        return False
    return row.startswith(words) or row in words


def _rows(text: str) -> list[_Row]:
    rows, at = [], 0
    for raw in text.splitlines(keepends=True):
        bare = raw.rstrip()
        words = bare[_mark(bare) :]
        if words:
            rows.append(_Row(words, at + len(bare)))
        at += len(raw)
    return rows


def _mark(raw: str) -> int:
    match = _MARK.match(raw)
    return match.end() if match else 0
