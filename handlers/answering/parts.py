"""Tells the questions of one message apart: at their marks, on lines, or joined by an "and"."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from handlers.answering.words import is_unspaced, words
from handlers.language import detect, function_words
from handlers.lexicon import load, pattern

_TABLES = load(Path(__file__).with_suffix(".toml"))
MOST = 3  # questions of one message; one that asks more is searched for as a whole
LONGEST = 500  # characters: what is longer is a text with questions in it
HEAVY = 2  # content words of a question without a word that asks ("did anybody die in the flood?")
CLAUSE = 2  # content words before an "and" that begins another question ("how and when did …")
# A mark ends a question before a space, or before what is written without spaces.
_MARKS = re.compile(r"[?？؟][?？؟!！]*(?=\s|\Z|[\u3040-\u30ff\u3400-\u9fff])|[？؟]+")
_ENDS = re.compile(r"[?？؟][\s!！\"'”’»)）」』]*\Z")
_LINE = re.compile(r"\s*\n\s*")
_BULLET = re.compile(r"\A\s*(?:[-–—*•·]|\(?\d{1,2}[.)、])\s*")
_QUOTED = re.compile(
    r"\"[^\"]*\"|“[^”“]*[”“]|„[^“”„]*[“”]|«[^»]*»|「[^」]*」|『[^』]*』|《[^》]*》|‘.*?’(?!\w)"
    r"|(?<!\w)'(?=\S).*?'(?!\w)|\([^)]*\)|（[^）]*）"
)


def parts_of(message: str) -> tuple[str, ...]:
    """Give the two or three questions of a message in their order; else the message as it is.

    What is said before a question, or behind the last one, stays with it.
    """
    if len(message) > LONGEST:
        return (message,)
    language = detect(message)
    pieces = [
        clause for piece in _pieces(message, language) for clause in _clauses(piece, language)
    ]
    found = _joined(pieces, language)
    return tuple(found) if 1 < len(found) <= MOST else (message,)


def by_itself(part: str) -> str:
    """Give a question of a message as it would be asked alone: without the "and" before it."""
    joins = _words("and", detect(part))
    match = joins.match(part) if joins else None
    bare = part[match.end() :].lstrip(" ,") if match else part
    return bare[:1].upper() + bare[1:] if match and bare else part


def _pieces(message: str, language: str) -> list[str]:
    """Cut behind marks that stand in no quotation, and between lines that open as questions."""
    quoted = [match.span() for match in _QUOTED.finditer(message)]
    cuts = [
        match.end()
        for match in _MARKS.finditer(message)
        if not any(start < match.start() < end for start, end in quoted)
    ]
    start = 0
    for match in _LINE.finditer(message):
        after = message[match.end() :].partition("\n")[0]
        if _opens(message[start : match.start()], language) and _opens(after, language):
            cuts.append(match.end())
        start = match.end()
    edges = [0, *sorted(cuts), len(message)]
    found = (message[one:other] for one, other in pairwise(edges))
    return [bare for each in found if (bare := _BULLET.sub("", each).strip())]


def _clauses(piece: str, language: str) -> list[str]:
    """Cut a question before an "and" that a word which asks follows, where it opens with one.

    One that has a second such word before the "and" may go on with a clause of its own.
    """
    joins, asking = _words("and", language), _words("asks", language)
    if joins is None or asking is None or not _opens(piece, language):
        return [piece]
    quoted = [match.span() for match in _QUOTED.finditer(piece)]
    for match in joins.finditer(piece):
        left, right = piece[: match.start()].rstrip(" ,;،"), piece[match.start() :]
        if any(start < match.start() < end for start, end in quoted):
            continue
        alone = len(asking.findall(left)) == 1 and len(_carrying(left, language)) >= CLAUSE
        if alone and _opens(piece[match.end() :], language):
            return [left, right]
    return [piece]


def _joined(pieces: list[str], language: str) -> list[str]:
    """Put what asks nothing by itself to the question before it; before the first, to that."""
    parts: list[str] = []
    waiting = ""
    for piece in pieces:
        whole = f"{waiting} {piece}".strip()
        if not parts:
            asks = _asks(piece, language)
            parts, waiting = ([whole], "") if asks else ([], whole)
        elif _asks(piece, language) and not _goes_on(parts[-1], piece, language):
            parts.append(piece)
        else:
            parts[-1] = f"{parts[-1]} {piece}"
    return parts


def _asks(piece: str, language: str) -> bool:
    """Say whether a piece is a question: it opens with a word that asks, or has one and a mark."""
    if _opens(piece, language):
        return True
    return bool(_ENDS.search(piece)) and (_has_word(piece, language) or _is_heavy(piece, language))


def _goes_on(before: str, piece: str, language: str) -> bool:
    """Say whether a piece goes on with the one before it: a title's rest, or "LeCun left? Why?"."""
    if before[:1].isupper() and piece[:1].islower() and not _opens(piece, language, 2):
        return True
    return not _carrying(piece, language) and not _has_word(before, language)


def _opens(text: str, language: str, most: int = 1) -> bool:
    """Say whether a text opens with a word that asks, past so many others ("since when")."""
    asking = _words("asks", language)
    match = asking.search(text) if asking else None
    return bool(match and len(words(_BULLET.sub("", text[: match.start()]))) <= most)


def _has_word(text: str, language: str) -> bool:
    asking = _words("asks", language)
    return bool(asking and asking.search(text))


def _is_heavy(piece: str, language: str) -> bool:
    """Say whether a piece without a word that asks says enough; not known where none is spaced."""
    carrying = _carrying(piece, language)
    return len(carrying) >= HEAVY and not any(map(is_unspaced, carrying))


def _carrying(text: str, language: str) -> list[str]:
    return [word for word in words(text) if word not in function_words(language)]


@cache
def _words(table: str, language: str) -> re.Pattern[str] | None:
    known = _TABLES[table]
    return pattern({language: known[language]}) if language in known else None
