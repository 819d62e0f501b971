"""Finds the article that a few words name: by its title, what it says, or what its title means."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from handlers.answering.candidates import Candidate
from handlers.answering.embed import Embedder
from handlers.answering.retrieve import Retrieved
from handlers.answering.signs import weight_of
from handlers.answering.stems import stems
from handlers.answering.usual import OF
from handlers.answering.wish import Wish, something
from handlers.answering.words import content_words, words
from handlers.errors import ModelFault

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

log = logging.getLogger(__name__)

# Share of the words that name an article, each weighed by its length, that must stand in its title
# or its site's name; more where nothing says that an article is meant; or in one of its passages.
# Set on the even questions of tests/questions/overview.json.
TITLED, SURELY, SAID = 0.5, 0.75, 0.75
# Times that words of the name must stand in that passage: one word once is by the way, if it is not
# in these first characters of the article.
OFTEN, OPENING = 2, 200
# By how much the cosine of a name to a title, without what any name has in it, must stand above
# the others', where that article's passage is the best found, too. Of 52 names in a language other
# than the article's 16 find theirs and 1 another, and 1 of 25 names of nothing finds one (by the
# evidence that a question needs 6, 2 and 4); of 52 and 25 kept aside 17, 2 and 3 (5, 2 and 5).
ABOVE = 0.06
# What a name comes to of titles of other things, where there are too few to tell: counts as three.
USUAL, WORTH = -0.01, 3


def by_title(wish: Wish, found: Retrieved) -> int | None:
    """Give the article whose title has most of the words; of equals the best, or the newest."""
    least = TITLED if wish.called else SURELY
    return _best(wish, found, least, lambda each: f"{each.passage.title} {each.site or ''}")


def by_text(wish: Wish, found: Retrieved) -> int | None:
    """Give the article with a passage, or the best one's passages, with nearly all of the words."""
    said = _best(wish, found, SAID, lambda each: f"{each.passage.title} {each.passage.text}")
    if said is None and found.candidates:
        best = found.candidates[0]
        own = [each for each in found.candidates if each.source == best.source]
        text = " ".join([best.passage.title, *(each.passage.text for each in own)])
        if _share(_named(wish, found.language), text, best.language) >= SAID:
            said = best.passage.article
    times = (_times(wish, each) for each in found.candidates if each.passage.article == said)
    return said if max(times, default=0) >= OFTEN else None


async def by_meaning(wish: Wish, found: Retrieved, embedder: Embedder | None) -> int | None:
    """Give the article whose title is nearest in meaning, if it stands out and says so, too.

    A name's vector says first in which language it is: what "something" has of it is taken off.
    """
    word = something(wish.language or found.language)
    titles = {each.passage.article: each.passage.title for each in found.candidates}
    if embedder is None or found.vector is None or not (word and titles):
        return None
    if not embedder.name.startswith(OF):  # of no other it is known how much standing out is
        return None
    try:
        name = found.vector - await embedder.question(word)
        rows = await embedder.passages(list(titles.values()))
    except ModelFault as fault:
        log.warning("the titles were not embedded: %s", fault)
        return None
    near = rows @ (name / (np.linalg.norm(name) or 1.0))
    at = int(near.argmax())
    usual = (near.sum() - near[at] + WORTH * USUAL) / (len(near) - 1 + WORTH)
    nearest, best = list(titles)[at], found.candidates[0].passage.article
    return nearest if nearest == best and near[at] - usual > ABOVE else None


def _best(
    wish: Wish, found: Retrieved, least: float, text: Callable[[Candidate], str]
) -> int | None:
    named = _named(wish, found.language)
    fit: dict[int, tuple[float, int]] = {}
    for place, each in enumerate(found.candidates):
        article = each.passage.article
        standing = (_share(named, text(each), each.language), article if wish.newest else -place)
        if standing[0] >= least:
            fit[article] = max(fit.get(article, standing), standing)
    return max(fit, key=lambda each: fit[each], default=None)


def _named(wish: Wish, language: str) -> list[str]:
    """Give the words that name the article; of which kind it is need not stand in it."""
    every = content_words(wish.about, wish.language or language)
    return [word for word in every if word != wish.kind] or every


def _times(wish: Wish, candidate: Candidate) -> int:
    """Count the words of the name in a passage, those that an article begins with twice."""
    language, passage = candidate.language, candidate.passage
    named = set(stems(_named(wish, language), language))
    begins = passage.text[: max(0, OPENING - passage.start)]
    return sum(stem in named for stem in stems(words(f"{begins} {passage.text}"), language))


def _share(named: Sequence[str], text: str, language: str) -> float:
    """Give the share of words, by weight, that a text has in any form."""
    held = set(stems(words(text), language))
    weights = [weight_of(word) for word in named]
    pairs = zip(weights, stems(list(named), language), strict=True)
    return sum(weight for weight, stem in pairs if stem in held) / (sum(weights) or 1.0)
