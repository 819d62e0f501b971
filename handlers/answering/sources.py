"""Numbers the quotes of an answer and lists where each stands."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.answering.quotes import Claim, Quote
from handlers.messages import Source


def number(claims: Sequence[Claim]) -> tuple[str, tuple[Source, ...]]:
    """Give the answer's text with [n] behind each claim, and source n for each quote."""
    places: dict[tuple[int, int, int, int], Source] = {}
    parts = []
    for claim in claims:
        marks = []
        for quote in claim.quotes:
            source = _source(len(places) + 1, quote)
            place = (source.article, source.version, source.start, source.end)
            marks.append(places.setdefault(place, source).n)
        text = " ".join(claim.text.split())
        parts.append(f"{text} {''.join(f'[{n}]' for n in dict.fromkeys(marks))}")
    return " ".join(parts), tuple(places.values())


def as_of(sources: Sequence[Source]) -> str | None:
    """Give the date of the newest evidence, where any has one."""
    return max((each.published for each in sources if each.published), default=None)


def _source(n: int, quote: Quote) -> Source:
    candidate = quote.candidate
    return Source(
        n=n,
        article=candidate.passage.article,
        version=candidate.passage.version,
        title=candidate.passage.title,
        quote=quote.text,
        start=quote.start,
        end=quote.end,
        url=candidate.url,
        site=candidate.site,
        published=candidate.published,
    )
