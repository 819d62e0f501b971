"""The head of an article: its title, who wrote it, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.reading.bylines import date_in, has_day, is_byline, tells_more, with_author
from handlers.reading.lines import Line, Mark
from handlers.reading.run_in import length_of_title

_PREFIX = re.compile(
    r"(?:title|subject|titel|betreff|asunto|título|objet|titre|тема|заголовок|标题|標題|主题|件名|タイトル)\s*[:：]\s*",
    re.I,
)
_SIGNS = re.compile(r"[\W_]+")
MASTHEAD = 6  # words that the name of a page or letter has at most
MOST_WORDS = 30
NAMED = 4  # words of who wrote it, at most
KICKER = 4  # words that the capitals above a title have at most
DECKED = 5  # words that a title with a deck under it has at least
LOOKS = 7  # lines under a title that a byline or date is looked for in


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines say; `taken` are their places, which the body leaves out.

    `masthead` are the places of short lines before the title, which name the page or letter.
    `run_in` counts the characters of the first line that are the title, where it runs into it.
    """

    title: str
    author: str | None
    published: str | None
    taken: frozenset[int]
    title_at: int | None
    masthead: tuple[int, ...] = ()
    run_in: int = 0


def head_of(lines: Sequence[Line], places: Sequence[int], title: str | None, language: str) -> Head:
    """Read the head of an article whose lines stand at `places`; `title` is what a page says."""
    at, named = _title(lines, places)
    masthead: tuple[int, ...] = ()
    if at is not None and not title and (below := _under_kicker(lines, places, at)):
        masthead, at, named = (at,), below, lines[below].text
    if at is not None and not title and (later := _title_with_byline(lines, places, at)):
        masthead = (*masthead, *(place for place in places if place < later))
        at, named = later, lines[later].text
    author = published = None
    taken: set[int] = set()
    if at is not None and (not title or same(named, title)):
        taken.add(at)
    start = places.index(at) + 1 if at is not None else 0
    for order, place in enumerate(places[start : start + LOOKS], start):
        line = lines[place]
        is_deck = order == start and line.is_sentence and line.words > 8
        if is_deck and _has_byline_below(lines, places, place):
            continue
        if line.words > 25 or (line.is_sentence and line.words > 8):
            break
        if is_byline(line) or _is_name_over_date(lines, places, place):
            author, published = with_author(author, line), published or date_in(line.text, language)
            if not tells_more(line):
                taken.add(place)
    run_in = (
        length_of_title(lines[places[0]], language) if at is None and places and not title else 0
    )
    if run_in:
        named = lines[places[0]].text[:run_in].rstrip()
    return Head(title or named, author, published, frozenset(taken), at, masthead, run_in)


def same(one: str, other: str) -> bool:
    """Say whether two titles are one, whatever their signs, spaces and capitals."""
    return bool(bare(one)) and bare(one) == bare(other)


def bare(text: str) -> str:
    """Give a text by which it is compared: without signs and spaces, in small letters."""
    return _SIGNS.sub("", text.casefold())


def is_title(line: Line) -> bool:
    """Say whether a first line could be a title: not long, and no plain sentence."""
    if line.mark is Mark.HEADING:
        return True
    if line.mark is not Mark.NONE or line.words > MOST_WORDS or len(line.text) > 220:
        return False
    return line.ends not in ".。:：,;" or bool(_PREFIX.match(line.text))


def _title(lines: Sequence[Line], places: Sequence[int]) -> tuple[int | None, str]:
    for place in places[:3]:
        line = lines[place]
        if is_byline(line):
            continue
        if is_title(line):
            return place, _PREFIX.sub("", line.text, count=1)
        break
    return None, ""


def _title_with_byline(lines: Sequence[Line], places: Sequence[int], first: int) -> int | None:
    """Find a longer title with a byline under it, behind a short first line without one.

    Then the first line is the name of the page or letter, as are those between.
    """
    head = list(places[: places.index(first) + 5])
    if lines[first].words > MASTHEAD or _has_byline_below(lines, places, first):
        return None
    for at in head[head.index(first) + 1 :]:
        if lines[at].is_sentence and lines[at].words > 8:
            return None
        longer = lines[at].words >= lines[first].words or lines[at].level == 1
        titled = longer and is_title(lines[at]) and not is_byline(lines[at])
        if titled and (_has_byline_below(lines, places, at) or _over_name(lines, places, at)):
            above = title_over_deck(lines, places, at)
            return None if above == first else above
    return None


def _under_kicker(lines: Sequence[Line], places: Sequence[int], at: int) -> int | None:
    """Give the title that stands under a word or two in capitals, over prose."""
    below = places[places.index(at) + 1 : places.index(at) + 3]
    text = lines[at].text
    if len(below) < 2 or lines[at].words > KICKER or text != text.upper() or text == text.lower():
        return None
    title, prose = lines[below[0]], lines[below[1]]
    over = is_title(title) and title.words > KICKER and not is_byline(title)
    return below[0] if over and prose.is_sentence and prose.words > 8 else None


def title_over_deck(lines: Sequence[Line], places: Sequence[int], at: int) -> int:
    """Give the place of the title if the line at `at` is a deck under it, else `at`."""
    order = places.index(at)
    above = places[order - 1] if order else at
    line = lines[above]
    joined = at - above == 1 and line.mark is Mark.NONE and lines[at].mark is Mark.NONE
    named = DECKED <= line.words <= MOST_WORDS and is_title(line) and not is_byline(line)
    return above if joined and named and not line.is_sentence else at


def _has_byline_below(lines: Sequence[Line], places: Sequence[int], at: int) -> bool:
    below = places.index(at) + 1
    return below < len(places) and is_byline(lines[places[below]])


def _over_name(lines: Sequence[Line], places: Sequence[int], at: int) -> bool:
    """Say whether a few words that could be a name, and then a day, stand under a line."""
    below = [lines[place] for place in places[places.index(at) + 1 :][:2]]
    if len(below) < 2 or not has_day(below[1].text) or lines[at].words <= NAMED:
        return False
    return below[0].words <= NAMED and not below[0].is_sentence and is_byline(below[1])


def _is_name_over_date(lines: Sequence[Line], places: Sequence[int], place: int) -> bool:
    """Say whether a line is a bare name with a date under it."""
    below = places.index(place) + 1
    words = lines[place].text.split()
    named = 2 <= len(words) <= 4 and all(word[:1].isupper() and word.isalpha() for word in words)
    return named and below < len(places) and has_day(lines[places[below]].text)
