"""Reads a follow-up ("and when does he leave?") with the question that it goes on from."""

from __future__ import annotations

import asyncio

from handlers.answering.words import content_words, names
from handlers.language import detect
from storage.store import Store

FEW = 3  # content words: with so few, and no name among them, a question leans on the one before


async def stand_alone(store: Store, library: str, conversation: str, question: str) -> str:
    """Give the question to search for: with the one before it where it can't stand alone."""
    if not conversation:
        return question
    before = await store.conversation(library, conversation)
    if not before or not await asyncio.to_thread(_leans, question):
        return question
    return f"{before[-1].text} {question}"


def _leans(question: str) -> bool:
    language = detect(question)
    return len(content_words(question, language)) <= FEW and not names(question, language)
