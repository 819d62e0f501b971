"""A receipt: what came of the sources that were sent."""

from __future__ import annotations

from handlers.phrases.counts import counted

READING = "Reading…"
STORING = "Storing…"
KNOWN = {"updated": "a new version of it", "duplicate": "known already"}
MAY_BE_A_PART = (
    "The page says that only subscribers may read all of it. If its end is missing in /article,"
    " paste the whole text."
)
MAY_BE_CLIPPED = (
    "In a group I get only the first message of a long text. If it has more than this, undo it and"
    " send the whole as a file."
)
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
