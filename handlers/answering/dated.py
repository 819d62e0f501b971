"""What a question wants of a day: which day, whether it asks nothing else, what is told of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

from handlers.answering.candidates import Candidate
from handlers.answering.days import YEAR, Day, Placed, days, placed
from handlers.answering.facts import fold, names
from handlers.answering.rank import Ranked, weighed
from handlers.answering.words import words
from handlers.language import function_words
from handlers.lexicon import Table, load, pattern

_HAPPENS: Table = load(Path(__file__).with_name("dated.toml"))["happens"]
_IN = re.compile(r"\b(?:in|im|bei) ([A-ZÄÖÜ]\w+)")  # German nouns have capitals, places too
# By how much likelier a sentence that gives the day is the answer: from 10 to 30 all even rows of
# tests/questions/dated.json are led by it and hold no other day.
TOLD = 10.0
_NEXT = timedelta(days=1)  # what happened on a day is often told the day after


@dataclass(frozen=True, slots=True)
class AskedDay:
    """The day that a question asks about; `beside` says that it names a place or thing as well."""

    day: Day
    beside: bool

    def is_told_by(self, each: Ranked) -> bool:
        """Say whether a sentence gives that day, or what stands over it where it gives none."""
        return any(self.day.is_met(one) for one in _told(each))

    def is_in(self, each: Candidate) -> bool:
        """Say whether a passage names that day anywhere, or its article is of that day."""
        passage = each.passage
        told = days(f"{passage.title}\n{passage.heading}\n{passage.text}", each.language)
        return any(self.day.is_met(one) for one in told) or self.is_of(each.published)

    def is_of(self, published: str | None) -> bool:
        """Say whether an article is of that day, month or year, or of the day after it."""
        try:
            there = date.fromisoformat((published or "")[:10])
        except ValueError:
            return False
        possible = (there, there - _NEXT) if self.day.day else (there,)
        return any(self.day.is_met(Day(one.month, one.day, one.year)) for one in possible)

    def is_answered(
        self, candidates: Sequence[Candidate], ranked: Sequence[Ranked], *, enough: bool
    ) -> bool:
        """Say whether there is an answer to what happened on a day, `enough` what was thought.

        A sentence that gives the day answers, if nothing else is asked for; where neither a passage
        nor an article is of that day, nothing does.
        """
        if not self.beside and any(self.is_told_by(each) for each in ranked):
            return True
        return enough and any(self.is_in(each) for each in candidates)

    def first(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        """Give sentences anew, best first: what is told of the day is so much likelier."""
        return weighed(ranked, lambda each: TOLD if self._is_of_it(each) else 1.0)

    def _is_of_it(self, each: Ranked) -> bool:
        if told := _told(each):
            return any(self.day.is_met(one) for one in told)
        return self.is_of(each.candidate.published)


def _told(each: Ranked) -> tuple[Day, ...]:
    """Give the days of a sentence, else those of the headings and the title over it."""
    above = " ".join((each.candidate.passage.title, *each.sentence.block.path))
    language = each.candidate.language
    return days(each.quote, language) or days(above, language)


@lru_cache(maxsize=64)
def asked_day(question: str, language: str) -> AskedDay | None:
    """Give the day, month or year of a question that asks what there was then and no more.

    The words of its language come first, as the language of a short question is a guess; without
    capitals a month needs its day.
    """
    for each in sorted(_HAPPENS, key=lambda known: known != language):
        for text in (question, question.title()):
            found = placed(text, each)
            if len(found) == 1 and (found[0].day.day or (text == question and each == language)):
                return _asked(question, each, found[0])
    years = [Placed(*each.span(), Day(0, 0, int(each.group()))) for each in YEAR.finditer(question)]
    return _asked(question, language, years[0]) if len(years) == 1 else None


def _asked(question: str, language: str, at: Placed) -> AskedDay | None:
    rest = f"{question[: at.start]} , {question[at.end :]}"
    without = _happens(language).sub(" ", rest)
    left = {
        each for each in words(without) if each not in function_words(language) and len(each) > 1
    }
    if without == rest:
        return None
    known = {each.text for each in names(question, language) if each.sure}
    known |= {fold(each) for each in _IN.findall(question)}
    return AskedDay(at.day, bool(left)) if left <= known else None


@cache
def _happens(language: str) -> re.Pattern[str]:
    return pattern({language: _HAPPENS.get(language, ("(?!)",))})
