"""Waits until every stored passage can be found by its meaning, with a bar to look at."""

from __future__ import annotations

from bot.app import App
from bot.progress import Bar
from handlers import phrases
from handlers.errors import ModelFault


async def embed_all(app: App, shown: Bar) -> str:
    """Fill in what is missing; give the reason where some must wait for the next time."""
    if app.worker is None or not (missing := await missing_in(app)):
        return ""
    shown.begin(phrases.EMBEDDING, missing)
    try:
        await app.worker.drain(shown.at)
    except ModelFault as fault:
        return phrases.embedding_waits(str(fault))
    return ""


async def missing_in(app: App) -> int:
    """Count the passages of all libraries that have no vector of this embedder yet."""
    if app.embedder is None:
        return 0
    stats = [await app.store.stats(name, app.embedder.name) for name in await app.store.libraries()]
    return sum(each.passages - each.embedded for each in stats)
