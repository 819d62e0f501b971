"""Keeps a question with its answer, and puts the buttons under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers import phrases
from handlers.feedback import votes_on
from handlers.follow import follows
from handlers.messages import Action, Answer, Request, Source, Usage
from storage.records import Proof, Question
from storage.store import Store

MOST_BUTTONS = 5  # quotes in one row on a phone


async def noted(
    request: Request, answer: Answer, alone: str, store: Store, *, gap: bool = True
) -> Answer:
    """Log an answer to a question, which was searched for as `alone`; give it with its buttons.

    A no is a gap that an article may fill, if it is not said to be none.
    """
    if request.unasked and not answer.answered:
        return answer
    question = _question(request, answer, alone)
    if not (answer.answered or gap):
        number = await store.log_question(replace(question, answered=True))
        return replace(answer, number=number)
    number = await store.log_question(question)
    actions = opens(answer.sources)
    more = votes_on(number) if answer.answered else follows(number) if alone.strip() else ()
    return replace(answer, actions=(*actions, *more), number=number)


def _question(request: Request, answer: Answer, alone: str) -> Question:
    usage = answer.usage or Usage(0, 0, estimated=False, cost=0.0)
    return Question(
        library=request.library,
        conversation=answer.conversation,
        person=request.person.id,
        text=answer.question,
        answered=answer.answered,
        place=request.place.id,
        alone=alone,
        answer=answer.text if answer.answered else "",
        sent=usage.sent,
        received=usage.received,
        estimated=usage.estimated,
        cost=usage.cost,
        proofs=tuple(
            Proof(each.article, each.version, each.start, each.end) for each in answer.sources
        ),
        before=request.onto or None,
    )


def opens(sources: Sequence[Source]) -> tuple[Action, ...]:
    """Give the buttons that show quotes in the text around them."""
    return tuple(_opens(source) for source in sources[:MOST_BUTTONS])


def _opens(source: Source) -> Action:
    """Give the button that shows a quote in the text around it."""
    where = f"{source.article} {source.version} {source.start} {source.end}"
    return Action(phrases.quote_button(source.n), "source", where, beside=True)
