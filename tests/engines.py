"""The storage engines that every promise of the store is tried on, and what is put into them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from storage.engines import open_store
from storage.records import NewArticle, Span
from storage.sqlite import SqliteStore
from storage.store import Store

ENGINES = {
    "sqlite": "sqlite:///{folder}/library.db",
    "sqlite in memory": "sqlite://",
    "sqlite as for large libraries": "large:{folder}/library.db",
    "sqlite in memory as for large libraries": "large::memory:",
}
E5 = "e5"


async def engine_at(address: str, folder: Path) -> Store:
    """Open one of the engines."""
    where = address.format(folder=folder)
    if not where.startswith("large:"):
        return await open_store(where)
    opened = SqliteStore(where.removeprefix("large:"), large=0)
    await opened.open()
    return opened


def new(text: str, url: str | None = None, title: str = "A title", heading: str = "") -> NewArticle:
    return NewArticle(title, text, "en", (Span(0, len(text), heading),), url=url)


async def save(store: Store, *articles: NewArticle, library: str = "main") -> list[int]:
    saved = await store.save(library, articles, [], source="s", by="me")
    return [each.article for each in saved]


async def found(store: Store, word: str, library: str = "main") -> list[str]:
    hits = await store.by_words(library, [word], 10)
    return [each.text for each in await store.passages(library, [hit.passage for hit in hits])]


def unit(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    vector = np.array(values, np.float32)
    return (vector / np.linalg.norm(vector)).astype(np.float32)
