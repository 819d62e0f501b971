"""Finds what is left over from pages, letters and apps: line by line, by general rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from handlers.lexicon import load, opening, pattern, whole
from handlers.phrases import Cut
from handlers.reading.lines import Line, Mark

TABLES = load(Path(__file__).with_name("boilerplate.toml"))
_WHOLE = {name: whole(table) for name, table in TABLES["whole"].items()}
_OPENS = {name: opening(table) for name, table in TABLES["opens"].items()}
_HOLDS = {name: pattern(table) for name, table in TABLES["holds"].items()}
_SEPARATORS = re.compile(r"\s*(?:[|·•/,‧・›»>]|\s[-–—]\s|\s{2,})\s*")
_MENU_SIGNS = re.compile(r"\s[|·•›»>/]\s")
_CONTACTS = re.compile(r"\S+@\S+\.\w+|^\W*\+?[\d ()/.-]{7,}$|^\W*(?:https?://|www\.)\S+$|^\W*@\w+$")

_TELLS = re.compile(r"\d|[:：@]|www\.")  # a price, a time, an address: no entry of a menu

Found = dict[int, Cut]

SHORT = 12  # words that a leftover label, credit or notice has at most
LONGEST = 500  # characters that such a line has at most
LIST_OF_LINKS = 10  # lines that a list of links has at most


def boilerplate(lines: Sequence[Line]) -> Found:
    """Give the places of the lines that no article holds, and why; the first reason counts."""
    found: Found = {}
    for rule in _RULES:
        for at, reason in rule(lines):
            found.setdefault(at, reason)
    left = [at for at in range(len(lines)) if at not in found]
    for at, reason in _menus([lines[at] for at in left]):
        found.setdefault(left[at], reason)
    return found


def is_instruction(text: str) -> bool:
    """Say whether a text opens like an order to a translator or a model."""
    return bool(_OPENS["instruction"].match(text))


Rule = Callable[[Sequence[Line]], Iterator[tuple[int, Cut]]]


def _single(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """Judge each line by itself."""
    for at, line in enumerate(lines):
        if reason := _judge(line):
            yield at, reason


def _judge(line: Line) -> Cut | None:
    text = line.text
    if line.mark is Mark.RULE or not any(char.isalnum() for char in text):
        return Cut.MEDIA if _WHOLE["media"].match(text) else Cut.RULE
    if is_instruction(text):
        return Cut.INSTRUCTION
    if line.words > 60:
        return None
    for holds, reason in (("cookies", Cut.COOKIES), ("footer", Cut.FOOTER)):
        if _HOLDS[holds].search(text):
            return reason
    return _short(line) if line.words <= SHORT * 2 and len(text) <= LONGEST else None


def _short(line: Line) -> Cut | None:
    text = line.text
    for name, reason in (("media", Cut.MEDIA), ("label", Cut.LABEL), ("ad", Cut.AD)):
        if _WHOLE[name].match(text):
            return reason
    if _is_share_bar(text):
        return Cut.SHARE
    if _is_label_bar(text):
        return Cut.LABEL
    if _WHOLE["footer"].match(text) and line.mark is not Mark.HEADING:
        return Cut.FOOTER
    if line.words <= SHORT and _OPENS["credit"].match(text) and not line.text.endswith((":", "：")):
        return Cut.CREDIT
    if _HOLDS["credit"].search(text) and line.words <= SHORT + 6:
        return Cut.CREDIT
    if _OPENS["links"].match(text):
        return Cut.LINKS
    leads_on = line.ends in (":", "：") and line.words > 3
    return Cut.LABEL if _OPENS["label"].match(text) and not leads_on else None


def _is_share_bar(text: str) -> bool:
    """Say whether a line has nothing but the names of networks and words for sharing."""
    pieces = [piece for piece in _SEPARATORS.split(text.strip(" :：|")) if piece]
    sharing = [bool(_WHOLE["sharing"].match(piece)) for piece in pieces]
    networks = [bool(_WHOLE["share"].match(piece)) for piece in pieces]
    if len(pieces) == 1 and " " in text and not any(sharing):
        words = text.split()
        return len(words) > 1 and all(_WHOLE["share"].match(word) for word in words)
    known = all(a or b for a, b in zip(sharing, networks, strict=True))
    return bool(pieces) and known and (any(sharing) or len(pieces) > 1)


def _is_label_bar(text: str) -> bool:
    """Say whether a line is a row of labels, each of which would go by itself."""
    pieces = [piece for piece in _SEPARATORS.split(text) if piece]
    names = ("label", "sharing", "share", "footer")
    return len(pieces) > 1 and all(
        any(_WHOLE[name].match(piece) for name in names) for piece in pieces
    )


def _instruction_tail(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """An instruction may run over several lines of one paragraph."""
    for at, line in enumerate(lines):
        if is_instruction(line.text):
            after = at + 1
            while after < len(lines) and not lines[after].gap and lines[after].mark is Mark.NONE:
                yield after, Cut.INSTRUCTION
                after += 1


def _lists_of_links(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """A head such as "Most read", and the titles under it up to the first sentence."""
    for at, line in enumerate(lines):
        if line.words > SHORT or line.is_sentence or not _WHOLE["links"].match(line.text):
            continue
        run = []
        for after in range(at + 1, min(at + 1 + LIST_OF_LINKS, len(lines))):
            below = lines[after]
            if below.is_sentence or below.words > 24 or below.mark in (Mark.RULE, Mark.QUOTE):
                break
            run.append(after)
        if run or at == len(lines) - 1:
            yield from ((place, Cut.LINKS) for place in (at, *run))


def _menus(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """Runs of short lines before the first and after the last line of prose."""
    prose = [at for at, line in enumerate(lines) if line.words >= 10]
    if not prose:
        return
    for first, last in ((0, prose[0]), (prose[-1] + 1, len(lines))):
        for run in _short_runs(lines, first, last):
            yield from ((at, Cut.MENU) for at in run)
    for at, line in enumerate(lines):
        if len(_MENU_SIGNS.findall(line.text)) >= 2 and not line.is_sentence and line.words <= 30:
            pieces = _MENU_SIGNS.split(line.text)
            if all(len(piece.split()) <= 4 for piece in pieces) and not (prose[0] < at < prose[-1]):
                yield at, Cut.MENU


def _short_runs(lines: Sequence[Line], first: int, last: int) -> Iterator[list[int]]:
    run: list[int] = []
    for at in range(first, last):
        line = lines[at]
        plain = line.mark in (Mark.NONE, Mark.BULLET) and line.text[:1].isalpha()
        if plain and line.words <= 3 and not line.is_sentence and not _TELLS.search(line.text):
            run.append(at)
        else:
            if len(run) >= 4:
                yield run
            run = []
    if len(run) >= 4:
        yield run


def _greetings(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """A letter's greeting stands among its first three lines."""
    for at, line in enumerate(lines[:3]):
        opens = line.ends not in (":", "：") and _OPENS["greeting"].match(line.text)
        if line.words <= 30 and opens:
            yield at, Cut.GREETING


def _press_tail(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """What a company says of itself, and whom to contact, in the last third of a release."""
    for at in range(len(lines) // 2, len(lines)):
        line = lines[at]
        if line.words > SHORT or line.is_sentence:
            continue
        if match := _OPENS["about"].match(line.text):
            rest = line.text[match.end() :].strip()
            body = _paragraphs_after(lines, at)
            told = " ".join(lines[place].text for place in body)
            if rest[:1].isupper() | (not rest[:1].isascii()) and _HOLDS["about"].search(told):
                yield from ((place, Cut.ABOUT) for place in (at, *body))
        elif _OPENS["contact"].match(line.text):
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


_RULES: tuple[Rule, ...] = (
    _lists_of_links,
    _single,
    _instruction_tail,
    _greetings,
    _press_tail,
)
