"""A text as its lines: what mark each has, and what stands around it."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise


class Mark(StrEnum):
    """The sign that a line begins with; a message of a chat has a mark without one."""

    NONE = ""
    HEADING = "#"
    BULLET = "-"
    NUMBER = "1."
    QUOTE = ">"
    RULE = "---"
    TABLE = "|"
    SAID = ":"

    @property
    def is_item(self) -> bool:
        """Whether a line with it is one of a list."""
        return self in (Mark.BULLET, Mark.NUMBER)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or several that a fixed width had wrapped.

    `text` is without its mark; `level` is a heading's rank or an item's number; `parts` are the
    lines as they came, with their numbers from 1; `gap` says that a blank line, or the
    beginning, stands before it.
    """

    text: str
    mark: Mark
    level: int
    gap: bool
    parts: tuple[tuple[int, str], ...]

    @property
    def number(self) -> int:
        """The number of its first line in the source, from 1."""
        return self.parts[0][0]

    @property
    def words(self) -> int:
        """How many words it has; two characters stand for one where no spaces do."""
        return _words(self.text)

    @property
    def ends(self) -> str:
        """The last sign that is no closing quotation mark or bracket."""
        return self.text.rstrip(_CLOSING)[-1:]

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as sentences do."""
        return self.ends in _TERMINAL


@lru_cache(maxsize=4_096)
def _words(text: str) -> int:
    """Count once: each rule about a line asks for its words."""
    return len(_WORD.findall(text)) + len(_UNSPACED.findall(text)) // 2


_TERMINAL = ".!?…。！？؟।"
_CLOSING = " \"'”’»“)]）】」』*_"
# the signs of vowels in the scripts of India are no letters to `\w`, but part no words
_WORD = re.compile(
    r"(?:[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
    r"|[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0963\u0966-\u0df3\u200c\u200d])+"
)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_END = re.compile(r"[“‘]?(?:[。！？]|…+)[”’」』）]*|[）」』”]")
_RULE = re.compile(r"[ \t]*(?:(?:[-–—_=*~•·.#+─━═]\s?){3,}|>+)[ \t]*")
_MARKS = (
    (Mark.HEADING, re.compile(r"[ \t]*(#{1,6})[ \t]+")),
    (Mark.HEADING, re.compile(r"([■◆◇□])\s?(?=[^\s■◆◇□].{1,60}(?<![。！？.!?])$)")),
    (Mark.QUOTE, re.compile(r"[ \t]*>[ \t]?")),
    (Mark.BULLET, re.compile(r"[ \t]*[-*+•◦▪●‣·–—][ \t]+(?=\S)")),
    (Mark.NUMBER, re.compile(r"[ \t]*(\d{1,2})[.)][ \t]+(?=\S)(?![^\W\d]+ \d{4}\b)")),
    (Mark.NUMBER, re.compile(r"[ \t]*(\d{1,2})[．、](?=[^\d\s])")),
    (Mark.TABLE, re.compile(r"[ \t]*(?=\|.*\|)")),
)
# Bounded, so that a line of nothing but brackets takes no longer than any other.
_LINK = re.compile(
    r"(?<!!)\[([^\[\]]{1,600})\]\((?:[^()\s]|\([^()]{0,200}\)){0,2000}(?:\s+\"[^\"]{0,300}\")?\)"
)
_IMAGE = re.compile(r"!\[[^\[\]]{0,600}\]\([^()]{0,2000}\)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,1000}?)(?<=\S)\1")
_SLANTED = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*])\*(?![\w*])")
# what a wiki puts behind a heading, for whoever would change the section
_EDIT = re.compile(
    r"\s*\[(?:edit(?: source)?|(?:quelltext )?bearbeiten|modifi(?:er|ca)|editar|bewerken|edytuj"
    r"|править|değiştir|编辑|編輯|編集|편집)(?: \| [^\[\]]{1,30})?\]$",
    re.IGNORECASE,
)
_SOFT = str.maketrans(
    {"\u00ad": "", "\u200b": "", "\u2060": "", "\ufeff": "", "\u00a0": " ", "\t": " "}
)
WRAPPED = (55, 85)  # the width of lines that a mail program has wrapped


def lines_of(text: str) -> list[Line]:
    """Give the lines that have words or a mark, wrapped ones joined."""
    return unwrapped(lines_as_they_are(text))


def lines_as_they_are(text: str) -> list[Line]:
    """Give the lines that have words or a mark, as they came."""
    return _ended(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    gap = True
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw.translate(_SOFT).strip():
            gap = True
            continue
        yield _line(number, raw.rstrip(), gap)
        gap = False


def _ended(lines: Iterable[Line]) -> list[Line]:
    """Put the end of a sentence that stands in a line of its own back behind the sentence."""
    whole: list[Line] = []
    for line in lines:
        before = whole[-1] if whole else None
        if before and before.mark is not Mark.RULE and _END.fullmatch(line.text):
            parts = (*before.parts, *line.parts)
            whole[-1] = Line(before.text + line.text, before.mark, before.level, before.gap, parts)
        else:
            whole.append(line)
    return whole


def _line(number: int, raw: str, gap: bool) -> Line:
    if _RULE.fullmatch(raw):
        return Line(raw.strip(), Mark.RULE, 0, gap, ((number, raw),))
    plain = raw.translate(_SOFT)
    for mark, pattern in _MARKS:
        if match := pattern.match(plain):
            level = _level(mark, match)
            return Line(_plain(plain[match.end() :]), mark, level, gap, ((number, raw),))
    bold = _BOLD.fullmatch(plain.strip())
    if bold and len(plain) < 120 and not plain.strip(" *_").endswith(tuple(_TERMINAL)):
        return Line(_plain(bold.group(2)), Mark.HEADING, 2, gap, ((number, raw),))
    return Line(_plain(plain), Mark.NONE, 0, gap, ((number, raw),))


def _level(mark: Mark, match: re.Match[str]) -> int:
    if mark is Mark.HEADING:
        return len(match.group(1)) if match.group(1)[0] == "#" else 2
    return int(match.group(1)) if mark is Mark.NUMBER else 0


def _plain(text: str) -> str:
    """Take Markdown's links, pictures, bold and slanted marks off, and spaces in a row."""
    if _IMAGE.sub("", text).strip():
        text = _IMAGE.sub("", text)
    unmarked = _SLANTED.sub(r"\1", _BOLD.sub(r"\2", _LINK.sub(r"\1", text)))
    return _EDIT.sub("", " ".join(unmarked.split()))


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """Join lines that were broken at a fixed width, where the text shows that it was."""
    if not _is_wrapped(lines):
        return list(lines)
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and _goes_on(before, line):
            text = f"{before.text} {line.text}"
            parts = (*before.parts, *line.parts)
            joined[-1] = Line(text, before.mark, before.level, before.gap, parts)
        else:
            joined.append(line)
    return joined


def _goes_on(before: Line, line: Line) -> bool:
    if line.gap or before.mark in (Mark.RULE, Mark.HEADING, Mark.TABLE):
        return False
    same = line.mark is Mark.NONE or (line.mark is before.mark is Mark.QUOTE)
    return same and len(before.parts[-1][1]) >= WRAPPED[0] - 12


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Say whether most lines that another follows at once are of about one width, cut anywhere."""
    followed = [
        line
        for line, after in pairwise(lines)
        if not after.gap and after.mark in (Mark.NONE, Mark.QUOTE) and line.mark is not Mark.RULE
    ]
    if len(followed) < 4:
        return False
    widths = [len(line.parts[0][1]) for line in followed]
    cut = sum(not line.is_sentence for line in followed) / len(followed)
    return (
        WRAPPED[0] <= statistics.median(widths) <= WRAPPED[1] and max(widths) <= 100 and cut > 0.6
    )
