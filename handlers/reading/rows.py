"""Tells rows of buttons or of a menu's entries, which wide gaps part, and lines that only count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from handlers.phrases import Cut
from handlers.reading.lines import Line, Mark

_GAP = re.compile(r"[ \u00a0\u3000]{2,}|\t+")  # what is left of the space between two buttons
_STAMP = re.compile(r"(?:\d{1,2}:)?\d{1,2}:[0-5]\d", re.ASCII)
_SOUND = re.compile(r"[\[(♪].{1,30}[\])♪]")
# "^ Pell, Ormond (1902)", "↑ a b …": the way back from a note of a wiki; "↑ 12 % revenue" is none
_NOTE = re.compile(r"\s*[\^↑]\s+[^\s\d.,+−-]")

ENTRY = 4  # words that a button or an entry of a menu has at most
LEAST = 2  # gaps in a row
NOTES = 2  # of a wiki, that a text has at least: one arrow may be anything
STAMPS = 4  # of a film's text, that a text has at least,
SHARE = 0.2  # and their share of its lines


def rows(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """Give the rows around the prose, those that come twice, and the lines that tell nothing."""
    prose = [at for at, line in enumerate(lines) if line.words >= 10 and line.is_sentence]
    if not prose:
        return
    spread = {at: pieces for at, line in enumerate(lines) if (pieces := _pieces(line))}
    times = Counter(pieces for pieces in spread.values())
    for at, pieces in spread.items():
        told = any(char.isdigit() for piece in pieces for char in piece)
        around = not prose[0] < at < prose[-1]
        if times[pieces] > 1 or (around and not told):
            yield at, Cut.MENU
    notes = [at for at, line in enumerate(lines) if _NOTE.match(line.parts[0][1])]
    if len(notes) >= NOTES:
        yield from ((at, Cut.LINKS) for at in notes)


def _pieces(line: Line) -> tuple[str, ...]:
    """Give the entries of a row; none for a line that is no row."""
    if len(line.parts) > 1 or line.mark is not Mark.NONE or line.is_sentence:
        return ()
    pieces = tuple(piece for piece in _GAP.split(line.parts[0][1].strip()) if piece)
    small = all(len(piece.split()) <= ENTRY for piece in pieces)
    return pieces if small and len(pieces) > LEAST else ()


def stamps(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """Give the times of a film's text, and its sounds, where times only ever go on."""
    places = [at for at, line in enumerate(lines) if _STAMP.fullmatch(line.text)]
    run = _rising(lines, places)
    if len(run) < max(STAMPS, SHARE * len(lines)):
        return
    for at in range(run[0], run[-1] + 1):
        if at in run or _SOUND.fullmatch(lines[at].text):
            yield at, Cut.PROGRAM


def _rising(lines: Sequence[Line], places: Sequence[int]) -> list[int]:
    """Give the places from the first stamp on as long as none goes back."""
    run: list[int] = []
    latest = -1
    for at in places:
        now = 0
        for part in lines[at].text.split(":"):
            now = 60 * now + int(part)
        if now < latest:
            break
        run.append(at)
        latest = now
    return run
