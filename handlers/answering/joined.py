"""Quotes that stand side by side become one, which reads as the article does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handlers.answering.candidates import Candidate
from handlers.answering.quotes import Quote
from storage.records import Passage, Version

# Between two items of a list stands the mark of the second.
MARK = re.compile(r"\s*\n[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+")
Versions = dict[tuple[int, int], Version]


def quote_of(
    candidate: Candidate, start: int, end: int, passages: Sequence[Passage]
) -> Quote | None:
    """Place a stretch of a version in the passage that holds it: the candidate's, or another."""
    for passage in (candidate.passage, *passages):
        if passage.start <= start and end <= passage.end:
            return Quote(candidate.of(passage), start, end)
    return None


def unmarked(text: str) -> str:
    """Give text without the marks of list items inside it."""
    return MARK.sub(" ", text)


def joined(quotes: Iterable[Quote], versions: Versions) -> list[Quote]:
    """Join quotes with nothing but white space or the mark of a list item between them.

    One passage must hold both. The whole stands where the first of its parts did; what is in
    another quote is left out.
    """
    found: list[Quote] = []
    for quote in quotes:
        grown, place = quote, len(found)
        while near := _near(grown, found, versions):
            at, grown = near
            place = min(place, at)
            del found[at]
        found.insert(place, grown)
    return found


def _near(quote: Quote, found: Sequence[Quote], versions: Versions) -> tuple[int, Quote] | None:
    """Give the place of a quote that another can be joined to, and both as one."""
    for at, each in enumerate(found):
        if whole := _whole(each, quote, versions):
            return at, whole
    return None


def _whole(one: Quote, other: Quote, versions: Versions) -> Quote | None:
    source = one.candidate.source
    if source != other.candidate.source:
        return None
    first, second = sorted((one, other), key=lambda quote: (quote.start, -quote.end))
    version = versions[source]
    between = version.text[first.end : second.start]
    if between.strip() and not MARK.fullmatch(between):
        return None
    end = max(first.end, second.end)
    return quote_of(one.candidate, first.start, end, version.passages)
