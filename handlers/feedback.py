"""vote: what a person thinks of an answer, and where it was bad, why."""

from __future__ import annotations

from collections.abc import AsyncIterator

from handlers import phrases
from handlers.access import Access, Role
from handlers.errors import BadUsage, NotAllowed, NotFound
from handlers.markdown import one_line
from handlers.messages import Action, Notice, Reply, Request
from handlers.numbers import is_number
from storage.asked import Vote
from storage.store import Store

UP, DOWN = "up", "down"
_TONES = frozenset("\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
REASONS = {each.name.lower(): each for each in phrases.Fault}


def votes_on(question: int) -> tuple[Action, ...]:
    """Give the buttons to vote on an answer, by the number of its question."""
    return (
        Action(phrases.GOOD, "vote", f"{question} {UP}", beside=True),
        Action(phrases.BAD, "vote", f"{question} {DOWN}", beside=True),
    )


def vote_by(reaction: str, question: int) -> str:
    """Give the text of the vote that a reaction to an answer is; empty for any other reaction."""
    bare = "".join(sign for sign in reaction if sign not in _TONES)
    choice = {phrases.GOOD: UP, phrases.BAD: DOWN}.get(bare)
    return f"{question} {choice}" if choice and question else ""


async def vote(request: Request, *, store: Store, access: Access) -> AsyncIterator[Reply]:
    """Keep a vote, in place of an earlier one; the text is `QUESTION up` or `QUESTION down`.

    A bad one asks why; the buttons say `QUESTION down REASON PERSON`, and are that person's own.
    An admin may then choose the answer.
    """
    number, up, reason = _read(request)
    kept = Vote(number, request.person.id, up, reason.lower())
    if not await store.vote(request.library, kept):
        raise NotFound(phrases.NO_SUCH_ANSWER)
    if up:
        yield Notice(phrases.THANKS, aside=True)
    elif not reason:
        yield Notice(phrases.WHAT_WAS_WRONG, _reasons(number, request.person.id))
    else:
        mends = await _mends(request, number, store, access)
        yield Notice(phrases.noted(REASONS[reason]), mends)


async def _mends(
    request: Request, question: int, store: Store, access: Access
) -> tuple[Action, ...]:
    """Give an admin the button that leads to a better answer."""
    if (await access.standing(request)).role < Role.ADMIN:
        return ()
    asked = await store.question(request.library, question)
    return (Action(phrases.CORRECT_IT, "pin", one_line(asked.text), beside=True),) if asked else ()


def _reasons(question: int, person: str) -> tuple[Action, ...]:
    return tuple(
        Action(label.value, "vote", f"{question} {DOWN} {reason} {person}")
        for reason, label in REASONS.items()
    )


def _read(request: Request) -> tuple[int, bool, str]:
    number, choice, reason, person, *more = [*request.text.split(), "", "", "", ""][:5]
    if not is_number(number) or choice not in (UP, DOWN) or any(more):
        raise BadUsage(phrases.VOTE_BY_BUTTON)
    if reason and reason not in REASONS:
        raise BadUsage(phrases.VOTE_BY_BUTTON)
    if person and person != request.person.id:
        raise NotAllowed(phrases.VOTE_YOURSELF)
    return int(number), choice == UP, reason
