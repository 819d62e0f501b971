"""Finds sections that sell something else than the story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from handlers.lexicon import opening, pattern
from handlers.phrases import Cut
from handlers.reading.leftovers import TABLES, Found
from handlers.reading.lines import Line, Mark

_STRONG = pattern(TABLES["holds"]["promo_strong"])
_WEAK = pattern(TABLES["holds"]["promo_weak"])
_PITCH = opening(TABLES["opens"]["pitch"])
_BRAND = re.compile(r"\b[A-Z][a-z]+[A-Z]\w*\b")  # CamelCase, as products like to be named

_PRICE = re.compile(r"[$€£¥]\s?\d|\d\s?[€£]")

THRESHOLD = 4.0
STRONG, WEAK, PITCH, BRAND = 2.0, 0.5, 0.75, 1.0
LARGEST = 150  # words: what is longer is no promotion, whatever it says
MOST = 0.3  # of all words: a text that sells more than that is about selling, and stays
MOST_PRICES = 6  # lines that name a price: a text with more is about prices
MOST_SECTIONS = 3  # likewise, of its sections


def promotions(lines: Sequence[Line], found: Found, headings: set[int]) -> Found:
    """Give the lines of sections, or of single paragraphs, whose words sell.

    A section runs from a heading or a rule to the next; `headings` are the places of headings. A
    paragraph alone must say more than once that it sells.
    """
    if sum(bool(_PRICE.search(line.text)) for line in lines) > MOST_PRICES:
        return {}
    everywhere = Counter(brand for line in lines for brand in set(_BRAND.findall(line.text)))
    cut: Found = {}
    count = 0
    for section in _sections(lines, found, headings):
        selling = section if _sells([lines[at] for at in section], everywhere) else []
        count += bool(selling)
        if not selling:
            alone = [at for at in section if lines[at].mark is not Mark.HEADING]
            loud = [at for at in alone if _sells([lines[at]], everywhere)]
            count += bool(loud)
            selling = [at for at in loud if len(_strong(lines[at].text)) > 1]
        cut |= dict.fromkeys(selling, Cut.PROMOTION)
    words = sum(line.words for line in lines)
    few = count <= MOST_SECTIONS and sum(lines[at].words for at in cut) <= MOST * words
    return cut if few else {}


def _sections(lines: Sequence[Line], found: Found, headings: set[int]) -> Iterator[list[int]]:
    section: list[int] = []
    for at, line in enumerate(lines):
        ends = at in headings or line.mark in (Mark.RULE, Mark.HEADING) or _label(found.get(at))
        if ends and section:
            yield section
            section = []
        if at not in found:
            section.append(at)
    if section:
        yield section


def _label(reason: Cut | None) -> bool:
    return reason in (Cut.LABEL, Cut.INSTRUCTION, Cut.AD)


def _strong(text: str) -> set[str]:
    return {match.group().casefold() for match in _STRONG.finditer(text)}


def _sells(section: Sequence[Line], everywhere: Counter[str]) -> bool:
    if sum(line.words for line in section) > LARGEST:
        return False
    text = " ".join(line.text for line in section)
    strong = _strong(text)
    if not strong:
        return False
    weak = {match.group().casefold() for match in _WEAK.finditer(text)}
    points = sum(
        line.mark in (Mark.BULLET, Mark.NUMBER) and bool(_PITCH.match(line.text))
        for line in section
    )
    brands = Counter(brand for line in section for brand in set(_BRAND.findall(line.text)))
    own = any(everywhere[brand] == count for brand, count in brands.items())
    score = STRONG * len(strong) + WEAK * min(len(weak), 4) + PITCH * min(points, 4)
    return score + BRAND * own >= THRESHOLD
