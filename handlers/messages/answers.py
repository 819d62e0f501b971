"""An answer and all that it carries: proofs, what came nearest, time, cost."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.messages.notices import Action


@dataclass(frozen=True, slots=True)
class Source:
    """The proof of one claim: `quote` equals `text[start:end]` of that version's text."""

    n: int
    article: int
    version: int
    title: str
    quote: str
    start: int
    end: int
    url: str | None = None
    site: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """What came nearest when nothing answered."""

    article: int
    title: str
    quote: str


@dataclass(frozen=True, slots=True)
class Seconds:
    """Where the time of an answer went, in seconds."""

    retrieve: float
    write: float
    prove: float
    total: float


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer took of a model: tokens, if need be `estimated`, and money by the prices."""

    sent: int
    received: int
    estimated: bool
    cost: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sources of an answer that differ, the earlier one first; `corrected` by the later one."""

    sources: tuple[int, int]
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its proofs, or (`answered` false) an honest no with what came nearest.

    `text` carries [n] for each source; `mode` is `model` or `extractive`. `head` is said before
    it, `note` after it; where two of its sources differ, `disagreement` names them. `number` is
    that of the question, as it is kept.
    """

    question: str
    answered: bool
    text: str
    mode: str
    conversation: str
    sources: tuple[Source, ...]
    nearest: tuple[Nearest, ...]
    seconds: Seconds
    as_of: str | None = None
    note: str = ""
    head: str = ""
    usage: Usage | None = None
    actions: tuple[Action, ...] = ()
    disagreement: Disagreement | None = None
    number: int = 0
