"""Finds the article that a wish is about: by its title, what it says, the talk so far, its age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.answering.embed import Embedder
from handlers.answering.gather import Evidence, gather
from handlers.answering.retrieve import DEPTH, Retriever
from handlers.answering.titled import by_meaning, by_text, by_title
from handlers.answering.wish import Wish
from handlers.messages import Request
from storage.records import Article
from storage.store import Store

TURNS = 4  # questions of a conversation that are gone back for one with an answer


@dataclass(frozen=True, slots=True)
class Meant:
    """The articles that are meant: one, or those that one message told of.

    `several` says that nothing names one where there are several; `evidence` is what came nearest
    where something does, but no article fits.
    """

    articles: tuple[Article, ...] = ()
    several: bool = False
    evidence: Evidence | None = None


async def meant(
    wish: Wish,
    request: Request,
    *,
    store: Store,
    retriever: Retriever,
    embedder: Embedder | None,
) -> Meant | None:
    """Give what a wish is about; `None` where it is no wish, but a question like any other."""
    library = request.library
    if wish.number:
        held = await store.article(library, wish.number)
        return Meant((held,) if held else ())
    if wish.about:
        found = await retriever.retrieve(library, wish.about, DEPTH)
        article = by_title(wish, found)
        if article is None and not wish.called:
            return None
        article = article or by_text(wish, found) or await by_meaning(wish, found, embedder)
        if article is not None:
            return await _of(store, library, [article])
        return Meant(
            evidence=await gather(
                library, wish.about, store=store, retriever=retriever, embedder=embedder
            )
        )
    return await _unnamed(wish, request, store)


async def _unnamed(wish: Wish, request: Request, store: Store) -> Meant | None:
    named = wish.sure or wish.called  # "what is this about?" may be of anything in an answer
    if not wish.newest and (told := await _told(request, store, quoted=named)):
        return await _of(store, request.library, told)
    if not named:
        return None
    newest = await store.articles(request.library, 2)
    if wish.newest or len(newest) == 1 or (wish.this and wish.called):
        return Meant(tuple(newest[:1]), several=not newest)
    return Meant(several=True)


async def _of(store: Store, library: str, numbers: Sequence[int]) -> Meant:
    held = {each.id: each for each in await store.some_articles(library, numbers)}
    return Meant(tuple(held[each] for each in numbers if each in held))


async def _told(request: Request, store: Store, *, quoted: bool) -> list[int]:
    """Give the articles that a message told of, or else the one that the last answer quotes."""
    if request.about:
        return [each.id for each in await store.some_articles(request.library, request.about)]
    if not (quoted and request.after):
        return []
    asked = await store.conversation(request.library, request.after, request.onto)
    for each in reversed(asked[-TURNS:]):
        question = await store.question(request.library, each.id)
        if question and question.proofs:
            return [question.proofs[0].article]
    return []
