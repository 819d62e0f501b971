"""Finds what chat and mail programs write around what people say: stamps, notices, headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from handlers.lexicon import load, pattern, whole
from handlers.phrases import Cut
from handlers.reading.lines import Line, Mark
from handlers.reading.stamps import BEFORE, NAME, OVER

_TABLES = load(Path(__file__).with_name("programs.toml"))
_MISSING = pattern(_TABLES["missing"])
_MISSED = whole(_TABLES["missed"])
_BRACKETS = re.compile(r"\W{0,2}[\[<(].{1,60}[\]>)]\W{0,2}")
_HEADER = re.compile(r"[^\W\d_][^\W_]*(?:[ -][^\W\d_]+){0,2}\s?[:：]\s+\S")
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")
_HOUR = re.compile(r"\d{1,2}[:.h]\d{2}")
# "--- Forwarded message ---", "-END-", "— FIN —", "+++"
_DASHED = re.compile(r"([-–—_=~+])\1{0,40}\s?[^\W\d_][^-–—_=*~+:：]{0,38}\s?\1{1,40}")
LEAST = 4  # messages that a chat has,
SHARE = 0.2  # and their share of its lines
NOTE = 3  # lines that who forwards a letter writes above its header, at most
HEADERS = 3  # lines of a mail's header that stand together


def programs(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    """Give what a chat's export says beside its messages, and a forwarded letter's header."""
    yield from _mail(lines)
    before = [at for at, line in enumerate(lines) if BEFORE.match(line.text)]
    over = [at for at, line in enumerate(lines) if OVER.fullmatch(line.text)]
    said = [at for at, line in enumerate(lines) if line.mark is Mark.SAID and at not in before]
    named = [at for at in before if NAME.match(BEFORE.sub("", lines[at].text, count=1))]
    if 2 * len(named) >= len(before) >= max(LEAST, SHARE * len(lines)):
        yield from _notices(lines, inline=True)
    elif said and not before and len(over) + len(said) >= max(LEAST, SHARE * len(lines)):
        yield from ((at, Cut.PROGRAM) for at in over)
        yield from _notices(lines, inline=False)


def _notices(lines: Sequence[Line], *, inline: bool) -> Iterator[tuple[int, Cut]]:
    """What the program says itself, and what it has put in the place of a picture or a sound."""
    for at, line in enumerate(lines):
        stamp = BEFORE.match(line.text)
        said = line.text[stamp.end() :] if stamp else line.text
        name = NAME.match(said) if inline else None
        if stamp and not name:
            yield at, Cut.PROGRAM
            continue
        said = said[name.end() :] if name else said
        if stands_for_media(said):
            yield at, Cut.MEDIA
        elif name and "end-to-end" in said:
            yield at, Cut.PROGRAM


def stands_for_media(said: str) -> bool:
    """Say whether a message is only what a program put in the place of a picture or a sound."""
    words = len(said.split())
    bracketed = words <= 8 and bool(_BRACKETS.fullmatch(said))
    return bracketed or bool(_MISSED.match(said) or (words <= 12 and _MISSING.search(said)))


def _mail(lines: Sequence[Line]) -> Iterator[tuple[int, Cut]]:
    for at, line in enumerate(lines):
        raw = line.parts[0][1].strip()
        if len(line.parts) == 1 and line.words <= 6 and _DASHED.fullmatch(raw):
            yield at, Cut.LABEL
    at = 0
    while at < len(lines):
        block: list[int] = []
        while at + len(block) < len(lines) and _is_header(lines[at + len(block)], bool(block)):
            block.append(at + len(block))
        told = [lines[place].text for place in block]
        sent = any(_ADDRESS.search(each) for each in told)
        if len(block) >= HEADERS and sent and any(_HOUR.search(each) for each in told):
            yield from ((place, Cut.GREETING) for place in range(at if at <= NOTE else 0))
            yield from ((place, Cut.PROGRAM) for place in block)
        at += max(1, len(block))


def _is_header(line: Line, goes_on: bool) -> bool:
    plain = line.mark in (Mark.NONE, Mark.QUOTE) and not (goes_on and line.gap)
    return plain and line.words <= 30 and bool(_HEADER.match(line.text))
