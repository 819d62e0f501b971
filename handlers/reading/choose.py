"""Chooses which pieces of a page are its article, by what libraries take and how it looks.

Each piece gets a score from the votes of the libraries, its links, its length, its mark and its
neighbours; choose.toml holds the weights, and bench/weights.py says how they were found.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from handlers.reading.align import align
from handlers.reading.lines import Mark
from handlers.reading.pieces import Piece
from handlers.reading.voices import Voice

NEAR = 4  # pieces before and behind that count as neighbours
FULL = 200  # tokens: a longer piece weighs no more
LEAST_SHARE = 0.5  # of what trafilatura takes; with less than that, most votes decide
_SENTENCE = re.compile(r"[.!?…。！？؟।:：;”\"»)’]\W*$")
_TABLE = tomllib.loads(Path(__file__).with_name("choose.toml").read_text(encoding="utf-8"))
WEIGHTS: dict[str, float] = _TABLE["weights"]
ASKED_LAST = "readability"
# Like trafilatura's must these be, so that it need not be asked: chosen on the half of the pages
# that taught the weights (F1 .965 as with all voices), for six pages of seven.
ENOUGH = {"precise": 0.9, "resiliparse": 0.5}
VOTERS = ("trafilatura", "precise", "readability", "resiliparse")


def choose(
    pieces: Sequence[Piece],
    heard: Mapping[str, Voice],
    body: str = "",
    weights: Mapping[str, float] = WEIGHTS,
) -> list[Piece]:
    """Give the pieces of the article, in order.

    `heard` are the libraries that say what they take for it, `body` what the page itself says that
    it is (articleBody of schema.org), of which only what is to be seen counts.
    """
    votes = votes_of(pieces, heard)
    kept = [
        sum(weights[name] * value for name, value in row.items()) > 0
        for row in features(pieces, votes, body)
    ]
    leading = _size(pieces, [share >= 0.5 for share in votes["trafilatura"]])
    if _size(pieces, kept) < LEAST_SHARE * leading:
        kept = [sum(each) >= len(VOTERS) / 2 for each in zip(*votes.values(), strict=True)]
    return [piece for piece, keep in zip(pieces, kept, strict=True) if keep]


def votes_of(pieces: Sequence[Piece], heard: Mapping[str, Voice]) -> dict[str, list[float]]:
    """Give what share of each piece each library takes.

    readability-lxml takes as long as all the others: it is asked where those do not agree, and
    counted as of trafilatura's mind where they do.
    """
    tokens = [piece.tokens for piece in pieces]
    first, *others = VOTERS
    votes = {name: align(tokens, heard[name]()) for name in (*others, first) if name != ASKED_LAST}
    like = {name: _agreement(pieces, votes["trafilatura"], votes[name]) for name in ENOUGH}
    agreed = all(like[name] >= least for name, least in ENOUGH.items())
    votes[ASKED_LAST] = votes["trafilatura"] if agreed else align(tokens, heard[ASKED_LAST]())
    return {name: votes[name] for name in VOTERS}


def _agreement(pieces: Sequence[Piece], one: Sequence[float], other: Sequence[float]) -> float:
    """Give the share of what either of two takes that both take, by the pieces' lengths."""
    sizes = [min(len(piece.tokens), FULL) for piece in pieces]
    rows = list(zip(sizes, one, other, strict=True))
    either = sum(size * max(a, b) for size, a, b in rows)
    return sum(size * min(a, b) for size, a, b in rows) / either if either else 0.0


def features(
    pieces: Sequence[Piece], votes: Mapping[str, Sequence[float]], body: str
) -> list[dict[str, float]]:
    """Give what is weighed of each piece, every value between 0 and 1 but the body's."""
    means = [sum(each) / len(VOTERS) for each in zip(*votes.values(), strict=True)]
    sizes = [float(min(len(piece.tokens), FULL)) for piece in pieces]
    said = align([piece.tokens for piece in pieces], body) if body else [0.5] * len(pieces)
    taken, there, whole = _by_path(pieces, means, sizes)
    rows = []
    for at, piece in enumerate(pieces):
        mean, length = means[at], min(1.0, math.log1p(len(piece.tokens)) / 5)
        before = _around(means, sizes, range(max(0, at - NEAR), at))
        behind = _around(means, sizes, range(at + 1, min(len(pieces), at + NEAR + 1)))
        row = {
            "bias": 1.0,
            **{name: votes[name][at] for name in VOTERS},
            "agreed": mean * mean,
            "linked": piece.linked,
            "length": length,
            "length_agreed": length * mean,
            "sentence": float(bool(_SENTENCE.search(piece.text))),
            "before": before,
            "behind": behind,
            "between": before * behind,
            "kin": taken[piece.path] / (there[piece.path] + 1),
            "kin_share": taken[piece.path] / whole,
            "heading": float(piece.mark is Mark.HEADING),
            "item": float(piece.mark in (Mark.BULLET, Mark.NUMBER)),
            "table": float(piece.mark is Mark.TABLE),
            "caption": float(piece.caption),
            "body": said[at] - 0.5,
        }
        rows.append(row)
    return rows


def _by_path(
    pieces: Sequence[Piece], means: Sequence[float], sizes: Sequence[float]
) -> tuple[dict[str, float], dict[str, float], float]:
    """Add up, for the pieces in the same kind of place, what is taken of them, and their sizes."""
    taken: dict[str, float] = {}
    there: dict[str, float] = {}
    for piece, mean, size in zip(pieces, means, sizes, strict=True):
        taken[piece.path] = taken.get(piece.path, 0.0) + mean * size
        there[piece.path] = there.get(piece.path, 0.0) + size
    return taken, there, sum(taken.values()) + 1


def _around(means: Sequence[float], sizes: Sequence[float], places: range) -> float:
    taken = sum(means[at] * sizes[at] for at in places)
    return taken / (sum(sizes[at] for at in places) + 1)


def _size(pieces: Sequence[Piece], kept: Sequence[bool]) -> int:
    return sum(len(piece.tokens) for piece, keep in zip(pieces, kept, strict=True) if keep)
