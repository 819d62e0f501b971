"""A receipt: what came of the sources that were sent."""

from __future__ import annotations

from handlers.phrases.counts import counted

READING = "Reading…"
STORING = "Storing…"
KNOWN = {"updated": "a new version of it", "duplicate": "known already"}
ALSO_HERE = "Also here:"
_RECEIVED = {
    "stored": "Stored {} from {}.",
    "updated": "Updated {} from {}.",
    "duplicate": "Nothing new: {} from {} known already.",
    "read": "Read {} from {}, stored nothing.",
}


def received(status: str, articles: int, source: str) -> str:
    form = _RECEIVED.get(status, status + " {} from {}.")
    return form.format(counted(articles, "article"), source)


def taken(sources: int) -> str:
    return f"{counted(sources, 'source')}:"
