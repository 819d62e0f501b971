"""Fuses two rankings into one, by scores."""

from __future__ import annotations

from collections.abc import Sequence

from storage.records import Hit

# research, "Quality", 2: safe on every set tried there, within one language and across.
WORDS_WEIGHT = 0.3


def fuse(
    words: Sequence[Hit], meaning: Sequence[Hit], weight: float = WORDS_WEIGHT
) -> list[tuple[Hit, float, float]]:
    """Give each passage of either ranking with its fused score, best first, and both raw scores.

    A convex combination of min-max normalised scores (Bruch et al., 2023, arXiv 2210.11934),
    from 0 to 1. A passage that one ranking lacks has that ranking's lowest score in it; where a
    whole ranking is empty the other decides alone.
    """
    if not words or not meaning:
        weight = 1.0 if words else 0.0
    by_words, by_meaning = _scaled(words), _scaled(meaning)
    raw_words = {hit.passage: hit.score for hit in words}
    raw_meaning = {hit.passage: hit.score for hit in meaning}
    fused = [
        Hit(each, weight * by_words.get(each, 0.0) + (1 - weight) * by_meaning.get(each, 0.0))
        for each in dict.fromkeys([*raw_words, *raw_meaning])
    ]
    fused.sort(key=lambda hit: (-hit.score, hit.passage))
    return [
        (hit, raw_words.get(hit.passage, 0.0), raw_meaning.get(hit.passage, 0.0)) for hit in fused
    ]


def _scaled(hits: Sequence[Hit]) -> dict[int, float]:
    if not hits:
        return {}
    low, high = min(hit.score for hit in hits), max(hit.score for hit in hits)
    width = (high - low) or 1.0
    return {hit.passage: (hit.score - low) / width if high > low else 1.0 for hit in hits}
