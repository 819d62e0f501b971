"""Cuts Markdown into messages within a platform's limit, where it hurts least."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import regex

from bot.joints import Joints
from handlers.markdown import tame

Length = Callable[[str], int]
Span = tuple[int, int]  # the white space, or nothing, that goes where a text is cut

LEAST = 64  # below it no room is left between the two ends of a code fence
_PARAGRAPHS = regex.compile(r"\n(?:[ \t]*\n)+")
_LINES = regex.compile(r"\n")
_SENTENCES = regex.compile(
    r"(?<=[.!?…][\"'”’)\]]{0,2})\s+(?!\p{M})|(?<=[。！？][”’」』）]?)(?![”’」』）])"
)
_WORDS = regex.compile(r"[^\S\n]+(?!\p{M})|(?<=[，、；：])")
# Before a mark that may begin a link or code, and behind one that may end it.
_EDGES = regex.compile(r"(?=[<\[`&\\])|(?<=[>)\]`;])(?![\p{M}\u200d])")
_LETTER = regex.compile(r"\X")  # as a reader sees it: with its accents, joiners, its other half
_KINDS = (_PARAGRAPHS, _LINES, _SENTENCES, _WORDS)
_TRIES = 16  # places of one kind that are looked at
_READ = 4096  # characters that are read at least, to see what is open at a place


def utf16(text: str) -> int:
    """Give the length as Telegram counts it, in UTF-16 code units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def split(markdown: str, limit: int, length: Length = len) -> list[str]:
    """Give the parts, each of at most `limit` by `length`; white space at a cut goes.

    A code block that is cut is closed in one part and opened again in the next, and so are strong
    and slanted words; a quote goes on as one, a table under its head. Nothing to say gives no
    part. Raises `ValueError` for a limit under `LEAST`.
    """
    if limit < LEAST:
        raise ValueError(f"a limit of {limit} is too small to cut Markdown for")
    known = cache(length)
    parts = _parts(markdown.strip("\n"), limit, known)
    return [part for part in parts if part.strip() and known(part)]


def _parts(text: str, limit: int, length: Length) -> Iterator[str]:
    room = limit  # characters that are thought to come to the limit
    while not _fits(text, limit, length):
        head, text, room = _take(tame(text), room, limit, length)
        yield head
    yield text


def _fits(text: str, limit: int, length: Length) -> bool:
    """To measure may mean to render: what is twice as long as the limit is not measured."""
    return len(text) <= 2 * limit and length(text) <= limit


def _take(text: str, room: int, limit: int, length: Length) -> tuple[str, str, int]:
    """Give the first part and the rest, and how many characters may come to the limit in that.

    Less and less is tried until it fits.
    """
    while True:
        head, tail = _cut(text, min(room, len(text) - 1))
        size = length(head)
        most = len(head) * limit // max(1, size)
        if size <= limit or room <= 1:
            return head, tail, max(LEAST, min(limit, most, room * 9 // 8))
        room = max(1, min(room - 1, most * 19 // 20))


def _cut(text: str, room: int) -> tuple[str, str]:
    """Choose the place to cut at: the best kind of break in the second half, then anywhere."""
    joints = Joints(text, max(2 * room, _READ))
    for low, high in ((room // 2, room), (0, room // 2)):
        for kind in _KINDS:
            for start, end in _spans(kind, text, low, high):
                if halves := joints.cut(start, end, clean=kind is _WORDS):
                    return halves
    letters = _letters(text, room)
    others = [*_spans(_WORDS, text, room // 2, room), *letters, *_spans(_EDGES, text, 0, room)]
    for start, end in others:
        if halves := joints.cut(start, end):
            return halves
    return joints.tear(letters[0][0] if letters else room)


def _spans(kind: regex.Pattern[str], text: str, low: int, high: int) -> list[Span]:
    """Give the last places of a kind that are behind `low` and not behind `high`, last first."""
    found = (match.span() for match in kind.finditer(text, low, high + LEAST))
    return [span for span in found if low < span[0] <= high][: -_TRIES - 1 : -1]


def _letters(text: str, room: int) -> list[Span]:
    """Give the last places between two letters in the second half of the room, last first."""
    ends = [found.end() for found in _LETTER.finditer(text, 0, room + LEAST)]
    return [(end, end) for end in reversed(ends) if room // 2 < end <= room][:8]
