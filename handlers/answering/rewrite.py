"""Lets a model say a follow-up so that it stands alone; whatever it says is checked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing

from handlers.answering.facts import fold, names, numbers
from handlers.answering.meter import Meter
from handlers.answering.model import Model
from handlers.answering.orders import addresses_machine
from handlers.answering.prompts import rewriting
from handlers.answering.words import content_words
from handlers.errors import ModelFault
from handlers.language import detect
from storage.records import Question

log = logging.getLogger(__name__)

SECONDS = 3.0  # nobody waits longer for a better search; the answer has 25 s of its own
LONGEST = 300  # characters

Rewrite = Callable[[str, Sequence[Question]], Awaitable[str]]


def rewriter(model: Model, meter: Meter, seconds: float = SECONDS) -> Rewrite:
    """Give what rewrites a question after others, or gives nothing where that fails.

    Nothing, too, where the model does not answer in time, or says a name or a number that the
    conversation does not hold.
    """

    async def rewrite(question: str, before: Sequence[Question]) -> str:
        try:
            async with asyncio.timeout(seconds):
                said = await _said(model, meter, question, before)
        except (ModelFault, TimeoutError) as fault:
            log.warning("a follow-up was not rewritten: %s", fault or "no answer in time")
            return ""
        text = " ".join(said.split()).strip("\"'“”„«» ")
        return text if await asyncio.to_thread(_fits, text, question, before) else ""

    return rewrite


async def _said(model: Model, meter: Meter, question: str, before: Sequence[Question]) -> str:
    earlier = [(each.text, each.answer) for each in before]
    said = ""
    async with aclosing(model.stream(rewriting(question, earlier), meter)) as pieces:
        async for piece in pieces:
            said += piece
    return said


def _fits(text: str, question: str, before: Sequence[Question]) -> bool:
    """Say whether a rewritten question is one, and invents no name and no number."""
    if not text or len(text) > LONGEST or addresses_machine(text):
        return False
    language = detect(text)
    known = " ".join([question, *(f"{each.text} {each.answer}" for each in before)])
    folded, held = fold(known), numbers(known, language)
    return (
        bool(content_words(text, language))
        and all(each.text in folded for each in names(text, language) if each.sure)
        and all(any(each.met_by(other) for other in held) for each in numbers(text, language))
    )
