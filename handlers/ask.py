"""/ask: from a question to a proven answer, or an honest no."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Sequence

from handlers import phrases
from handlers.answering.candidates import Candidate
from handlers.answering.embed import Embedder
from handlers.answering.evidence import holds_answer
from handlers.answering.extractive import extract
from handlers.answering.followup import stand_alone
from handlers.answering.model import Model
from handlers.answering.quotes import Claim
from handlers.answering.rank import Ranked, rank
from handlers.answering.retrieve import Retriever
from handlers.answering.sources import as_of, number
from handlers.answering.write import write
from handlers.errors import BadUsage, ModelFault
from handlers.messages import Answer, Draft, Nearest, Progress, Reply, Request, Seconds
from storage.records import Question, Version
from storage.store import Store

LIMIT = 8  # passages that an answer may rest on
NEAREST = 3  # passages shown with an honest no
MOST_CHARACTERS = 2_000  # of a question; nobody asks the rest


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
    clock = [time.perf_counter()]
    query = await stand_alone(store, request.library, request.after, question)
    found = await retriever.retrieve(request.library, query, LIMIT)
    versions = await _versions(store, request.library, found.candidates)
    ranked = await rank(found, {key: each.text for key, each in versions.items()}, embedder)
    clock.append(time.perf_counter())
    written: tuple[Claim, ...] = ()
    declined, note = not holds_answer(found, ranked), ""
    if model is not None and not declined:
        try:
            async for draft in write(question, found.language, found.candidates, model, embedder):
                written, declined = draft.claims, draft.declined
                yield Draft(number(written)[0])
        except ModelFault:
            written, note = (), phrases.SUMMARY_OFF
    clock.append(time.perf_counter())
    claims = () if declined else written or extract(ranked, versions)
    answer = _answer(question, request.after, claims, ranked, bool(written), note, clock)
    await store.log_question(
        Question(request.library, answer.conversation, request.person.id, question, answer.answered)
    )
    yield answer


async def _versions(
    store: Store, library: str, candidates: Sequence[Candidate]
) -> dict[tuple[int, int], Version]:
    versions = {}
    for source in dict.fromkeys(each.source for each in candidates):
        if version := await store.version(library, *source):
            versions[source] = version
    return versions


def _answer(
    question: str,
    conversation: str,
    claims: tuple[Claim, ...],
    ranked: Sequence[Ranked],
    by_model: bool,
    note: str,
    clock: list[float],
) -> Answer:
    text, sources = number(claims)
    began, retrieved, wrote, now = *clock, time.perf_counter()
    return Answer(
        question=question,
        answered=bool(claims),
        text=text or phrases.NO_ANSWER,
        mode="model" if by_model else "extractive",
        conversation=conversation or secrets.token_hex(6),
        sources=sources,
        nearest=() if claims else _nearest(ranked),
        seconds=Seconds(retrieved - began, wrote - retrieved, now - wrote, now - began),
        as_of=as_of(sources),
        note=note if claims else "",
    )


def _nearest(ranked: Sequence[Ranked]) -> tuple[Nearest, ...]:
    """Give the best sentence of each of the best passages, for a person to judge."""
    best: dict[int, Ranked] = {}
    for each in ranked:
        best.setdefault(each.candidate.passage.id, each)
    return tuple(
        Nearest(each.candidate.passage.article, each.candidate.passage.title, each.quote)
        for each in list(best.values())[:NEAREST]
    )
