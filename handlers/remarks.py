"""Answers what is said of an answer just given: asks for its source, for more, says it is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from handlers import phrases
from handlers.answering.candidates import Candidate
from handlers.answering.pinned import source_of
from handlers.answering.retrieve import Retriever
from handlers.lexicon import load, whole
from handlers.markdown import escape, one_line
from handlers.messages import Answer, Found, Notice, Reply, Request, Seconds
from handlers.noting import opens
from handlers.search import LIMIT, rows_of
from storage.records import Proof, Question
from storage.store import Store

LONGEST = 80  # characters of a message that only remarks on an answer
FURTHER = 3  # passages shown to who wants more


class Remark(StrEnum):
    """What a message says of the answer before it."""

    SOURCE = "source"
    MORE = "more"
    WRONG = "wrong"
    TRANSLATE = "translate"


_TABLES = {
    Remark(name): whole(table) for name, table in load(Path(__file__).with_suffix(".toml")).items()
}


def remark(text: str) -> Remark | None:
    """Say what a message remarks on an answer, where it says nothing else."""
    said = text.strip().replace("'", "’")
    if len(said) > LONGEST:
        return None
    return next((kind for kind, table in _TABLES.items() if table.match(said)), None)


async def remarked(
    request: Request, store: Store, retriever: Retriever, *, writes: bool
) -> Reply | None:
    """Give the reply to a remark on the answer that a request goes on from; None for the rest.

    What `writes` answers, a model, is asked for another language itself.
    """
    kind = remark(request.text) if request.after else None
    if kind is None or (kind is Remark.TRANSLATE and writes):
        return None
    before = await _before(store, request)
    if before is None:
        return None
    match kind:
        case Remark.MORE:
            return await _more(request, before, retriever)
        case Remark.SOURCE if before.answered:
            return await _sources(request, before, store)
        case Remark.SOURCE:
            return Notice(phrases.no_source(escape(one_line(before.text))))
        case Remark.WRONG:
            said = _in_chats(request, phrases.SAID_WRONG, phrases.VOTE_WRONG)
            return Notice(said if before.answered else phrases.SAID_NOTHING)
        case Remark.TRANSLATE:
            return Notice(phrases.NOT_TRANSLATED)


def _in_chats(request: Request, said: str, buttons: str) -> str:
    """Add a sentence on buttons, which a terminal has none of."""
    return f"{said} {buttons}" if request.place.paged else said


async def _before(store: Store, request: Request) -> Question | None:
    """Give the question that a request goes on from, with its proofs."""
    led = await store.conversation(request.library, request.after, request.onto)
    return await store.question(request.library, led[-1].id) if led else None


async def _sources(request: Request, before: Question, store: Store) -> Reply | None:
    """Show again what an answer rests on; None where an article of it is gone."""
    found = [
        await source_of(store, before.library, proof, n) for n, proof in enumerate(before.proofs, 1)
    ]
    sources = tuple(each for each in found if each)
    if not sources or len(sources) < len(found):
        return None
    return Answer(
        question=request.text,
        answered=True,
        text=phrases.rests_on(before.text),
        mode="extractive",
        conversation=before.conversation,
        sources=sources,
        nearest=(),
        seconds=Seconds(0.0, 0.0, 0.0, 0.0),
        note=_in_chats(request, phrases.WORD_FOR_WORD, phrases.ITS_BUTTON),
        actions=opens(sources),
        number=before.id,
    )


async def _more(request: Request, before: Question, retriever: Retriever) -> Reply:
    """Show what else the articles of an answer have; after an honest no, the nearest passages."""
    asked = before.alone or before.text
    found = (await retriever.retrieve(request.library, asked, LIMIT)).candidates
    if before.answered:
        found = tuple(each for each in found if _is_further(each, before.proofs))
        if not found:
            numbers = dict.fromkeys(proof.article for proof in before.proofs)
            return Notice(phrases.no_more([f"/article {number}" for number in numbers]))
    return Found(asked, rows_of(found[:FURTHER]))


def _is_further(candidate: Candidate, proofs: Sequence[Proof]) -> bool:
    """Whether a passage stands in an article that was quoted, but holds none of its quotes."""
    passage = candidate.passage
    same = [proof for proof in proofs if proof.article == passage.article]
    return bool(same) and not any(passage.start <= each.start < passage.end for each in same)
