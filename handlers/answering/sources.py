"""Numbers the quotes of an answer and lists where each stands, or what came nearest."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.answering.quotes import Claim, Quote
from handlers.answering.rank import Ranked
from handlers.messages import Disagreement, Nearest, Source

_Place = tuple[int, int, int, int]
NEAREST = 3  # passages shown with an honest no


def number(claims: Sequence[Claim]) -> tuple[str, tuple[Source, ...]]:
    """Give the answer's text with [n] behind each claim, and source n for each quote."""
    (text,), sources = paragraphs([claims])
    return text, sources


def paragraphs(groups: Sequence[Sequence[Claim]]) -> tuple[list[str], tuple[Source, ...]]:
    """Give a text for each group of claims, empty for an empty one, and their sources."""
    places: dict[_Place, Source] = {}
    return [_text(claims, places) for claims in groups], tuple(places.values())


def _text(claims: Sequence[Claim], places: dict[_Place, Source]) -> str:
    """Give claims with [n] behind each; new sources are added to `places`."""
    parts = []
    for claim in claims:
        marks = []
        for quote in claim.quotes:
            source = _source(len(places) + 1, quote)
            marks.append(places.setdefault(_place(source), source).n)
        text = " ".join(claim.text.split())
        parts.append(f"{text} {''.join(f'[{n}]' for n in dict.fromkeys(marks))}")
    return " ".join(parts)


def differing(
    sides: Sequence[Quote], sources: Sequence[Source], *, corrected: bool
) -> Disagreement | None:
    """Name the sources of the two quotes that disagree; none where there are no two."""
    numbers = {_place(each): each.n for each in sources}
    found = [numbers[_place(_source(0, quote))] for quote in sides]
    return Disagreement((found[0], found[1]), corrected) if len(found) == 2 else None


def nearest(ranked: Sequence[Ranked]) -> tuple[Nearest, ...]:
    """Give the best sentence of each of the best passages, for a person to judge."""
    best: dict[int, Ranked] = {}
    for each in ranked:
        best.setdefault(each.candidate.passage.id, each)
    return tuple(
        Nearest(each.candidate.passage.article, each.candidate.passage.title, each.quote)
        for each in list(best.values())[:NEAREST]
    )


def as_of(sources: Sequence[Source]) -> str | None:
    """Give the date of the newest evidence, where any has one."""
    return max((each.published for each in sources if each.published), default=None)


def _place(source: Source) -> _Place:
    return source.article, source.version, source.start, source.end


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
