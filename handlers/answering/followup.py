"""Reads a follow-up ("and when does he leave?") with the question that it goes on from."""

from __future__ import annotations

import asyncio
from pathlib import Path

from handlers.answering.words import names, words
from handlers.language import detect, function_words
from handlers.lexicon import load, pattern
from storage.records import Turn
from storage.store import Store

# by language: what is a pronoun in one is a preposition in another
_GOES_ON = {
    language: pattern({language: phrases})
    for language, phrases in load(Path(__file__).with_name("cues.toml"))["follows"]["on"].items()
}
MOST = 5  # content words: with more than that, or with a name of its own, a question stands alone


async def stand_alone(store: Store, library: str, turn: Turn | None, question: str) -> str:
    """Give the question to search for: with the one before it where it can't stand alone."""
    if turn is None or not turn.conversation:
        return question
    before = await store.conversation(library, turn.conversation, turn.question)
    if not before or not await asyncio.to_thread(_leans, question):
        return question
    return f"{before[-1].text} {question}"


def _leans(question: str) -> bool:
    language = detect(question)
    carrying = [word for word in words(question) if word not in function_words(language)]
    if names(question, language) or len(carrying) > MOST:
        return False
    goes_on = _GOES_ON.get(language)
    return not carrying or bool(goes_on and goes_on.search(question))
