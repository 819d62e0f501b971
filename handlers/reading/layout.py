"""Puts the lines of a PDF's pages together: columns, paragraphs, headings, no running heads."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

EDGE = 3  # lines at the top and foot of a page that may be running ones
SAME_PLACE = 4.0  # points
LARGE = 1.15  # times the size of the body, for a heading
LONGEST_HEADING = 200  # characters
WIDE_GAP = 1.45  # times the usual distance of lines, between paragraphs
INDENT = 6.0  # points
_BULLET = re.compile(r"^[•◦▪●‣–-]\s+")
_ENDS = re.compile(r"[.!?…。！？:]['\"’”»)\]]*$")
_HYPHENS = "-\u00ad\u2010\x02\ufffe"
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of a page, in points from the lower left corner; `size` is that of its letters."""

    text: str
    left: float
    right: float
    bottom: float
    size: float


def laid_out(pages: Sequence[Sequence[PageLine]]) -> tuple[str | None, str]:
    """Give the title, where something stands large over the text, and the text as Markdown."""
    kept = [_in_order(page) for page in _without_running(pages)]
    lines = [line for page in kept for line in page]
    if not lines:
        return None, ""
    body = _body_size(lines)
    paragraphs = list(_paragraphs(kept, body))
    title = _title(paragraphs[:6])
    parts = [part for part in paragraphs if part is not title]
    return title.text if title else None, "".join(_written(parts)).strip()


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    size: float
    is_heading: bool


def _body_size(lines: Sequence[PageLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0]


def _title(parts: Sequence[_Part]) -> _Part | None:
    """The largest heading at the beginning."""
    large = [part for part in parts if part.is_heading]
    return max(large, key=lambda part: part.size, default=None)


def _without_running(pages: Sequence[Sequence[PageLine]]) -> list[list[PageLine]]:
    """Take out what stands in the same place on several pages, numbers apart."""
    places: Counter[tuple[str, int]] = Counter()
    edges = [_edges(page) for page in pages]
    for edge in edges:
        places.update({key for line in edge for key in _keys(line)})
    least = 2 if len(pages) <= 4 else 3
    return [
        [
            line
            for line in page
            if line not in edge or max(places[key] for key in _keys(line)) < least
        ]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edges(page: Sequence[PageLine]) -> list[PageLine]:
    ordered = sorted(page, key=lambda line: -line.bottom)
    return [*ordered[:EDGE], *ordered[EDGE:][-EDGE:]]


def _keys(line: PageLine) -> list[tuple[str, int]]:
    """Name a line by its words without numbers and its height, rounded both ways."""
    words = _DIGITS.sub("#", line.text.lower())
    place = line.bottom / SAME_PLACE
    return [(words, int(place)), (words, int(place + 0.5) + 1_000_000)]


def _in_order(page: Sequence[PageLine]) -> list[PageLine]:
    """Put two columns one behind the other where the file goes from one to the other and back."""
    if len(page) < 8:
        return list(page)
    left, right = min(line.left for line in page), max(line.right for line in page)
    middle = (left + right) / 2
    sides = [_side(line, middle, right - left) for line in page]
    turns = sum(a == 1 and b == -1 for a, b in pairwise(side for side in sides if side))
    if turns < 3 or min(sides.count(-1), sides.count(1)) < 4:
        return list(page)
    ordered: list[PageLine] = []
    band: list[tuple[int, PageLine]] = []
    for side, line in sorted(zip(sides, page, strict=True), key=lambda each: -each[1].bottom):
        if side == 0:
            ordered += [each for _, each in sorted(band, key=lambda each: each[0])]
            ordered.append(line)
            band = []
        else:
            band.append((side, line))
    return ordered + [each for _, each in sorted(band, key=lambda each: each[0])]


def _side(line: PageLine, middle: float, width: float) -> int:
    if line.right <= middle + width * 0.02:
        return -1
    return 1 if line.left >= middle - width * 0.02 else 0


def _paragraphs(pages: Sequence[Sequence[PageLine]], body: float) -> Iterator[_Part]:
    held: list[PageLine] = []
    for page in pages:
        usual = _usual_gap(page)
        for at, line in enumerate(page):
            if held and not _goes_on(held, line, usual, is_new_page=at == 0, body=body):
                yield _part(held, body)
                held = []
            held.append(line)
    if held:
        yield _part(held, body)


def _usual_gap(page: Sequence[PageLine]) -> float:
    gaps = [a.bottom - b.bottom for a, b in pairwise(page) if 0 < a.bottom - b.bottom < 60]
    return statistics.median(gaps) if gaps else 14.0


def _goes_on(
    held: Sequence[PageLine], line: PageLine, usual: float, *, is_new_page: bool, body: float
) -> bool:
    before = held[-1]
    if abs(line.size - before.size) > 0.12 * body or _BULLET.match(line.text):
        return False
    ended = bool(_ENDS.search(before.text))
    down = before.bottom - line.bottom
    if is_new_page or down < -usual:  # the next page or column
        return not ended and not _is_large(line, body)
    if abs(down) < 1.0:
        return True
    if down > WIDE_GAP * usual:
        return False
    left = min(each.left for each in held)
    right = max(each.right for each in held)
    if line.left > left + INDENT and before.left <= left + INDENT and len(held) > 1:
        return False
    is_short = before.right < left + 0.82 * (max(right, line.right) - left)
    return not (ended and is_short)


def _is_large(line: PageLine, body: float) -> bool:
    return line.size >= LARGE * body


def _part(lines: Sequence[PageLine], body: float) -> _Part:
    text = ""
    for line in lines:
        text = _joined(text, line.text)
    size = max(line.size for line in lines)
    is_heading = _is_large(lines[0], body) and len(text) <= LONGEST_HEADING
    return _Part(text, size, is_heading and any(char.isalpha() for char in text))


def _joined(text: str, line: str) -> str:
    """Put a line behind a text; a hyphen at its end goes where a word goes on in small letters."""
    if not text:
        return line
    if text[-1] in _HYPHENS and len(text) > 1 and text[-2].isalpha():
        if line[:1].islower():
            return text[:-1] + line
        return (text if text[-1] == "-" else text[:-1] + "-") + line
    return f"{text} {line}"


def _written(parts: Sequence[_Part]) -> Iterator[str]:
    was_item = False
    for part in parts:
        bullet = _BULLET.match(part.text)
        if part.is_heading:
            yield f"\n\n## {part.text}"
        elif bullet:
            yield ("\n" if was_item else "\n\n") + f"- {part.text[bullet.end() :]}"
        else:
            yield f"\n\n{part.text}"
        was_item = bullet is not None
