"""Leaves a sentence out that another article says word for word: a text that several have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.answering.rank import Ranked

_SIGNS = re.compile(r"[\W_]+")


def once(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Give the sentences in order, each wording once: the best of those that say it.

    Only case, spaces and signs are passed over: two that differ in a number say two things.
    """
    said: dict[str, Ranked] = {}
    for each in ranked:
        said.setdefault(_SIGNS.sub(" ", each.quote).strip().casefold() or each.quote, each)
    return list(said.values())
