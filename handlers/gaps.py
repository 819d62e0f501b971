"""/gaps: what people asked in vain, the same question once, and what was answered badly."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from handlers import phrases
from handlers.answering.alike import Alike
from handlers.messages import Gap, Gaps, Progress, Reply, Request
from handlers.numbers import numbers
from handlers.paging import page_of, turns
from storage.records import Question
from storage.store import Store

NEWEST = 300  # questions that are looked at
PAGE = 8  # gaps of a page
WORDINGS = 3  # other ways in which it was asked, as shown


async def gaps(request: Request, *, store: Store, alike: Alike) -> AsyncIterator[Reply]:
    """List questions without an answer, with how many asked; in a paged place a page of them.

    Behind them stand the answers that were voted down last, with the reasons.
    """
    page = (numbers(request, least=0, most=1) or [1])[0]
    yield Progress(phrases.SORTING)
    asked = await store.gaps(request.library, NEWEST)
    groups = await alike.clusters([each.alone for each in asked])
    every = [_gap([asked[at] for at in group]) for group in groups]
    disliked = await store.disliked(request.library, PAGE)
    if not request.place.paged:
        yield Gaps(tuple(every), disliked=tuple(disliked))
        return
    shown, page, pages = page_of(every, page, PAGE)
    below = disliked if page == pages else []
    yield Gaps(tuple(shown), page, pages, turns("gaps", page, pages), tuple(below))


def _gap(asked: Sequence[Question]) -> Gap:
    """Make one of questions that ask the same, the newest first."""
    newest, *_ = asked
    wordings = list(dict.fromkeys(each.alone for each in asked))
    return Gap(
        question=newest.alone,
        asked=newest.asked,
        askers=len({each.person for each in asked}),
        times=len(asked),
        wordings=tuple(wordings[1 : WORDINGS + 1]),
    )
