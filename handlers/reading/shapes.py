"""Finds a page's own lines by their shape and place alone, so in any language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from handlers.phrases import Cut
from handlers.reading.bylines import is_byline
from handlers.reading.heads import bare
from handlers.reading.leftovers import Found
from handlers.reading.lines import Line, Mark

PROSE = 10  # words of a sentence that belongs to a story
LEAD = 2  # lines with one beginning, and words of it at least,
MOST_LEAD = 4  # and at most
POINTED = 3  # words of a title behind it
AGAIN = 3  # times that a mark between paragraphs comes, which a sub-heading does not
MARK = 2  # words of such a mark
BUTTON = 6  # words of a button
BUTTONS = 2  # in a row under the day of a story
_HASHTAG = re.compile(r"(?:[#＃][^\s#＃]{2,40}\s*)+")
_LEAD = re.compile(r"([^\d:：|]{2,40})[:：]\s*(\S.*)")


def shapes(lines: Sequence[Line], found: Found) -> Found:
    """Give counters, tags, links with one beginning, marks that come again, and rows of buttons."""
    cut: Found = {}
    for rule in (_counters, _tags, _pointers, _marks, _buttons):
        for at, reason in rule(lines):
            if at not in found and lines[at].mark is Mark.NONE:
                cut.setdefault(at, reason)
    return cut


def _counters(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """A heart, a thumb or a star beside a number, and no letter."""
    for at, line in enumerate(lines):
        signs = {unicodedata.category(char)[0] for char in line.text}
        drawn = any(unicodedata.category(char) == "So" for char in line.text)
        if drawn and "N" in signs and "L" not in signs:
            yield at, Cut.LABEL


def _tags(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """Lines of nothing but hashtags, two or more in a row."""
    tagged = [bool(_HASHTAG.fullmatch(line.text)) for line in lines]
    for at, is_tag in enumerate(tagged):
        if is_tag and (tagged[at - 1 : at] == [True] or tagged[at + 1 : at + 2] == [True]):
            yield at, Cut.LABEL


def _pointers(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """Titles of other stories between paragraphs, all behind the same few words and a colon."""
    leads: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        match = _LEAD.fullmatch(line.text)
        if match and _is_amid(lines, at) and not line.is_sentence:
            many = LEAD <= len(match[1].split()) <= MOST_LEAD
            if many and len(match[2].split()) >= POINTED:
                leads.setdefault(match[1].casefold(), []).append(at)
    for places in leads.values():
        if len(places) >= LEAD:
            yield from ((at, Cut.LINKS) for at in places)


def _marks(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """A word or two that stand alone between paragraphs again and again."""
    amid = [at for at, line in enumerate(lines) if line.words <= MARK and _is_amid(lines, at)]
    times = Counter(bare(lines[at].text) for at in amid)
    for at in amid:
        if times[bare(lines[at].text)] >= AGAIN and not lines[at].is_sentence:
            yield at, Cut.AD


def _is_amid(lines: Sequence[Line], at: int) -> bool:
    """Say whether a line stands alone, with a paragraph of prose on both sides."""
    if not 0 < at < len(lines) - 1:
        return False
    return _is_prose(lines[at - 1]) and _is_prose(lines[at + 1])


def _is_prose(line: Line) -> bool:
    return line.is_sentence and line.words >= PROSE


def _buttons(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """Short lines close together, under a story's day and over its first paragraph.

    A colon or a second number shows that they tell something.
    """
    first = next((at for at, line in enumerate(lines) if _is_prose(line)), 0)
    days = [at for at in range(first) if is_byline(lines[at])]
    run = range(days[-1] + 1, first) if days else range(0)
    apart = bool(run) and lines[first].gap and not any(lines[at].gap for at in run)
    small = all(lines[at].words <= BUTTON and not lines[at].is_sentence for at in run)
    told = any(":" in lines[at].text or "：" in lines[at].text for at in run)
    counts = sum(any(char.isdigit() for char in lines[at].text) for at in run)
    if apart and small and not told and counts < 2 and len(run) >= BUTTONS:
        yield from ((at, Cut.LABEL) for at in run)
