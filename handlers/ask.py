"""/ask: from a question to a proven answer, or an honest no."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from handlers import phrases
from handlers.answering.candidates import Candidate
from handlers.answering.embed import Embedder
from handlers.answering.evidence import holds_answer
from handlers.answering.extractive import extract
from handlers.answering.followup import stand_alone
from handlers.answering.model import Model
from handlers.answering.question import Asks, asks
from handlers.answering.quotes import Claim
from handlers.answering.rank import Ranked, rank
from handlers.answering.retrieve import Retrieved, Retriever
from handlers.answering.sources import as_of, number
from handlers.answering.write import Written, write
from handlers.errors import BadUsage, ModelFault
from handlers.feedback import votes_on
from handlers.messages import (
    Action,
    Answer,
    Draft,
    Nearest,
    Progress,
    Reply,
    Request,
    Seconds,
    Source,
)
from storage.records import Proof, Question, Version
from storage.store import Store

LIMIT = 8  # passages that an answer may rest on
MOST_BUTTONS = 5  # one row on a phone
NEAREST = 3  # passages shown with an honest no
MOST_CHARACTERS = 2_000  # of a question; nobody asks the rest


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the library has to a question: passages, whole versions, sentences best first.

    `alone` is the question as it was searched for.
    """

    kind: Asks
    alone: str
    found: Retrieved
    versions: dict[tuple[int, int], Version]
    ranked: list[Ranked]


async def ask(
    request: Request,
    *,
    store: Store,
    retriever: Retriever,
    embedder: Embedder | None,
    model: Model | None,
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
    evidence = await _evidence(request, question, store, retriever, embedder)
    found, ranked = evidence.found, evidence.ranked
    retrieved = time.perf_counter()
    written, note = Written(declined=not holds_answer(found, ranked)), ""
    if model is not None and not written.declined:
        drafts = write(question, found.language, found.candidates, model, embedder)
        try:
            async with aclosing(drafts):
                async for written in drafts:
                    yield Draft(number(written.claims)[0])
        except ModelFault:
            written, note = Written(), phrases.SUMMARY_OFF
    seconds = _seconds(began, retrieved, written.proving)
    answer = _answer(question, request.after, evidence, written, seconds)
    number_ = await store.log_question(_logged(request, answer, evidence.alone))
    votes = votes_on(number_) if answer.answered else ()
    yield replace(answer, note=note, actions=(*answer.actions, *votes))


async def _evidence(
    request: Request,
    question: str,
    store: Store,
    retriever: Retriever,
    embedder: Embedder | None,
) -> Evidence:
    kind = asks(question)
    query = await stand_alone(store, request.library, request.after, question)
    found = await retriever.retrieve(request.library, query, LIMIT)
    versions = await _versions(store, request.library, found.candidates)
    texts = {source: version.text for source, version in versions.items()}
    return Evidence(kind, query, found, versions, await rank(found, kind, texts, embedder))


async def _versions(
    store: Store, library: str, candidates: Sequence[Candidate]
) -> dict[tuple[int, int], Version]:
    versions = {}
    for source in dict.fromkeys(each.source for each in candidates):
        if version := await store.version(library, *source):
            versions[source] = version
    return versions


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
        actions=tuple(_opens(source) for source in sources[:MOST_BUTTONS]),
    )


def _logged(request: Request, answer: Answer, alone: str) -> Question:
    return Question(
        library=request.library,
        conversation=answer.conversation,
        person=request.person.id,
        text=answer.question,
        answered=answer.answered,
        place=request.place.id,
        alone=alone,
        answer=answer.text if answer.answered else "",
        proofs=tuple(
            Proof(each.article, each.version, each.start, each.end) for each in answer.sources
        ),
    )


def _opens(source: Source) -> Action:
    """Give the button that shows a quote in the text around it."""
    where = f"{source.article} {source.version} {source.start} {source.end}"
    return Action(phrases.quote_button(source.n), "source", where, beside=True)


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
