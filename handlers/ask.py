"""/ask: from a question to a proven answer, or an honest no."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial

from handlers import phrases
from handlers.answering.disagree import Kind
from handlers.answering.embed import Embedder
from handlers.answering.gather import Evidence
from handlers.answering.meter import Meter
from handlers.answering.model import Model
from handlers.answering.neighbours import joined
from handlers.answering.pinned import pinned
from handlers.answering.retrieve import Retriever
from handlers.answering.rewrite import Rewrite, rewriter
from handlers.answering.several import Part, gather_parts, merged, told
from handlers.answering.sides import Sides
from handlers.answering.sources import as_of, differing, nearest, number
from handlers.answering.write import Written
from handlers.budget import Budget
from handlers.courtesy import is_statement
from handlers.drafting import drafted
from handlers.errors import BadUsage
from handlers.linked import titled
from handlers.messages import Answer, Draft, Progress, Reply, Request, Seconds
from handlers.noting import noted
from handlers.overview import Tools, as_a_whole
from handlers.remarks import remarked
from handlers.telling import kept_open, said
from storage.records import Turn
from storage.store import Store

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
    question, missing = await titled(store, request.library, request.text[:MOST_CHARACTERS])
    if not question:
        raise BadUsage(phrases.WHICH_QUESTION)
    yield Progress(phrases.SEARCHING)
    began = time.perf_counter()
    if said := await remarked(request, store, retriever, writes=model is not None):
        yield said
        return
    if chosen := await _chosen(request, question, store, began):
        yield await noted(request, chosen, question, store)
        return
    tools, replied = Tools(store, retriever, embedder, model, budget or Budget(store)), False
    async with aclosing(as_a_whole(request, question, tools)) as pictures:
        async for picture in pictures:
            replied = True
            yield picture
    if not replied:
        async with aclosing(_of_fact(request, question, tools, began)) as pictures:
            async for picture in pictures:
                yield replace(picture, head=missing) if isinstance(picture, Answer) else picture


async def _of_fact(
    request: Request, question: str, tools: Tools, began: float
) -> AsyncGenerator[Reply]:
    """Yield the answer to a question of fact as it grows, then whole."""
    store, retriever, embedder = tools.store, tools.retriever, tools.embedder
    note, meter, model, budget = "", Meter(), tools.model, tools.budget
    look = partial(gather_parts, store=store, retriever=retriever, embedder=embedder)
    rewrite = await _rewriter(request, model, meter, budget)
    turn = Turn(request.after, request.onto)
    parts = await look(request.library, question, turn=turn, rewrite=rewrite)
    evidence = merged(parts)
    retrieved = time.perf_counter()
    written = Written(declined=not evidence.is_enough)
    if model is not None and not written.declined:
        note = await budget.refusal(request)
    if model is not None and not written.declined and not note:
        async with aclosing(_written(evidence, model, embedder, meter)) as drafts:
            async for written, note in drafts:
                if written.claims and not note:
                    yield Draft(number(written.claims)[0])
    sides = await told(parts, evidence, written, embedder)
    seconds = _seconds(began, retrieved, written.proving)
    answer = _answer(question, request.after, (parts, sides), evidence, seconds)
    note = note or await _emptiness(request, evidence, store)
    answer = replace(answer, mode=_mode(written), note=note, usage=budget.usage(meter))
    if answer.answered:
        await kept_open(request, parts, store)
    yield await noted(request, answer, evidence.alone, store)


async def _emptiness(request: Request, evidence: Evidence, store: Store) -> str:
    """Say what to do first where nothing was ever stored, or where a text looks like an article."""
    if evidence.ranked or (await store.stats(request.library, "")).articles:
        told = not evidence.is_enough and is_statement(request.text)
        return phrases.MEANT_TO_STORE if told else ""
    return phrases.NOTHING_STORED


async def _rewriter(
    request: Request, model: Model | None, meter: Meter, budget: Budget
) -> Rewrite | None:
    """Give what rewrites a follow-up, where there is a model and it may be used."""
    if model is None or not request.after or await budget.refusal(request):
        return None
    return rewriter(model, meter)


def _written(
    evidence: Evidence, model: Model, embedder: Embedder | None, meter: Meter
) -> AsyncGenerator[tuple[Written, str]]:
    found = evidence.found
    shown = joined(found.candidates, evidence.versions)
    return drafted(evidence.alone, found.language, shown, model, embedder, meter)


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


def _mode(written: Written) -> str:
    return "model" if written.claims else "extractive"


def _answer(
    question: str,
    conversation: str,
    told_of: tuple[Sequence[Part], Sequence[Sides]],
    evidence: Evidence,
    seconds: Seconds,
) -> Answer:
    text, sources = said(*told_of)
    sides = next((each for each in told_of[1] if each.kind), Sides(()))
    return Answer(
        question=question,
        answered=bool(sources),
        text=text,
        mode="extractive",
        conversation=conversation or secrets.token_hex(6),
        sources=sources,
        nearest=() if sources else nearest(evidence.ranked),
        seconds=seconds,
        as_of=as_of(sources),
        disagreement=differing(sides.quotes, sources, corrected=sides.kind is Kind.CORRECTED),
    )


def _seconds(began: float, retrieved: float, proving: float) -> Seconds:
    now = time.perf_counter()
    return Seconds(retrieved - began, now - retrieved - proving, proving, now - began)
