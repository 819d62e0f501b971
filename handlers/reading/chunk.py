"""Cuts a clean text into passages along its headings and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from handlers.blocks import Block, Kind, blocks
from handlers.sentences import sentences
from storage.records import Span

# research, "Chunking": 100 to 180 words a passage, about 140, never over 200, found best.
LEAST = 40
FULL = 180
MOST = 200
LONGEST = 3_000  # characters, for text that has no words to count

_WORD = re.compile(r"\w+")
# of ASCII, what is no sign of a word as a space: so its words are counted four times as fast
_PARTED = "".join(chr(at) if chr(at).isalnum() or at == ord("_") else " " for at in range(128))
_SIGNS = "“”‘’–—…"  # which keep much English from being ASCII
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_PER_WORD = 1.7  # characters of a script without spaces that weigh as much as one word


class _Piece(NamedTuple):
    start: int
    end: int
    weight: float
    path: tuple[str, ...]
    opens: bool


def chunk(text: str, language: str) -> tuple[Span, ...]:
    """Cut `text` into passages: each a run of whole blocks, or of a long block's sentences."""
    return tuple(_spans(_packed(text, language)))


def weigh(text: str) -> float:
    """Count words; characters stand in for them in a script without spaces, or without words."""
    return max(_words(text), len(text) * MOST / LONGEST)


def _words(text: str) -> float:
    plain = text
    if not text.isascii():
        for sign in _SIGNS:
            plain = plain.replace(sign, " ")
    if plain.isascii():
        return len(plain.translate(_PARTED).split())
    if not _UNSPACED.search(text):
        return len(_WORD.findall(text))
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + unspaced / _PER_WORD


def _packed(text: str, language: str) -> Iterator[list[_Piece]]:
    held: list[_Piece] = []
    weight = 0.0
    for piece in _pieces(text, language):
        full = weight + piece.weight > FULL
        if held and (full or (piece.opens and weight >= LEAST)):
            carried = _trailing_headings(held) if full else []
            if len(carried) < len(held):
                yield held[: len(held) - len(carried)]
                held = carried
                weight = sum(each.weight for each in held)
        held.append(piece)
        weight += piece.weight
    if held:
        yield held


def _trailing_headings(held: list[_Piece]) -> list[_Piece]:
    """Give the headings at the end of a passage: they belong to what follows."""
    at = len(held)
    while at and held[at - 1].opens:
        at -= 1
    return held[at:]


def _spans(passages: Iterator[list[_Piece]]) -> Iterator[Span]:
    for pieces in passages:
        first = next((piece for piece in pieces if not piece.opens), pieces[0])
        yield Span(pieces[0].start, pieces[-1].end, " › ".join(first.path))


def _pieces(text: str, language: str) -> Iterator[_Piece]:
    for block in blocks(text):
        weight = weigh(block.of(text))
        if weight <= MOST:
            opens = block.kind is Kind.HEADING and weight <= LEAST
            yield _Piece(block.line, block.end, weight, block.path, opens)
        else:
            yield from _cut(text, block, language)


def _cut(text: str, block: Block, language: str) -> Iterator[_Piece]:
    """Cut a block that is too long by its sentences, and a sentence by its words."""
    for sentence in sentences(text, block, language):
        for start, end in _bounded(text, sentence.start, sentence.end):
            yield _Piece(start, end, weigh(text[start:end]), block.path, opens=False)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what holds more than a passage may, looking at no more than one passage at a time."""
    while start < end:
        window = text[start : min(end, start + LONGEST)]
        size = len(window)
        if start + size < end or weigh(window) > MOST:
            size = _size_of_weight(window)
        yield start, start + size
        start += size
        ahead = text[start : min(end, start + LONGEST)]
        start += len(ahead) - len(ahead.lstrip())


def _size_of_weight(window: str) -> int:
    """Find where about `FULL` words have passed, at a space where there is one."""
    size = max(1, int(len(window) * min(1.0, FULL / max(weigh(window), 1))))
    while weigh(window[:size]) > MOST:
        size = max(1, size * 3 // 4)
    space = window.rfind(" ", size // 2, size)
    return space if space > 0 else size
