"""/ask: from a question to a proven answer, or an honest no."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace

from handlers import phrases
from handlers.answering.embed import Embedder
from handlers.answering.evidence import holds_answer
from handlers.answering.extractive import extract
from handlers.answering.gather import Evidence, gather
from handlers.answering.meter import Meter
from handlers.answering.model import Model
from handlers.answering.neighbours import joined
from handlers.answering.pinned import pinned
from handlers.answering.quotes import Claim
from handlers.answering.rank import Ranked
from handlers.answering.retrieve import Retriever
from handlers.answering.sources import as_of, number
from handlers.answering.write import Written, write
from handlers.budget import Budget
from handlers.errors import BadUsage, ModelFault
from handlers.messages import (
    Answer,
    Draft,
    Nearest,
    Progress,
    Reply,
    Request,
    Seconds,
)
from handlers.noting import noted
from storage.store import Store

NEAREST = 3  # passages shown with an honest no
MOST_CHARACTERS = 2_000  # of a question; nobody asks the rest


async def ask(
    request: Request,
    *,
    store: Store,
    retriever: Retriever,
    embedder: Embedder | None,
    model: Model | None,
    budget: Budget | None = None,
) -> AsyncIterator[Reply]:
    """Yield the answer as it grows, then whole; without a model from the articles' own sentences.

    Whatever the model's endpoint does, the last picture is an `Answer` whose quotes stand in
    the stored text.
    """
    if not request.text:
        raise BadUsage(phrases.WHICH_QUESTION)
    question = request.text.strip()[:MOST_CHARACTERS]
    yield Progress(phrases.SEARCHING)
    began = time.perf_counter()
    if chosen := await _chosen(request, question, store, began):
        yield await noted(request, chosen, question, store)
        return
    evidence = await gather(
        request.library,
        question,
        store=store,
        retriever=retriever,
        embedder=embedder,
        after=request.after,
    )
    retrieved = time.perf_counter()
    written = Written(declined=not holds_answer(evidence.found, evidence.ranked))
    note, meter, budget = "", Meter(), budget or Budget(store)
    if model is not None and not written.declined:
        note = await budget.refusal(request)
    if model is not None and not written.declined and not note:
        async with aclosing(_written(question, evidence, model, embedder, meter)) as drafts:
            async for written, note in drafts:
                if not note:
                    yield Draft(number(written.claims)[0])
    seconds = _seconds(began, retrieved, written.proving)
    answer = _answer(question, request.after, evidence, written, seconds)
    answer = replace(answer, note=note, usage=budget.usage(meter))
    yield await noted(request, answer, evidence.alone, store)


async def _written(
    question: str, evidence: Evidence, model: Model, embedder: Embedder | None, meter: Meter
) -> AsyncGenerator[tuple[Written, str]]:
    """Yield the answer as it grows; nothing of it where the model fails, and a sentence why."""
    found = evidence.found
    shown = joined(found.candidates, evidence.versions)
    drafts = write(question, found.language, shown, model, embedder, meter)
    try:
        async with aclosing(drafts):
            async for written in drafts:
                yield written, ""
    except ModelFault:
        yield Written(), phrases.SUMMARY_OFF


async def _chosen(request: Request, question: str, store: Store, began: float) -> Answer | None:
    """Give the answer that an admin pinned to the question, if there is one."""
    text, sources = await pinned(store, request.library, question)
    if not sources:
        return None
    return Answer(
        question=question,
        answered=True,
        text=text,
        mode="extractive",
        conversation=request.after or secrets.token_hex(6),
        sources=sources,
        nearest=(),
        seconds=_seconds(began, time.perf_counter(), 0.0),
        as_of=as_of(sources),
        note=phrases.PINNED,
    )


def _answer(
    question: str, conversation: str, evidence: Evidence, written: Written, seconds: Seconds
) -> Answer:
    claims: tuple[Claim, ...] = ()
    if not written.declined:
        claims = written.claims or extract(evidence.ranked, evidence.kind, evidence.versions)
    text, sources = number(claims)
    return Answer(
        question=question,
        answered=bool(claims),
        text=text or phrases.NO_ANSWER,
        mode="model" if written.claims else "extractive",
        conversation=conversation or secrets.token_hex(6),
        sources=sources,
        nearest=() if claims else _nearest(evidence.ranked),
        seconds=seconds,
        as_of=as_of(sources),
    )


def _seconds(began: float, retrieved: float, proving: float) -> Seconds:
    now = time.perf_counter()
    return Seconds(retrieved - began, now - retrieved - proving, proving, now - began)


def _nearest(ranked: Sequence[Ranked]) -> tuple[Nearest, ...]:
    """Give the best sentence of each of the best passages, for a person to judge."""
    best: dict[int, Ranked] = {}
    for each in ranked:
        best.setdefault(each.candidate.passage.id, each)
    return tuple(
        Nearest(each.candidate.passage.article, each.candidate.passage.title, each.quote)
        for each in list(best.values())[:NEAREST]
    )
