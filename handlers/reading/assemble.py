"""Puts the kept lines of one article together as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.reading.headings import starts_small
from handlers.reading.lines import Line, Mark

LABEL_WORDS = 8


@dataclass(frozen=True, slots=True)
class _Piece:
    mark: Mark
    text: str
    level: int = 0


def assemble(lines: Sequence[Line], headings: Mapping[int, int]) -> str:
    """Give Markdown: headings from ## down, paragraphs, lists, quotes; sentences made whole.

    `headings` gives the level of the lines that are headings, by their place in `lines`.
    """
    pieces = list(_labelled(list(_whole(lines, headings))))
    text = ""
    for before, piece in zip([None, *pieces], pieces, strict=False):
        text += _between(before, piece) + _written(piece)
    return text


def _whole(lines: Sequence[Line], headings: Mapping[int, int]) -> Iterator[_Piece]:
    """Yield pieces, with a sentence that was cut in two by a blank line joined."""
    held: _Piece | None = None
    for at, line in enumerate(lines):
        mark = Mark.HEADING if at in headings else line.mark
        if mark is Mark.HEADING and at not in headings:
            mark = Mark.NONE
        level = max(2, headings[at]) if at in headings else line.level
        piece = _Piece(mark, line.text, level)
        if held and _is_cut(held) and mark is Mark.NONE and starts_small(line.text):
            held = replace(held, text=f"{held.text} {line.text}")
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _is_cut(piece: _Piece) -> bool:
    last = piece.text.rstrip()[-1:]
    return piece.mark is Mark.NONE and (last.isalpha() or last in ",–—-")


def _labelled(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Join a point that is only a label ("Price:") with the one point that it stands over."""
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        following = pieces[at + 1 : at + 3]
        if (
            _is_label(piece)
            and following
            and following[0].mark.is_item
            and not _is_label(following[0])
        ):
            alone = len(following) < 2 or not following[1].mark.is_item or _is_label(following[1])
            if alone:
                yield replace(piece, text=f"{piece.text} {following[0].text}")
                at += 2
                continue
        yield piece
        at += 1


def _is_label(piece: _Piece) -> bool:
    short = len(piece.text.split()) <= LABEL_WORDS
    return piece.mark.is_item and short and piece.text.endswith((":", "："))


def _written(piece: _Piece) -> str:
    match piece.mark:
        case Mark.HEADING:
            return f"{'#' * min(piece.level, 6)} {piece.text}"
        case Mark.BULLET:
            return f"- {piece.text}"
        case Mark.NUMBER:
            return f"{piece.level}. {piece.text}"
        case Mark.QUOTE:
            return f"> {piece.text}"
        case _:
            return piece.text


def _between(before: _Piece | None, piece: _Piece) -> str:
    if before is None:
        return ""
    if before.mark.is_item and piece.mark.is_item:
        return "\n"
    if before.mark is piece.mark is Mark.TABLE:
        return "\n"
    return "\n>\n" if before.mark is piece.mark is Mark.QUOTE else "\n\n"
