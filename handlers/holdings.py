"""Answers what is asked of the library itself: which articles it holds, and what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from handlers import phrases
from handlers.answering.candidates import Candidate
from handlers.answering.gist import lead
from handlers.answering.quotes import Claim
from handlers.answering.when import span_of
from handlers.library import articles
from handlers.markdown import one_line
from handlers.messages import Listing, Request
from storage.records import Article, Passage
from storage.store import Store

SHOWN = 10  # articles that an answer names
NEW = 5  # that are shown with their first sentence


async def listed(request: Request, store: Store) -> Listing:
    """Give what /articles shows: the newest first, in a paged place the first page."""
    bare = replace(request, text="")
    replies = [reply async for reply in articles(bare, store=store)]
    (listing,) = [reply for reply in replies if isinstance(reply, Listing)]
    return listing


async def held(library: str, store: Store) -> tuple[str, list[Claim]]:
    """Say how many articles there are; the newest by their titles, each with how it begins."""
    count = (await store.stats(library, "")).articles
    newest = await store.articles(library, SHOWN)
    opened = await openings(newest, store)
    claims = [replace(claim, text=name_of(one)) for one, claim in opened]
    return phrases.holds(count, len(claims)), claims


def name_of(article: Article) -> str:
    """Give an article's number and title; brackets become others, so that none is a mark."""
    title = one_line(article.title).translate(str.maketrans("[]", "()"))
    return phrases.numbered(article.id, title)


async def new(request: Request, question: str, store: Store) -> tuple[str, list[Claim]]:
    """Give the newest articles by how they begin, those of the time asked for if there are any."""
    newest = await store.articles(request.library, NEW)
    span = span_of(question, datetime.now(UTC).date())
    late = [each for each in newest if span is None or each.added >= span.first.isoformat()]
    opened = await openings(late or newest, store)
    return (phrases.NEWS if late else phrases.NOTHING_NEW), [claim for _, claim in opened]


async def openings(shown: Sequence[Article], store: Store) -> list[tuple[Article, Claim]]:
    """Give articles with how each begins, but such as say nothing."""
    found = []
    for one in shown:
        version = await store.version(one.library, one.id, one.version)
        if version and version.passages:
            claim = lead(version, candidate_of(one, version.passages[0]))
            found += [(one, claim)] if claim else []
    return found


def candidate_of(article: Article, passage: Passage) -> Candidate:
    """Give a passage of an article as finding would that looked for nothing else."""
    return Candidate(
        passage=passage,
        url=article.url,
        site=article.site,
        published=article.published,
        language=article.language,
        score=1.0,
        words=0.0,
        meaning=0.0,
    )
