"""Tells sentences of a story that only hold a word of a page's foot, such as a court's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.language import detect
from handlers.lexicon import pattern
from handlers.phrases import Cut
from handlers.reading.furniture import words_of
from handlers.reading.heads import is_title
from handlers.reading.leftovers import HOLDS, LONGEST, TABLES, Found
from handlers.reading.lines import Line, Mark

PROSE = 12  # words of a sentence that tells something
TITLE = 5  # words of a title
NEAR = 3  # lines from a title to its story
_NUMBERED = pattern({"any": TABLES["holds"]["footer"]["any"]})  # a copyright, a company's number
_FOOT = (Cut.FOOTER, Cut.COOKIES)
_PLAIN = (Mark.NONE, Mark.QUOTE, Mark.BULLET, Mark.NUMBER)


def stories(lines: Sequence[Line], found: Found) -> set[int]:
    """Give the places of lines that were taken for a foot and stay.

    A sentence stays that does not speak to its reader, with prose on both sides or under a head;
    and so does a title over such a one.
    """
    held = [at for at, reason in found.items() if reason in _FOOT and _may_tell(lines[at])]
    if not held:
        return set()
    own = words_of(detect("\n".join(line.text for line in lines))).own
    told = [at for at in held if not own.search(lines[at].text[:LONGEST])]
    stays = {at for at in told if _is_prose(lines[at]) and _is_amid(lines, found, told, at)}
    return stays | {at for at in told if _is_head(lines, found, stays, at)}


def _may_tell(line: Line) -> bool:
    told = _is_prose(line) or (is_title(line) and line.words >= TITLE and " | " not in line.text)
    return told and not _NUMBERED.search(line.text) and not _ends_in_foot(line.text)


def _ends_in_foot(text: str) -> bool:
    """Say whether a text ends in words of a foot, as a caption does in "All rights reserved"."""
    end = len(text.rstrip(" .!)")) - 1
    return any(match.end() > end for match in HOLDS["footer"].finditer(text))


def _is_prose(line: Line) -> bool:
    return line.is_sentence and line.words >= PROSE and line.mark in _PLAIN


def _is_amid(lines: Sequence[Line], found: Found, told: Sequence[int], at: int) -> bool:
    """Say whether prose follows at once, and prose or the beginning stands before."""
    after = next(_stay(lines, found, told, range(at + 1, len(lines))), None)
    if after is None or not _is_prose(lines[after]) or after - at > 1:
        return False
    before = next(_stay(lines, found, told, range(at - 1, -1, -1)), None)
    return before is None or before == at - 1


def _is_head(lines: Sequence[Line], found: Found, stays: set[int], at: int) -> bool:
    """Say whether a line stands above all others that stay, with prose close under it."""
    below = range(at + 1, min(at + 1 + NEAR, len(lines)))
    over = any(_is_prose(lines[each]) and (each not in found or each in stays) for each in below)
    first = all(each in found for each in range(at))
    return first and over and is_title(lines[at])


def _stay(lines: Sequence[Line], found: Found, told: Sequence[int], places: range) -> Iterator[int]:
    return (each for each in places if each not in found or each in told)
