"""Understands from when an answer is to be: the latest, last week, in 2013."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from handlers.answering.candidates import Candidate
from handlers.lexicon import load, pattern

_TABLES = load(Path(__file__).with_name("when.toml"))
_WORDS = {name: pattern(table) for name, table in _TABLES.items()}
_YEAR = re.compile(r"(?<![\d.,])(?:1[89]|20)\d\d(?![\d.,]\d|\d)")
# Candidates this near to the best (as a share of the range from best to worst) are equals, and
# among equals time decides.
EQUALS = 0.25


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of a time that a question names."""

    first: date
    last: date


def in_time(candidates: Sequence[Candidate], question: str, today: date) -> list[Candidate]:
    """Give the candidates best first, those of the time that the question asks for before equals.

    Newest first where it asks for the latest; a year that it names may also stand in the text.
    """
    order = list(candidates)
    if not order:
        return order
    equals = [each for each in order if each.score >= order[0].score - EQUALS]
    rest = order[len(equals) :]
    if wants_latest(question):
        equals.sort(key=lambda each: each.published or "", reverse=True)
    elif span := span_of(question, today):
        equals.sort(key=lambda each: not _is_of(each, span))
    return [*equals, *rest]


def wants_latest(question: str) -> bool:
    """Say whether a question asks for how things stand now."""
    return bool(_WORDS["latest"].search(question))


def span_of(question: str, today: date) -> Span | None:
    """Give the time that a question names by a year or by words such as "last week"."""
    if years := [int(year) for year in _YEAR.findall(question)]:
        return Span(date(min(years), 1, 1), date(max(years), 12, 31))
    if _WORDS["day"].search(question):
        return Span(today - timedelta(days=1), today)
    if _WORDS["week"].search(question):
        return Span(today - timedelta(days=today.weekday() + 7), today)
    if _WORDS["month"].search(question):
        return Span((today.replace(day=1) - timedelta(days=1)).replace(day=1), today)
    if _WORDS["year"].search(question):
        return Span(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    return None


def _is_of(candidate: Candidate, span: Span) -> bool:
    """Say whether an article is of that time, or a passage of it names its year."""
    published = candidate.published or ""
    if span.first.isoformat() <= published[:10] <= span.last.isoformat():
        return True
    whole_years = span.first.month == 1 and span.last.month == 12
    years = range(span.first.year, span.last.year + 1) if whole_years else ()
    return any(str(year) in candidate.passage.text for year in years)
