"""Candidates for tests, made from plain text."""

from __future__ import annotations

from handlers.answering.candidates import Candidate
from storage.records import Passage


def candidate(text: str, language: str = "en", *, title: str = "", start: int = 0) -> Candidate:
    """Give a passage as retrieval would, beginning `start` code points into its version."""
    passage = Passage(
        id=1, article=1, version=1, title=title, heading="", start=start,
        end=start + len(text), text=text,
    )  # fmt: skip
    return Candidate(passage, None, None, None, language, 1.0, 1.0, 1.0)
