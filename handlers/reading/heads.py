"""The head of an article: its title, who wrote it, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.language import function_words
from handlers.lexicon import opening, pattern
from handlers.reading.leftovers import TABLES
from handlers.reading.lines import Line, Mark

_BY = opening(TABLES["byline"]["opens"])
_PUBLISHED = re.compile(
    r"\W*(?:published|posted|updated|released|veröffentlicht|erschienen|stand|publié|mis à jour"
    r"|publicado|actualizado|pubblicato|aggiornato|atualizado|опубликовано|обновлено|نشر|发布|更新|公開)\b",
    re.IGNORECASE,
)
_TEAM = re.compile(rf"(?:.*\s)?(?:{pattern(TABLES['byline']['ends']).pattern})\W*\Z", re.IGNORECASE)
_PREFIX = re.compile(
    r"(?:title|subject|titel|betreff|asunto|título|objet|titre|тема|заголовок|标题|標題|主题|件名|タイトル)\s*[:：]\s*",
    re.I,
)
_MONTH = r"(?:[^\W\d_]|[\u0900-\u0963\u0971-\u0df3]){3,14}\.?"
_DATE = re.compile(
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?\s+(?:de |of |d')?{_MONTH},?\s+(?:de |del )?(?:19|20)\d\d"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d"
    r"|(?:19|20)\d\d년\s?\d{1,2}월\s?\d{1,2}일"
)
_PARTS = re.compile(r"\s*(?:[|·•丨]|\s[-–—/]\s|,\s(?=\D{0,15}\d)|\d)")
_SIGNS = re.compile(r"[\W_]+")
_NAME = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\b\d+\s?/\s?\d+\b|\b[A-Z]{1,3} \d+\b")  # of a case, a paper, a law
_DATELINE = re.compile(r"[()]|^[-–—]+$")  # "HAMBURG (Agency) – …" opens a sentence, not a title
_ON = re.compile(r"\s+(?:on|am|vom|le|el|il|em|den|от)$")  # what stands between a name and a date
_POST = re.compile(r"\s*(?:선임 ?)?(?:기자|특파원|記者|记者)$")  # what follows a reporter's name
_ARTICLES = frozenset(["the", "der", "die", "das", "la", "el", "le", "il"])
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
            author, published = _joined(author, line), published or date_in(line.text, language)
            if not tells_more(line):
                taken.add(place)
    run_in = _run_in(lines[places[0]], language) if at is None and places and not title else 0
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


def is_byline(line: Line) -> bool:
    """Say whether a line names who wrote it, or the day, and nothing else."""
    text = line.text
    if line.mark not in (Mark.NONE, Mark.HEADING) or line.words > 16:
        return False
    date = _DATE.search(text)
    told = len(text) - len(date.group()) if date else 0
    if date and (told <= 40 or _PUBLISHED.match(text)) and not text.rstrip().endswith(("?", "!")):
        return bool(not line.is_sentence or _PUBLISHED.match(text) or _BY.match(text))
    if line.is_sentence:
        return False
    if match := _BY.match(text):
        rest = text[match.end() :].strip()
        named = bool(rest) and (rest[0].isalpha() and not rest[0].islower())
        return line.words <= 10 and (named or bool(_TEAM.match(rest)))
    words = text.split()
    return len(words) <= 6 and bool(_TEAM.match(text)) and not words[0][:1].islower()


def tells_more(line: Line) -> bool:
    """Say whether a line with a day is a whole sentence, or has the number of a case besides.

    Such a line may be asked for, so it stays in the text though it gives the day.
    """
    rest, dates = _DATE.subn(" ", line.text)
    if dates and line.is_sentence:
        return len(_NAME.findall(rest)) > 1
    return bool(dates and not _PUBLISHED.match(rest) and _NUMBER.search(rest))


def date_in(text: str, language: str) -> str | None:
    """Give the day that a byline names, as an ISO date."""
    match = _DATE.search(text)
    if not match:
        return None
    # dateparser takes 0.2 s to import, and most texts name no day
    from dateparser import parse  # noqa: PLC0415

    known = [language] if len(language) == 2 else None
    for languages in (known, None):
        try:
            day = parse(match.group(), languages=languages)
        except ValueError:  # a language that it does not know
            continue
        if day is not None:
            return str(day.date().isoformat())
    return None


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
    if len(below) < 2 or not _DATE.search(below[1].text) or lines[at].words <= NAMED:
        return False
    return below[0].words <= NAMED and not below[0].is_sentence and is_byline(below[1])


def _is_name_over_date(lines: Sequence[Line], places: Sequence[int], place: int) -> bool:
    """Say whether a line is a bare name with a date under it."""
    below = places.index(place) + 1
    words = lines[place].text.split()
    named = 2 <= len(words) <= 4 and all(word[:1].isupper() and word.isalpha() for word in words)
    return named and below < len(places) and bool(_DATE.search(lines[places[below]].text))


def _joined(author: str | None, line: Line) -> str | None:
    """Add the name in a byline to those found before it."""
    match = _BY.match(line.text)
    name = line.text[match.end() :] if match else line.text
    name = _DATE.sub("|", name, count=1)
    name = _ON.sub("", _PARTS.split(name)[0].strip(" ,:：|-–—/()（）"))
    name = _POST.sub("", name) or name
    first, _, rest = name.partition(" ")
    name = rest if first in _ARTICLES and rest else name
    if not name or (not match and _DATE.search(line.text)) or len(name) > 80:
        return author
    return f"{author}, {name}" if author and name not in author else name


def _run_in(line: Line, language: str) -> int:
    """Give the length of a title that runs into the first sentence of its line, or 0.

    The title is a row of capitalised words. The sentence begins where it takes the title's first
    word up again, or with a small word in capitals ("The"); or, where the row shows by a capital
    small word that it is a title's ("With"), with the last capital before the small letters.
    """
    if line.mark is not Mark.NONE:
        return 0
    words = [(match.start(), match.group()) for match in re.finditer(r"\S+", line.text)][:30]
    small = function_words(language)
    row = _capital_row([word for _, word in words], small)
    for at in range(3, row):
        word = words[at][1].strip(",:;“”\"'’s").lower()
        taken_up = word == words[0][1].strip(":,").lower()
        if (taken_up or word in small) and words[at - 1][1].lower() not in small:
            ahead = [each for _, each in words[at + 1 : at + 6]]
            if words[at][1][:1].isupper() and any(_is_small(each, small) for each in ahead):
                return words[at][0]
    titled = any(word[:1].isupper() and word.lower() in small for _, word in words[1:row])
    last = max((at for at in range(row) if words[at][1][:1].isupper()), default=0)
    return words[last][0] if titled and last >= 4 and row < len(words) else 0


def _capital_row(words: Sequence[str], small: frozenset[str]) -> int:
    """Count the words up to the first that is neither in capitals nor a small word."""
    for at, word in enumerate(words):
        if _DATELINE.search(word):
            return 0
        if word[:1].isalpha() and not word[:1].isupper() and word.lower() not in small:
            return at
    return len(words)


def _is_small(word: str, small: frozenset[str]) -> bool:
    return word[:1].islower() and word.lower() not in small
