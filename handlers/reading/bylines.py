"""The line that says who wrote an article, and on which day."""

from __future__ import annotations

import re

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
_MONTH = r"(?:[^\W\d_]|[\u0900-\u0963\u0971-\u0df3]){3,14}\.?"
_DATE = re.compile(
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?\s+(?:de |of |d')?{_MONTH},?\s+(?:de |del )?(?:19|20)\d\d"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d"
    r"|(?:19|20)\d\d년\s?\d{1,2}월\s?\d{1,2}일"
)
_PARTS = re.compile(r"\s*(?:[|·•丨]|\s[-–—/]\s|,\s(?=\D{0,15}\d)|\d)")
_NAME = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\b\d+\s?/\s?\d+\b|\b[A-Z]{1,3} \d+\b")  # of a case, a paper, a law
_ON = re.compile(r"\s+(?:on|am|vom|le|el|il|em|den|от)$")  # what stands between a name and a date
_POST = re.compile(r"\s*(?:선임 ?)?(?:기자|특파원|記者|记者)$")  # what follows a reporter's name
_ARTICLES = frozenset(["the", "der", "die", "das", "la", "el", "le", "il"])


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


def has_day(text: str) -> bool:
    """Say whether a text names a day."""
    return bool(_DATE.search(text))


def with_author(author: str | None, line: Line) -> str | None:
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
