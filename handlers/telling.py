"""Says what is told of each question of a message, and keeps those that nothing is told of."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from handlers import phrases
from handlers.answering.parts import by_itself
from handlers.answering.several import Part
from handlers.answering.sides import Sides
from handlers.answering.sources import paragraphs
from handlers.markdown import one_line
from handlers.messages import Request, Source
from storage.records import Question
from storage.store import Store


def said(parts: Sequence[Part], sides: Sequence[Sides]) -> tuple[str, tuple[Source, ...]]:
    """Give the text of an answer and its sources; one that has none is an honest no.

    Where each question has sides of its own it has a paragraph: what the articles say, or that
    they don't. One that the same words answer as another is told with that.
    """
    texts, sources = paragraphs([each.claims for each in sides])
    if not sources:
        return phrases.NO_ANSWER, ()
    if len(texts) == len(parts):
        texts = [text or _no(part) for text, part in zip(texts, parts, strict=True)]
    return "\n\n".join(filter(None, texts)), sources


async def kept_open(request: Request, parts: Sequence[Part], store: Store) -> None:
    """Log each question without an answer as a gap, where another of the message has one.

    It stands in a conversation of its own: what follows goes on from the whole message.
    """
    unanswered = [each for each in parts if not each.evidence.is_enough]
    if request.unasked or len(unanswered) == len(parts):
        return
    for each in unanswered:
        gap = Question(
            library=request.library,
            conversation=secrets.token_hex(6),
            person=request.person.id,
            text=by_itself(each.question),
            answered=False,
            place=request.place.id,
            alone=each.evidence.alone,
        )
        await store.log_question(gap)


def _no(part: Part) -> str:
    return "" if part.evidence.is_enough else phrases.not_told(by_itself(one_line(part.question)))
