"""The sample articles: what an empty library offers, so that the first question has an answer."""

from __future__ import annotations

from pathlib import Path

from bot.app import App
from bot.here import Here
from bot.meaning import embed_all
from bot.progress import bar, last
from bot.sources import handed, named
from handlers import phrases
from handlers.messages import Listing, Receipt

FOLDER = Path(__file__).parent.parent / "docs" / "samples"


async def offered(app: App, place: Here) -> list[str]:
    """Give the samples to offer; none where the library holds something or none are there."""
    async for reply in app.reply(place.request("articles")):
        if isinstance(reply, Listing) and not reply.articles and FOLDER.is_dir():
            return [str(path) for path in sorted(FOLDER.iterdir()) if path.name[0] != "."]
    return []


async def take(app: App, place: Here, paths: list[str]) -> int:
    """Store the samples and learn what they mean; give how many articles that were."""
    count = 0
    with bar() as shown:
        shown.begin(phrases.READING, len(paths))
        for done, one in enumerate(named(paths)):
            shown.at(done)
            reply = await last(handed(app.reply, place, "ingest", one), shown)
            count += len(reply.articles) if isinstance(reply, Receipt) else 0
        await embed_all(app, shown)
    return count
