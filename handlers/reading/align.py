"""Finds which pieces of a page a library has taken into its text of the article."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from difflib import SequenceMatcher

from handlers.reading.pieces import tokens_of

Tokens = tuple[str, ...]
LEAST = 4  # tokens: shorter pieces are known by their neighbours only
GRAM = 3
_MARKS = re.compile(r"[*_`\\]")


def align(pieces: Sequence[Tokens], text: str) -> list[float]:
    """Give for each piece how much of it, 0 to 1, stands in `text`, each line of which counts once.

    Lines that are pieces are matched in order, as a difference between files is found; then what
    is left of the text is looked for in the other pieces, near those found before.
    """
    lines = [tokens for line in text.split("\n") if (tokens := tokens_of(_MARKS.sub("", line)))]
    got = [0.0] * len(pieces)
    left = set(range(len(lines)))
    for first, at, size in SequenceMatcher(
        None, lines, pieces, autojunk=False
    ).get_matching_blocks():
        got[at : at + size] = [1.0] * size
        left.difference_update(range(first, first + size))
    rest = [token for at in sorted(left) for token in lines[at]]
    if rest:
        _joined(pieces, got, rest)
    return got


def _joined(pieces: Sequence[Tokens], got: list[float], rest: list[str]) -> None:
    grams = _grams(rest)
    seen = {pieces[at] for at, share in enumerate(got) if share}
    found: dict[Tokens, list[int]] = {}
    for at, tokens in enumerate(pieces):
        if not got[at] and len(tokens) >= LEAST and tokens not in seen:
            found.setdefault(tokens, []).append(at)
    anchors = [at for at, share in enumerate(got) if share]
    for tokens, places in found.items():
        own = _grams(tokens)
        share = len(own & grams) / len(own)
        if share >= 0.5:
            got[min(places, key=lambda at: _distance(anchors, at))] = share
    _short(pieces, got, f" {' '.join(rest)} ")


def _short(pieces: Sequence[Tokens], got: list[float], rest: str) -> None:
    """Short pieces count where the one before or behind them does, and the text holds both."""
    for at, tokens in enumerate(pieces):
        if got[at] or len(tokens) >= LEAST:
            continue
        pair = [pieces[at - 1] + tokens] if at and got[at - 1] else []
        if at + 1 < len(pieces) and got[at + 1]:
            pair.append(tokens + pieces[at + 1])
        if any(f" {' '.join(each)} " in rest for each in pair):
            got[at] = 1.0


def _grams(tokens: Sequence[str]) -> set[Tokens]:
    return {tuple(tokens[at : at + GRAM]) for at in range(max(1, len(tokens) - GRAM + 1))}


def _distance(anchors: Sequence[int], at: int) -> int:
    place = bisect(anchors, at)
    return min((abs(at - anchor) for anchor in anchors[max(0, place - 1) : place + 1]), default=0)
