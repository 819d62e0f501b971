"""follow: a person waits for an article that answers a question, or does so no more."""

from __future__ import annotations

from collections.abc import AsyncIterator

from handlers import phrases
from handlers.errors import NotAllowed, NotFound
from handlers.following import Follower
from handlers.messages import Action, Notice, Reply, Request
from handlers.numbers import numbers
from storage.asked import Follow
from storage.store import Store

MOST = 20  # answers that a person may wait for; each is looked for whenever an article comes


def follows(question: int) -> tuple[Action, ...]:
    """Give the button under an honest no, by the number of its question."""
    return (Action(phrases.TELL_ME, "follow", str(question), beside=True),)


async def follow(
    request: Request, *, store: Store, follower: Follower | None
) -> AsyncIterator[Reply]:
    """Let the person wait for an answer here; pressed again, no more. The text is `QUESTION`."""
    (number,) = numbers(request, most=1)
    asked = await store.question(request.library, number)
    if asked is None or not asked.alone.strip():
        raise NotFound(phrases.NO_SUCH_ANSWER)
    place, person = request.place, request.person
    if await store.unfollow(request.library, person.id, place.id, asked.alone):
        yield Notice(phrases.NOT_FOLLOWING, aside=True)
        return
    if await store.following(person.id) >= MOST:
        raise NotAllowed(phrases.FOLLOWING_MANY)
    waits = Follow(
        library=request.library,
        question=asked.text,
        alone=asked.alone,
        person=person.id,
        name=person.name,
        place=place.id,
        spot=place.spot,
        private=place.private,
    )
    await store.follow(waits)
    if follower is not None:
        follower.poke()
    yield Notice(phrases.FOLLOWING, aside=True)
