"""Gathers what a library has to a question: passages, their versions, sentences best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.answering.candidates import Candidate
from handlers.answering.dated import asked_day
from handlers.answering.embed import Embedder
from handlers.answering.evidence import holds_answer, lacks_money
from handlers.answering.followup import readings
from handlers.answering.in_context import found_for
from handlers.answering.newest import newest_first
from handlers.answering.nowhere import is_nowhere
from handlers.answering.once import once
from handlers.answering.question import Asks, asks
from handlers.answering.rank import Ranked, rank
from handlers.answering.retrieve import Retrieved, Retriever
from handlers.answering.rewrite import Rewrite
from handlers.answering.voices import voices_of
from storage.records import Question, Turn, Version
from storage.store import Store

LIMIT = 8  # passages that an answer may rest on


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the library has to a question; `alone` is the question as it was searched for.

    `is_enough` says whether it answers: else an honest no is due.
    """

    kind: Asks
    alone: str
    found: Retrieved
    versions: dict[tuple[int, int], Version]
    ranked: list[Ranked]
    is_enough: bool


async def gather(
    library: str,
    question: str,
    *,
    store: Store,
    retriever: Retriever,
    embedder: Embedder | None,
    turn: Turn | None = None,
    rewrite: Rewrite | None = None,
    above: Sequence[Question] = (),
) -> Evidence:
    """Give the evidence for a question, read with the turn that it goes on from.

    `above` are the questions of the same message before it.
    """
    read = await readings(store, library, turn, question, rewrite, above)
    found, asked = await found_for(library, read, retriever, LIMIT)
    kind = asks(question, asked.language)
    if kind is Asks.OTHER and found.question != question:
        # "and the roof?" asks the same of another thing
        kind = asks(found.question, asked.language)
    versions = await _versions(store, library, found.candidates)
    texts = {source: version.text for source, version in versions.items()}
    voices = voices_of(found, kind, texts)
    fitting = voices.holds if voices else None
    ranked = once(newest_first(await rank(asked, kind, texts, embedder, fitting), question))
    lacks = lacks_money(question, asked.language, ranked) or is_nowhere(found)
    enough = not lacks and holds_answer(found, ranked)
    if voices:
        ranked = voices.first(ranked)
    elif kind is Asks.OTHER and (day := asked_day(found.question, found.language)):
        enough = day.is_answered(found.candidates, ranked, enough=enough)
        ranked = day.first(ranked)
    return Evidence(kind, found.question, found, versions, ranked, enough)


async def _versions(
    store: Store, library: str, candidates: Sequence[Candidate]
) -> dict[tuple[int, int], Version]:
    versions = {}
    for source in dict.fromkeys(each.source for each in candidates):
        if version := await store.version(library, *source):
            versions[source] = version
    return versions
