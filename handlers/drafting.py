"""An answer that a model writes, as it grows; whatever the model does, no fault of its goes on."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from handlers import phrases
from handlers.answering.candidates import Candidate
from handlers.answering.embed import Embedder
from handlers.answering.meter import Meter
from handlers.answering.model import Model
from handlers.answering.write import Written, write
from handlers.errors import ModelFault


async def drafted(
    question: str,
    language: str,
    shown: Sequence[Candidate],
    model: Model,
    embedder: Embedder | None,
    meter: Meter,
) -> AsyncGenerator[tuple[Written, str]]:
    """Yield the answer as it grows; nothing of it where the model fails, and a sentence why."""
    drafts = write(question, language, shown, model, embedder, meter)
    try:
        async with aclosing(drafts):
            async for written in drafts:
                yield written, ""
    except ModelFault:
        yield Written(), phrases.SUMMARY_OFF
