"""Puts buttons into rows: those of one kind stand together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from handlers.messages import Action


def rows(actions: Sequence[Action], most: int, letters: int) -> list[list[Action]]:
    """Give rows of at most `most` buttons whose labels have `letters` together, roughly.

    A button of another command begins a row of its own.
    """
    found = []
    for _, kind in groupby(actions, key=lambda action: action.command):
        same = list(kind)
        wide = min(most, max(1, letters // max(1, *(len(each.label) for each in same))))
        found += [same[at : at + wide] for at in range(0, len(same), wide)]
    return found
