"""Cuts Markdown into messages within a platform's limit, where it hurts least."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Length = Callable[[str], int]

LEAST = 64  # below it no room is left between the two ends of a code fence
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)([^\n`]*)$", re.MULTILINE)
# Links, bare addresses, inline code and strong text: broken in two they show their marks.
_WHOLE = re.compile(
    r"\[[^\[\]\n]*\]\([^()\s]*\)|<?https?://[^\s<>]+>?|`[^`\n]+`|\*\*[^*\n]+\*\*|\\[!-/:-@\[-`{-~]"
)
_BREAKS = (
    re.compile(r"\n(?:[ \t]*\n)+"),  # between paragraphs
    re.compile(r"\n"),  # between lines
    re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])"),  # between sentences
    re.compile(r"[^\S\n]+"),  # between words
)
_JOINERS = "\u200d\ufe0e\ufe0f\u20e3"


@dataclass(frozen=True, slots=True)
class _Fence:
    """A code block: `start` and `end` are those of its inside, `after` is behind its last mark."""

    start: int
    end: int
    after: int
    opening: str
    mark: str


def utf16(text: str) -> int:
    """Give the length as Telegram counts it, in UTF-16 code units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def split(markdown: str, limit: int, length: Length = len) -> list[str]:
    """Give the parts, each of at most `limit` by `length`; white space at a cut goes.

    A code block that is cut is closed in one part and opened again in the next. Nothing to say
    gives no part. Raises `ValueError` for a limit under `LEAST`.
    """
    if limit < LEAST:
        raise ValueError(f"a limit of {limit} is too small to cut Markdown for")
    return [part for part in _parts(markdown.strip("\n"), limit, length) if part.strip()]


def _parts(text: str, limit: int, length: Length) -> Iterator[str]:
    """Take the best head off as long as the rest is too long, code fences mended."""
    while length(text) > limit:
        fences = list(_fences(text))
        room = limit - _longest_mark(fences)
        fit = _fit(text, room, length)
        cut = _cut(text, fit, fences)
        inside = next((fence for fence in fences if fence.start < cut < fence.end), None)
        if inside is None:
            yield text[:cut].rstrip()
            text = text[cut:].lstrip("\n") if text[cut : cut + 1] == "\n" else text[cut:].lstrip()
            continue
        yield text[:cut].rstrip("\n") + "\n" + inside.mark
        if text[cut : inside.end].strip():
            text = f"{inside.opening}\n{text[cut:].removeprefix(chr(10))}"
        else:
            text = text[inside.after :].lstrip("\n")
    yield text


def _longest_mark(fences: list[_Fence]) -> int:
    return max((len(fence.mark) + 1 for fence in fences), default=0)


def _fences(text: str) -> Iterator[_Fence]:
    """Find code blocks; one that is never closed ends with the text."""
    opened: re.Match[str] | None = None
    for line in _FENCE.finditer(text):
        if opened is None:
            opened = line
        elif line[1].startswith(opened[1]) and not line[2].strip():
            yield _fence(opened, line.start(), line.end())
            opened = None
    if opened:
        yield _fence(opened, len(text), len(text))


def _fence(opened: re.Match[str], end: int, after: int) -> _Fence:
    mark = opened[1][:8]
    return _Fence(opened.end() + 1, end, after, f"{mark}{opened[2].strip()[:16]}", mark)


def _fit(text: str, limit: int, length: Length) -> int:
    """Give how many code points from the start stay within the limit, at least one."""
    return max(1, bisect_right(range(limit + 1), limit, key=lambda n: length(text[:n])) - 1)


def _cut(text: str, fit: int, fences: list[_Fence]) -> int:
    """Choose the place to cut at: the best kind of break in the second half, then anywhere."""
    code = next((fence.start for fence in fences if fence.start <= fit < fence.end), 0)
    whole = [match.span() for match in _WHOLE.finditer(text[: fit * 2]) if not code]
    for least in (fit // 2, 0):
        for kind in _BREAKS:
            if cut := _last(kind, text, fit, least, whole, fences):
                return cut
    blocked = next((start for start, end in whole if start < fit < end), 0)
    return blocked or _grapheme(text, fit, code)


def _last(
    kind: re.Pattern[str],
    text: str,
    fit: int,
    least: int,
    whole: list[tuple[int, int]],
    fences: list[_Fence],
) -> int:
    """Find the last break of a kind that cuts nothing whole; 0 where there is none."""
    cuts = [match.start() for match in kind.finditer(text, 0, fit + 1)]
    for cut in reversed(cuts):
        if cut <= least or cut > fit:
            continue
        if any(start < cut < end for start, end in whole):
            continue
        fence = next((one for one in fences if one.start <= cut < one.end), None)
        if fence is None or (kind is _BREAKS[1] and cut > fence.start):
            return cut
    return 0


def _grapheme(text: str, cut: int, least: int) -> int:
    """Move a cut back so that no letter loses its marks; a letter longer than all is cut."""
    place = cut
    while place > least and _joined(text, place):
        place -= 1
    return place if place > least else cut


def _joined(text: str, place: int) -> bool:
    """Whether the two sides of a place are one character to a reader."""
    before, after = text[place - 1 : place], text[place : place + 1]
    if not before or not after:
        return False
    if unicodedata.category(after)[0] == "M" or after in _JOINERS or before == "\u200d":
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    if "\u1160" <= after <= "\u11ff":  # vowels and finals of a Korean syllable in pieces
        return True
    return _flag(before) and _flag(after) and _flags_before(text, place) % 2 == 1


def _flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _flags_before(text: str, place: int) -> int:
    count = 0
    while place > count and _flag(text[place - count - 1]):
        count += 1
    return count
