"""Sentences of a text, by place, in any language."""

from __future__ import annotations

from dataclasses import dataclass

import sentencex

from handlers.blocks import Block


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: code points `start` to `end` of the text that `block` belongs to."""

    start: int
    end: int
    block: Block

    def of(self, text: str) -> str:
        """Give its words out of the text that it belongs to."""
        return text[self.start : self.end]


def spans(text: str, language: str) -> list[tuple[int, int]]:
    """Give the places of the sentences of one block of text, white space trimmed off.

    `language` is an ISO 639-1 code; an unknown one is read by the rules that most share.
    """
    found = []
    for boundary in sentencex.get_sentence_boundaries(language or "en", text):
        start, end = boundary["start_index"], boundary["end_index"]
        piece = text[start:end]
        if piece.strip():
            start += len(piece) - len(piece.lstrip())
            found.append((start, start + len(piece.strip())))
    return found


def sentences(text: str, block: Block, language: str) -> list[Sentence]:
    """Give the sentences of one block, placed in the whole text."""
    return [
        Sentence(block.start + start, block.start + end, block)
        for start, end in spans(block.of(text), language)
    ]
