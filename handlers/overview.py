"""Answers what is asked of an article as a whole, or of the library; its claims have quotes too."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from handlers import phrases
from handlers.answering.embed import Embedder
from handlers.answering.gist import gist
from handlers.answering.meant import Meant, meant
from handlers.answering.meter import Meter
from handlers.answering.model import Model
from handlers.answering.prompts import MOST_PASSAGES
from handlers.answering.quotes import Claim
from handlers.answering.retrieve import Retriever
from handlers.answering.sources import as_of, nearest, number
from handlers.answering.wish import Asked, Wish, named, wish
from handlers.answering.write import Written
from handlers.budget import Budget
from handlers.drafting import drafted
from handlers.holdings import candidate_of, held, listed, name_of, new, openings
from handlers.messages import Answer, Draft, Reply, Request, Seconds
from handlers.noting import noted
from storage.records import Article
from storage.store import Store

NAMED = 3  # articles named where it is asked which one is meant
SEVERAL = 5  # articles of one message that are shown, each by how it begins


@dataclass(frozen=True, slots=True)
class Tools:
    """What answers a question."""

    store: Store
    retriever: Retriever
    embedder: Embedder | None
    model: Model | None
    budget: Budget


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question under way, and when it began."""

    request: Request
    question: str
    wish: Wish
    tools: Tools
    began: float

    def answer(self, text: str, claims: Sequence[Claim] = ()) -> Answer:
        """Give the answer that claims make, or the text without any."""
        said, sources = number(claims)
        now = time.perf_counter()
        return Answer(
            question=self.question,
            answered=bool(sources),
            text=said or text,
            mode="extractive",
            conversation=self.request.after or secrets.token_hex(6),
            sources=sources,
            nearest=(),
            seconds=Seconds(now - self.began, 0.0, 0.0, now - self.began),
            as_of=as_of(sources),
        )

    async def noted(self, answer: Answer, alone: str = "") -> Answer:
        """Log an answer; a no to such a question is no gap."""
        return await noted(self.request, answer, alone, self.tools.store, gap=False)


async def as_a_whole(request: Request, question: str, tools: Tools) -> AsyncGenerator[Reply]:
    """Yield the reply to what is asked of an article as a whole or of the library.

    Nothing where it is a question like any other, or no article is named that could be meant.
    """
    wished = wish(question) or await _said_which(request, question, tools.store)
    if wished is None:
        return
    asking = _Asking(request, question, wished, tools, time.perf_counter())
    if wished.asked is not Asked.GIST:
        yield await _of_library(asking)
        return
    about = await meant(
        wished,
        request,
        store=tools.store,
        retriever=tools.retriever,
        embedder=tools.embedder,
    )
    if about is None:
        return
    if len(about.articles) == 1:
        async with aclosing(_of_article(asking, about.articles[0])) as pictures:
            async for picture in pictures:
                yield picture
    elif about.articles:
        opened = await openings(about.articles[:SEVERAL], tools.store)
        claims = [claim for _, claim in opened]
        answer = _in_lines(asking.answer(phrases.NO_ANSWER, claims), claims)
        yield await asking.noted(answer, about.articles[0].title)
    else:
        yield await _of_none(asking, about)


async def _said_which(request: Request, question: str, store: Store) -> Wish | None:
    """Read a message as the name of an article, where it was asked for a moment ago."""
    asked = await store.conversation(request.library, request.after, request.onto)
    last = asked[-1] if asked and request.after else None
    if last is None or last.answer or last.alone != last.text:
        return None
    before = wish(last.text)
    return named(question) if before and before.asked is Asked.GIST else None


async def _of_library(asking: _Asking) -> Reply:
    """Give the list of articles, or an answer where lists don't come in pages; or what is new."""
    request, store = asking.request, asking.tools.store
    if asking.wish.asked is Asked.LISTING and request.place.paged:
        return await listed(request, store)
    if asking.wish.asked in (Asked.LISTING, Asked.COUNT):
        head, claims = await held(request.library, store)
        answer = _in_lines(asking.answer(phrases.NOTHING_STORED, claims), claims, head)
    else:
        head, claims = await new(request, asking.question, store)
        answer = _in_lines(asking.answer(phrases.NOTHING_STORED, claims), claims)
        answer = replace(answer, head=head) if claims else answer
    first = answer.sources[0].title if answer.sources else ""
    return await asking.noted(answer, first)


def _in_lines(answer: Answer, claims: Sequence[Claim], *head: str) -> Answer:
    """Give an answer with each of its claims, which has one quote, on a line of its own."""
    pairs = zip(claims, answer.sources, strict=False)
    lines = [f"{' '.join(claim.text.split())} [{source.n}]" for claim, source in pairs]
    text = "\n".join([*head, *lines])
    return replace(answer, text=text, as_of=None) if lines else answer


async def _of_article(asking: _Asking, article: Article) -> AsyncGenerator[Reply]:
    """Yield the overview as a model writes it, else in the article's own words."""
    request, tools = asking.request, asking.tools
    version = await tools.store.version(article.library, article.id, article.version)
    shown = [candidate_of(article, each) for each in version.passages] if version else []
    if version is None or not shown:
        yield await asking.noted(asking.answer(phrases.NO_ANSWER))
        return
    read = time.perf_counter()
    written, note, meter = Written(), "", Meter()
    if tools.model is not None and not (note := await tools.budget.refusal(request)):
        language = asking.wish.language or article.language
        drafts = drafted(
            asking.question, language, shown[:MOST_PASSAGES], tools.model, tools.embedder, meter
        )
        async with aclosing(drafts):
            async for written, note in drafts:
                if written.claims and not note:
                    yield Draft(number(written.claims)[0])
    claims = written.claims or await asyncio.to_thread(gist, version, shown[0])
    answer = replace(
        asking.answer(phrases.NO_ANSWER, claims),
        mode="model" if written.claims else "extractive",
        note=note,
        seconds=_seconds(asking.began, read, written.proving),
        usage=tools.budget.usage(meter),
    )
    yield await asking.noted(answer, article.title)


async def _of_none(asking: _Asking, about: Meant) -> Answer:
    """Ask which article is meant, or say that there is no such one."""
    store, library = asking.tools.store, asking.request.library
    if not about.several:
        near = nearest(about.evidence.ranked) if about.evidence else ()
        answer = replace(asking.answer(phrases.NO_ANSWER), nearest=near)
        return await asking.noted(answer)
    newest = await store.articles(library, NAMED)
    if not newest:
        return await asking.noted(asking.answer(phrases.NOTHING_STORED))
    titles = "; ".join(map(name_of, newest))
    return await asking.noted(asking.answer(phrases.which_one(titles)))


def _seconds(began: float, read: float, proving: float) -> Seconds:
    now = time.perf_counter()
    return Seconds(read - began, now - read - proving, proving, now - began)
