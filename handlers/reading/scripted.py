"""Finds the article of a page that only its scripts would show, in the data that they carry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from handlers.errors import Refused
from handlers.reading.hidden import drop_hidden
from handlers.reading.pieces import Piece, pieces_of, size
from handlers.reading.tree import tree_of, unfold

LEAST = 100  # words, for a text in a script to be an article
MOST_TRIED = 20
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)
_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)(?:"|$)', re.DOTALL)  # in one pass, closed or not
SHORTEST = 400  # characters of a string that is looked into
_PARAGRAPH = re.compile(r"<p\b", re.IGNORECASE)


def scripted(html: str) -> list[Piece]:
    """Give the pieces of the longest text with paragraphs that a script holds as a string.

    For pages alone on which nothing else is to be seen.
    """
    best: list[Piece] = []
    for text in list(_texts(html))[:MOST_TRIED]:
        pieces = _pieces(text[_PARAGRAPH.search(text).start() :])  # type: ignore[union-attr]
        if size(pieces) > max(size(best), LEAST):
            best = pieces
    return best


def _texts(html: str) -> Iterator[str]:
    """Yield the strings that hold paragraphs, also those inside a string of JSON."""
    for script in _SCRIPT.finditer(html):
        for outer in _strings(script.group(1)):
            if _PARAGRAPH.search(outer) and not outer.lstrip().startswith(("{", "[")):
                yield outer
            else:
                yield from (inner for inner in _strings(outer) if _PARAGRAPH.search(inner))


def _strings(text: str) -> Iterator[str]:
    for match in _STRING.finditer(text):
        if len(match.group(1)) < SHORTEST:
            continue
        try:
            yield json.loads(f'"{match.group(1)}"', strict=False)
        except ValueError:
            continue


def _pieces(text: str) -> list[Piece]:
    try:
        root = tree_of(f"<article>{text}</article>")
    except Refused:
        return []
    drop_hidden(root)
    unfold(root)
    return pieces_of(root)
