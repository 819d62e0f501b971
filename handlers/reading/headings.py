"""Tells which unmarked lines are headings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from handlers.reading.bylines import tells_more
from handlers.reading.leftovers import Found
from handlers.reading.lines import Line, Mark
from handlers.reading.talk import is_chat

LONGEST = 100  # characters
MOST_WORDS = 14
_OPENING = " \"'“‘„«»‹([¿¡「『《"


def kept_places(lines: Sequence[Line], found: Found) -> list[int]:
    """Give the places of the lines that nothing has cut."""
    return [at for at in range(len(lines)) if at not in found]


def infer_headings(lines: Sequence[Line], found: Found) -> dict[int, int]:
    """Give the places of headings with their level, marked ones included.

    An unmarked heading stands alone, is short, is no sentence, and has something longer under it.
    A chat has none.
    """
    kept = kept_places(lines, found)
    spaced = sum(lines[at].gap for at in kept) > len(kept) / 5
    chat = is_chat([lines[at] for at in kept])
    levels: dict[int, int] = {}
    for at, after in zip_longest(kept, kept[1:]):
        if lines[at].mark is Mark.HEADING:
            levels[at] = lines[at].level
        elif after is not None and not chat and looks_like_heading(lines[at]):
            alone = not spaced or (
                lines[at].gap and (lines[after].gap or lines[after].mark.is_item)
            )
            if alone and _stands_over(lines[after]):
                levels[at] = 3 if _is_label(lines[at].text) else 2
    return _without_runs(levels, kept, lines)


def looks_like_heading(line: Line) -> bool:
    """Say whether a line by itself could be a heading: short, and no sentence."""
    text = line.text
    if line.mark is not Mark.NONE or line.words > MOST_WORDS or len(text) > LONGEST:
        return False
    first = text.lstrip(_OPENING)[:1]
    if not first or first.islower() or line.ends in ",;，；、-–—" or tells_more(line):
        return False
    if line.ends in ":：":
        cased = any(char.islower() or char.isupper() for char in text)
        return line.words <= (6 if cased else 4) and "，" not in text and _is_title_case(text)
    return not line.is_sentence or (line.ends in "?？" and text[-1:] in "?？")


def starts_small(text: str) -> bool:
    """Say whether a text goes on with a sentence that began before it."""
    return text.lstrip(_OPENING)[:1].islower()


def _stands_over(below: Line) -> bool:
    """A heading stands over prose, a list, a quote, a table or a heading of lower rank."""
    if starts_small(below.text) and not below.mark.is_item:
        return False
    return below.mark is not Mark.NONE or below.words >= 5 or below.is_sentence


def _is_label(text: str) -> bool:
    return text.endswith((":", "："))


def _is_title_case(text: str) -> bool:
    words = [word for word in text.split() if word[:1].isalpha() and len(word) > 3]
    return sum(not word[:1].islower() for word in words) >= 0.75 * len(words)


def _without_runs(
    levels: dict[int, int], kept: Sequence[int], lines: Sequence[Line]
) -> dict[int, int]:
    """Drop unmarked headings in rows of three, which are lines of something else, and empty ones.

    Of two in a row, the upper one is a heading only over one of lower rank.
    """
    rows = {at: place for place, at in enumerate(kept)}
    result = dict(levels)
    for at, level in levels.items():
        place = rows[at]
        below = kept[place + 1] if place + 1 < len(kept) else None
        if lines[at].mark is Mark.HEADING:
            continue
        empty = below is None or (below in levels and levels[below] <= level)
        beside = [kept[i] in levels for i in range(max(0, place - 2), place + 3) if i < len(kept)]
        if empty or (place > 1 and sum(beside) >= 3 and below in levels):
            del result[at]
    return result
