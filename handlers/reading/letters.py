"""Finds what belongs to a letter or a release and not to its stories: greetings to contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from handlers.phrases import Cut
from handlers.reading.leftovers import HOLDS, LONGEST, OPENS, PROSE, SHORT, WHOLE
from handlers.reading.lines import Line, Mark

ADVERTISEMENT = 7  # lines,
ADVERTISED = 90  # and words, of an advertisement between two rules
FAREWELL = 16  # words of a line by which a letter ends
GREETING = 20  # lines in which a letter greets
_CONTACTS = re.compile(r"\S+@\S+\.\w+|^\W*\+?[\d ()/.-]{7,}$|^\W*(?:https?://|www\.)\S+$|^\W*@\w+$")
_ISSUE = re.compile(
    r".*(?:第\s?\d+\s?[号期回]|(?:issue|nos?\.?|nr\.?|n[º°]|numero|número|numéro|ausgabe|édition"
    r"|edición|edição|edizione|выпуск|№|vol\.?|العدد)\s?#?\d+)\W*(?:\d{4}\W*)?",
    re.IGNORECASE,
)


def greetings(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """A letter's greeting stands before all prose, and goes on to the end of its paragraph."""
    goes_on = False
    for at, line in enumerate(lines[:GREETING]):
        opens = line.ends not in (":", "：") and OPENS["greeting"].match(line.text)
        goes_on = line.words <= 30 and bool(opens or (goes_on and not line.gap))
        if goes_on and line.mark is Mark.NONE:
            yield at, Cut.GREETING
        elif line.is_sentence and line.words >= PROSE:
            return


def closings(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """How a letter takes its leave, and the name under that, in its second half."""
    signed = False
    for at in range(len(lines) // 2, len(lines)):
        line = lines[at]
        short = line.words <= FAREWELL and line.mark is Mark.NONE and line.text[:1].isalpha()
        says = short and bool(OPENS["closing"].match(line.text))
        signed = says or (signed and line.words <= 4 and line.mark is Mark.NONE)
        if signed:
            yield at, Cut.GREETING


def issue(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """The line by which a letter counts its issues, at its top."""
    for at, line in enumerate(lines[:GREETING]):
        short = line.words <= SHORT and len(line.text) <= LONGEST and not line.is_sentence
        if short and _ISSUE.fullmatch(line.text):
            yield at, Cut.MASTHEAD
        if line.is_sentence and line.words >= PROSE:
            return


def advertisements(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """What stands between two rules under the mark of an advertisement."""
    rules = [-1, *(at for at, line in enumerate(lines) if _is_rule(line)), len(lines)]
    for before, after in pairwise(rules):
        within = range(before + 1, after)
        if not 1 < len(within) <= ADVERTISEMENT or not WHOLE["ad"].match(lines[within[0]].text):
            continue
        if sum(lines[at].words for at in within) <= ADVERTISED:
            yield from ((at, Cut.PROMOTION) for at in within[1:])


def _is_rule(line: Line) -> bool:
    return line.mark is Mark.RULE or not any(char.isalnum() for char in line.text)


def press_tail(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """What a company says of itself, and whom to contact, in the last third of a release."""
    for at in range(len(lines) // 2, len(lines)):
        line = lines[at]
        if line.words > SHORT or line.is_sentence:
            continue
        if match := OPENS["about"].match(line.text):
            rest = line.text[match.end() :].strip()
            body = _paragraphs_after(lines, at)
            told = " ".join(lines[place].text for place in body)
            if rest[:1].isupper() | (not rest[:1].isascii()) and HOLDS["about"].search(told):
                yield from ((place, Cut.ABOUT) for place in (at, *body))
        elif OPENS["contact"].match(line.text):
            yield at, Cut.CONTACT
            for place in range(at + 1, min(at + 8, len(lines))):
                below = lines[place]
                if below.words > SHORT or (below.is_sentence and not _CONTACTS.search(below.text)):
                    break
                yield place, Cut.CONTACT


def _paragraphs_after(lines: Sequence[Line], at: int) -> list[int]:
    """Give the places of the prose that follows a head, up to the next short line."""
    places = []
    for place in range(at + 1, min(at + 5, len(lines))):
        if lines[place].mark is not Mark.NONE or not lines[place].is_sentence:
            break
        places.append(place)
    return places
