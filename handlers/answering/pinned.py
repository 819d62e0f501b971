"""Serves the answer that an admin pinned to a question, as long as its sources stand."""

from __future__ import annotations

import asyncio
import re
import unicodedata

from handlers.answering.wording import asks_the_same
from handlers.messages import Source
from storage.asked import Pin
from storage.records import Proof
from storage.store import Store

_ENDS = " \t\r\n?？!！.。…,:;\"'“”„«»‘’()¿¡"
_SPACE = re.compile(r"\s+")


def key_of(question: str) -> str:
    """Give what two ways to type the same question have in common.

    Case, spacing, the width of letters and the marks at both ends don't matter; every word does.
    """
    folded = unicodedata.normalize("NFKC", question).casefold().strip(_ENDS)
    return _SPACE.sub(" ", folded)


async def pinned(store: Store, library: str, question: str) -> tuple[str, tuple[Source, ...]]:
    """Give the text and sources of the pinned answer to a question, empty where there is none.

    Where nobody pinned its very words, those of a question that asks the same.
    """
    key = key_of(question)
    pin = await store.pinned(library, key) if key else None
    if key and pin is None:
        held = await store.pinned_questions(library)
        alike = await asyncio.to_thread(_alike, question, held)
        pin = await store.pinned(library, alike) if alike else None
    return await shown(store, pin) if pin else ("", ())


def _alike(question: str, pinned: dict[str, str]) -> str:
    """Give the key of the pinned question that asks the same; empty where none does."""
    alike = (key for key, other in pinned.items() if asks_the_same(question, other))
    return next(alike, "")


async def shown(store: Store, pin: Pin) -> tuple[str, tuple[Source, ...]]:
    """Give a pin's text and sources; empty where one of its quotes is gone."""
    sources = []
    for n, proof in enumerate(pin.proofs, 1):
        source = await source_of(store, pin.library, proof, n)
        if source is None:
            return "", ()
        sources.append(source)
    text = " ".join(f"{' '.join(each.quote.split())} [{each.n}]" for each in sources)
    return text, tuple(sources)


async def source_of(store: Store, library: str, proof: Proof, n: int) -> Source | None:
    """Give a place in a stored version as a numbered source."""
    article = await store.article(library, proof.article)
    version = await store.version(library, proof.article, proof.version)
    if article is None or version is None or not 0 <= proof.start < proof.end <= len(version.text):
        return None
    return Source(
        n=n,
        article=article.id,
        version=version.number,
        title=article.title,
        quote=version.text[proof.start : proof.end],
        start=proof.start,
        end=proof.end,
        url=article.url,
        site=article.site,
        published=article.published,
    )
