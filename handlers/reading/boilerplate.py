"""Finds what is left over from pages, letters and apps: line by line, by general rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from handlers.phrases import Cut
from handlers.reading.bylines import is_byline
from handlers.reading.furniture import Words, furniture
from handlers.reading.leftovers import (
    HOLDS,
    LONGEST,
    OPENS,
    PROSE,
    SHORT,
    WHOLE,
    Found,
)
from handlers.reading.letters import advertisements, closings, greetings, issue, press_tail
from handlers.reading.lines import Line, Mark
from handlers.reading.programs import programs
from handlers.reading.rows import rows, stamps
from handlers.reading.stories import stories

_SEPARATORS = re.compile(r"\s*(?:[|·•/,‧・›»>]|】\s*【|\s[-–—]\s|\s{2,})\s*")
_MENU_SIGNS = re.compile(r"\s[|·•›»>/]\s")

_NAMED = re.compile(r"\s*[:：]\s+|[:：](?=@)")  # between a network and the name there
_HANDLE = re.compile(r"@[\w.]+")
_CAMERA = re.compile(r"\s*(?:📷|📸|🎥|📹|🖼|▲|△)\s*\w")
_LENGTH = re.compile(r"\s*[(（]\d{1,2} ?[^\W\d]{1,10}\.?[)）]\W*$")  # "(4 minutes)" behind a button
_SOURCE = re.compile(
    r"[(（](?:sources?|fuentes?|fonti?e?|quellen?|источник|出典|来源)\s*[:：].{1,80}[)）]",
    re.IGNORECASE,
)
# a caption that ends with who took it, in capitals: "The mill in May. ADA QUILL / THE POST"
_SIGNED = re.compile(
    r"[a-zß-ÿ\d][.!?…»”)] [A-ZÀ-Þ]{2}[A-ZÀ-Þ'’.-]*(?: [A-ZÀ-Þ'’.-]{2,})+"
    r"(?: ?[/|] ?[A-ZÀ-Þ][A-ZÀ-Þ'’. -]+)?$"
)
_QUOTES = "“„«»\"‘‚'「『"
_URL = re.compile(r"\W{0,4}(?:https?://|www\.)\S+|[^\s@]{1,64}@[^\s@]{1,255}")
_COUNT = re.compile(r"#?[\d.,]{1,9} ?[kKmM]?")  # of votes, likes or answers
_TELLS = re.compile(r"\d|[:：@]|www\.")  # a price, a time, an address: no entry of a menu

TOLD = 4  # words: more in round brackets is something said, and stands for no picture
LIST_OF_LINKS = 10  # lines that a list of links has at most


def boilerplate(lines: Sequence[Line], words: Words | None) -> Found:
    """Give the places of the lines that no article holds, and why; the first reason counts.

    `words` are those of the language that a pasted text is in, None for a page's own article.
    """
    found: Found = {}
    for rule in _RULES:
        for at, reason in rule(lines):
            found.setdefault(at, reason)
    for at, reason in furniture(lines, words) if words else ():
        found.setdefault(at, reason)
    for at in stories(lines, found):
        del found[at]
    for at, line in enumerate(lines):
        if _is_entry_of_foot(line) and _in_company(lines, found, at):
            found.setdefault(at, Cut.FOOTER)
        beside = at - 1 in found or at + 1 in found
        if beside and len(line.text) <= LONGEST and _URL.fullmatch(line.text):
            found.setdefault(at, Cut.LINKS)
        if beside and _COUNT.fullmatch(line.text):
            found.setdefault(at, Cut.LABEL)
    left = [at for at in range(len(lines)) if at not in found]
    for at, reason in _menus([lines[at] for at in left]):
        found.setdefault(left[at], reason)
    return found


def _is_entry_of_foot(line: Line) -> bool:
    short = line.words <= SHORT and len(line.text) <= LONGEST and line.mark is not Mark.HEADING
    return short and bool(WHOLE["footer"].match(line.text))


def _in_company(lines: Sequence[Line], found: Found, at: int) -> bool:
    """Say whether something is cut beside a line, or another line beside it is of a foot."""
    near = [each for each in (at - 1, at + 1) if 0 <= each < len(lines)]
    return any(each in found or _is_entry_of_foot(lines[each]) for each in near)


def is_instruction(text: str) -> bool:
    """Say whether a text opens like an order to a translator or a model."""
    return bool(OPENS["instruction"].match(text))


Rule = Callable[[Sequence[Line]], Iterator[tuple[int, Cut]]]


def _single(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """Judge each line by itself."""
    for at, line in enumerate(lines):
        if reason := _judge(line):
            yield at, reason


def _judge(line: Line) -> Cut | None:
    text = line.text
    if line.mark is Mark.SAID:
        return None
    if line.mark is Mark.RULE or not any(char.isalnum() for char in text):
        return Cut.MEDIA if WHOLE["media"].match(text) else Cut.RULE
    if is_instruction(text):
        return Cut.INSTRUCTION
    if line.words > 60:
        return None
    for holds, reason in (("cookies", Cut.COOKIES), ("footer", Cut.FOOTER)):
        if HOLDS[holds].search(text):
            return reason
    return _short(line) if line.words <= SHORT * 2 and len(text) <= LONGEST else None


def _short(line: Line) -> Cut | None:
    text = _LENGTH.sub("", line.text) or line.text
    if line.words <= SHORT and _SOURCE.fullmatch(text):
        return Cut.CREDIT
    for name, reason in (("media", Cut.MEDIA), ("label", Cut.LABEL), ("ad", Cut.AD)):
        if WHOLE[name].match(text) and line.ends not in (":", "："):
            told = name == "media" and text.startswith("(") and line.words > TOLD
            return None if told else reason
    if _is_share_bar(text):
        return Cut.SHARE
    if _is_label_bar(text):
        return Cut.LABEL
    if line.words <= SHORT and _CAMERA.match(line.parts[0][1]):
        return Cut.CREDIT
    if not line.is_sentence and _SIGNED.search(text):
        return Cut.CREDIT
    if line.words <= SHORT and OPENS["credit"].match(text) and not line.text.endswith((":", "：")):
        return Cut.CREDIT
    leads_on = line.ends in (":", "：")
    held = HOLDS["credit"].search(text) and line.words <= SHORT * 2
    if held and not line.is_sentence and not leads_on:
        return Cut.CREDIT
    if OPENS["links"].match(text):
        return Cut.LINKS
    leads_on = leads_on and line.words > 3
    quoted = line.mark is Mark.QUOTE or text[:1] in _QUOTES
    return Cut.LABEL if OPENS["label"].match(text) and not (leads_on or quoted) else None


def _is_share_bar(text: str) -> bool:
    """Say whether a line has nothing but the names of networks and words for sharing."""
    pieces = [piece for piece in _SEPARATORS.split(text.strip(" :：|")) if piece]
    pieces = [name for piece in pieces for name in _NAMED.split(piece) if name]
    sharing = [bool(WHOLE["sharing"].match(piece)) for piece in pieces]
    networks = [bool(WHOLE["share"].match(piece) or _HANDLE.fullmatch(piece)) for piece in pieces]
    if len(pieces) == 1 and " " in text and not any(sharing):
        words = text.split()
        return len(words) > 1 and all(WHOLE["share"].match(word) for word in words)
    known = all(a or b for a, b in zip(sharing, networks, strict=True))
    return bool(pieces) and known and (any(sharing) or len(pieces) > 1)


def _is_label_bar(text: str) -> bool:
    """Say whether a line is a row of labels, each of which would go by itself."""
    pieces = [piece for piece in _SEPARATORS.split(text) if piece]
    names = ("label", "sharing", "share", "footer")
    return len(pieces) > 1 and all(
        any(WHOLE[name].match(piece) for name in names) for piece in pieces
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
        if line.words > SHORT or line.is_sentence or not WHOLE["links"].match(line.text):
            continue
        run = []
        for after in range(at + 1, min(at + 1 + LIST_OF_LINKS, len(lines))):
            below = lines[after]
            if below.is_sentence or below.words > 24 or below.mark in (Mark.RULE, Mark.QUOTE):
                break
            run.append(after)
        if len(run) > 1 and _stands_over_prose(lines, run[-1]):
            run.pop()
        if run or at == len(lines) - 1:
            yield from ((place, Cut.LINKS) for place in (at, *run))


def _stands_over_prose(lines: Sequence[Line], at: int) -> bool:
    """Say whether a line set apart is rather the title of what follows."""
    below = lines[at + 1] if at + 1 < len(lines) else None
    apart = lines[at].gap and lines[at].mark in (Mark.NONE, Mark.HEADING)
    return apart and below is not None and below.is_sentence and below.words >= PROSE


def _menus(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """Runs of short lines before the first and after the last line of prose."""
    prose = [at for at, line in enumerate(lines) if line.words >= 10]
    if not prose:
        return
    for first, last in ((0, prose[0]), (prose[-1] + 1, len(lines))):
        for run in _short_runs(lines, first, last):
            listed = first and all(lines[at].mark is Mark.BULLET for at in run[1:])
            yield from ((at, Cut.MENU) for at in run if not listed)  # a story may end in a list
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
        plain = plain and not _is_head(lines, at)
        if plain and line.words <= 3 and not line.is_sentence and not _TELLS.search(line.text):
            run.append(at)
        else:
            if len(run) >= 4:
                yield run
            run = []
    if len(run) >= 4:
        yield run


def _is_head(lines: Sequence[Line], at: int) -> bool:
    """Say whether a line names who wrote a story, or stands over such a one."""
    return any(is_byline(lines[each]) for each in (at, at + 1) if each < len(lines))


_RULES: tuple[Rule, ...] = (
    programs,
    stamps,
    rows,
    _lists_of_links,
    _single,
    _instruction_tail,
    advertisements,
    greetings,
    closings,
    issue,
    press_tail,
)
