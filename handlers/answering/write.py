"""The writer with a model: its sentences as they come, each proven or dropped."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from handlers.answering.candidates import Candidate
from handlers.answering.cite import Cited, complete
from handlers.answering.embed import Embedder
from handlers.answering.meter import Meter
from handlers.answering.model import Model
from handlers.answering.prompts import MOST_PASSAGES, Prompt, declines, prompt
from handlers.answering.prove import prove
from handlers.answering.quotes import Claim
from handlers.answering.support import Vectors

MOST_CLAIMS = 12


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as far as it is proven.

    `declined` means that the model began with its word for "not in these passages"; no claims and
    not declined, that nothing could be proven. `proving` are the seconds that the proofs took.
    """

    claims: tuple[Claim, ...] = ()
    declined: bool = False
    proving: float = 0.0


async def write(
    question: str,
    language: str,
    candidates: Sequence[Candidate],
    model: Model,
    embedder: Embedder | None,
    meter: Meter | None = None,
) -> AsyncGenerator[Written]:
    """Yield the answer each time that one more claim is proven, and once more at its end.

    Raises `ModelFault` on any fault of the model or of the embedder, also after some claims.
    """
    shown = candidates[:MOST_PASSAGES]
    ask = prompt(question, language, shown)
    written, text, start, vectors = Written(), "", 0, Vectors()
    async with aclosing(_texts(ask, model, meter)) as texts:
        async for text, final in texts:
            if declines(text):
                written = Written(declined=True)
                continue
            found, start = complete(text, language, start, final=final)
            for cited in found:
                grown = await _grown(written, cited, language, shown, embedder, vectors)
                if len(grown.claims) > len(written.claims):
                    yield grown
                written = grown
    yield written


async def _texts(
    ask: Prompt, model: Model, meter: Meter | None
) -> AsyncGenerator[tuple[str, bool]]:
    """Yield the text so far, and once more, as final, when the model has ended."""
    text = ""
    async with aclosing(model.stream(ask.messages, meter)) as pieces:
        async for piece in pieces:
            text += ask.unmarked(piece)
            yield text, False
    yield text, True


async def _grown(
    written: Written,
    cited: Cited,
    language: str,
    candidates: Sequence[Candidate],
    embedder: Embedder | None,
    vectors: Vectors,
) -> Written:
    """Add a sentence, if it is new and proven."""
    claims = written.claims
    if len(claims) == MOST_CLAIMS or any(each.text == cited.text for each in claims):
        return written
    began = time.perf_counter()
    claim = await prove(cited, language, candidates, embedder, vectors)
    proving = written.proving + time.perf_counter() - began
    return Written((*claims, claim) if claim else claims, proving=proving)
