"""Finds the article that a wish is about: by its title, what it says, the talk so far, its age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.answering.candidates import Candidate
from handlers.answering.embed import Embedder
from handlers.answering.gather import Evidence, gather
from handlers.answering.retrieve import DEPTH, Retrieved, Retriever
from handlers.answering.signs import weight_of
from handlers.answering.stems import stems
from handlers.answering.wish import Wish
from handlers.answering.words import content_words, words
from handlers.messages import Request
from storage.records import Article
from storage.store import Store

# Share of the words that name an article, each weighed by its length, that must stand in its title
# or its site's name; more where nothing says that an article is meant. Set on the even questions of
# tests/questions/overview.json.
TITLED, SURELY = 0.5, 0.6
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
        if titled := _titled(wish, found):
            return await _of(store, library, [titled])
        if not wish.called:
            return None
        evidence = await gather(
            library, wish.about, store=store, retriever=retriever, embedder=embedder
        )
        if not evidence.is_enough:
            return Meant(evidence=evidence)
        return await _of(store, library, [evidence.found.candidates[0].passage.article])
    return await _unnamed(wish, request, store)


async def _unnamed(wish: Wish, request: Request, store: Store) -> Meant | None:
    if not wish.newest and (told := await _told(request, store)):
        return await _of(store, request.library, told)
    newest = await store.articles(request.library, 2)
    if wish.newest or len(newest) == 1 or (wish.this and wish.called):
        return Meant(tuple(newest[:1]), several=not newest)
    return Meant(several=True) if wish.sure or wish.called else None


async def _of(store: Store, library: str, numbers: Sequence[int]) -> Meant:
    held = {each.id: each for each in await store.some_articles(library, numbers)}
    return Meant(tuple(held[each] for each in numbers if each in held))


async def _told(request: Request, store: Store) -> list[int]:
    """Give the articles that a message told of, or that the last answer quotes first."""
    if request.about:
        return [each.id for each in await store.some_articles(request.library, request.about)]
    if not request.after:
        return []
    asked = await store.conversation(request.library, request.after, request.onto)
    for each in reversed(asked[-TURNS:]):
        question = await store.question(request.library, each.id)
        if question and question.proofs:
            return [question.proofs[0].article]
    return []


def _titled(wish: Wish, found: Retrieved) -> int | None:
    """Give the article whose title has most of the words; of equals the best, or the newest."""
    named = content_words(wish.about, wish.language or found.language)
    best: dict[int, tuple[float, int]] = {}
    for place, each in enumerate(found.candidates):
        article = each.passage.article
        newness = article if wish.newest else -place
        best.setdefault(article, (_share(named, each), newness))
    least = TITLED if wish.called else SURELY
    fit = {article: standing for article, standing in best.items() if standing[0] >= least}
    return max(fit, key=lambda each: fit[each], default=None)


def _share(named: Sequence[str], candidate: Candidate) -> float:
    """Give the share of words, by weight, that stand in a passage's title or its site's name."""
    title = f"{candidate.passage.title} {candidate.site or ''}"
    held = set(stems(words(title), candidate.language))
    weights = [weight_of(word) for word in named]
    pairs = zip(weights, stems(list(named), candidate.language), strict=True)
    return sum(weight for weight, stem in pairs if stem in held) / (sum(weights) or 1.0)
