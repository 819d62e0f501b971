"""Proof: the stored words that a sentence of an answer rests on."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.answering.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Quote:
    """A raw slice of a passage: `start` and `end` count code points of its version's text."""

    candidate: Candidate
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words themselves, exactly as stored."""
        passage = self.candidate.passage
        return passage.text[self.start - passage.start : self.end - passage.start]


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer, without markers, and the quotes that prove it."""

    text: str
    quotes: tuple[Quote, ...]
