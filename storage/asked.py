"""The port's third part: what was asked, and what people made of the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from storage.records import Proof, Question


@dataclass(frozen=True, slots=True)
class Vote:
    """What a person thinks of an answer; `reason` says what was wrong with it, if they said so."""

    question: int
    person: str
    up: bool
    reason: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Disliked:
    """A question whose answer people voted down: how many, why, and when last (ISO 8601, UTC)."""

    question: str
    people: int
    reasons: tuple[str, ...]
    at: str


@dataclass(frozen=True, slots=True)
class Pin:
    """The answer that an admin chose for a question: the places of its quotes, in their order.

    `key` is what all ways to type the question have in common; `changed` means that an article
    of it has another version by now.
    """

    library: str
    key: str
    question: str
    by: str
    proofs: tuple[Proof, ...]
    id: int = 0
    at: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Follow:
    """That a person waits, in a place, for an article that answers a question.

    `alone` is the question as it is searched for, `spot` where in the place it was asked. `newest`
    is the library's newest passage, `reply` the messages that tell the answer so far.
    """

    library: str
    question: str
    alone: str
    person: str
    name: str
    place: str
    spot: str
    private: bool
    id: int = 0
    newest: int = 0
    reply: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spent:
    """What answers came to: how many a model was asked for, its tokens, and money."""

    answers: int = 0
    sent: int = 0
    received: int = 0
    estimated: bool = False
    cost: float = 0.0


class AskedStore(Protocol):
    """Keeps questions with their answers and proofs, and what became of them.

    Each method is one unit of work; every method may raise `StoreError`. Nothing of one library
    is seen or changed from another.
    """

    async def log_question(self, question: Question) -> int:
        """Keep a question with its answer; give its number."""
        ...

    async def question(self, library: str, number: int) -> Question | None:
        """A question as it was kept; what it quoted of articles that are gone is gone too."""
        ...

    async def spent(self, since: str, *, person: str = "", place: str = "") -> Spent:
        """What answers came to since a day (ISO 8601, UTC), of all or of one person or place."""
        ...

    async def conversation(self, library: str, conversation: str, upto: int = 0) -> list[Question]:
        """The questions that led to one of a conversation, by default to its newest, and that.

        Oldest first, without their proofs.
        """
        ...

    async def vote(self, library: str, vote: Vote) -> bool:
        """Keep a person's vote, in place of an earlier one; false without such a question."""
        ...

    async def votes(self, library: str, question: int) -> list[Vote]:
        """What people think of an answer, oldest first."""
        ...

    async def disliked(self, library: str, limit: int) -> list[Disliked]:
        """The questions whose answers were voted down, the last one first."""
        ...

    async def pin(self, pin: Pin) -> int:
        """Pin an answer, in place of an earlier one with the same key; give its number."""
        ...

    async def pinned(self, library: str, key: str) -> Pin | None:
        """The answer pinned to a question, while all its articles are as they were."""
        ...

    async def pinned_questions(self, library: str) -> dict[str, str]:
        """The questions that something is pinned to, by their keys, newest first."""
        ...

    async def pins(self, library: str) -> list[Pin]:
        """All pins, newest first, those whose articles changed too."""
        ...

    async def unpin(self, library: str, number: int, *, by: str) -> Pin | None:
        """Take a pin away; give what it was."""
        ...


class FollowStore(Protocol):
    """Keeps what people wait for: waiting, then due to be told, then told, each once."""

    async def follow(self, follow: Follow) -> int:
        """Let a person wait for an answer (again); give the number."""
        ...

    async def unfollow(self, library: str, person: str, place: str, alone: str) -> bool:
        """Let a person wait no more; false where they did not."""
        ...

    async def following(self, person: str) -> int:
        """How many answers a person waits for."""
        ...

    async def unchecked(self) -> list[Follow]:
        """What is waited for in libraries that got passages since it was last looked at."""
        ...

    async def checked(self, follow: Follow, *, due: bool) -> None:
        """Note that the library was searched up to `newest`, and whether it seems to answer."""
        ...

    async def due(self, platform: str) -> list[Follow]:
        """What people on a platform are to be told, oldest first."""
        ...

    async def telling(self, follow: int, reply: Sequence[str]) -> None:
        """Note the messages that tell the answer so far."""
        ...

    async def told(self, follow: int) -> None:
        """It is done: nobody is told again."""
        ...

    async def gaps(self, library: str, limit: int) -> list[Question]:
        """The newest questions that got no answer, and none since, newest first."""
        ...
