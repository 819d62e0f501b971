"""Puts pieces that cleaning cut back into a text, where they stood."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from storage.records import Removed

GAP = "\n\n"


def with_pieces(
    text: str, pieces: Sequence[Removed], chosen: Collection[int]
) -> tuple[str, list[Removed]]:
    """Give the text with the chosen pieces, each a block of its own, and the pieces that are left.

    Whatever the order in which pieces are put back, they come to stand in their own order; one
    whose place nobody knows goes to the end. Nothing else of the text changes.
    """
    here = [replace(each, place=_place(each, text)) for each in pieces]
    for at in sorted(chosen):
        text = _put(text, here, at)
    return text, [each for at, each in enumerate(here) if at not in chosen]


def _place(piece: Removed, text: str) -> int:
    return len(text) if piece.place is None else min(piece.place, len(text))


def _put(text: str, pieces: list[Removed], at: int) -> str:
    """Put one piece in, and move the places of those that stand behind it."""
    place = pieces[at].place or 0
    words = pieces[at].text
    block = f"{GAP}{words}" if place else f"{words}{GAP}" if text else words
    for other, piece in enumerate(pieces):
        if piece.place is None:
            continue
        if piece.place > place:
            pieces[other] = replace(piece, place=piece.place + len(block))
        elif piece.place == place and other > at:
            behind = len(block) if place else len(words)
            pieces[other] = replace(piece, place=place + behind)
    return f"{text[:place]}{block}{text[place:]}"
