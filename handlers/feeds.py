"""/feed subscribes a library to a feed, or changes one; /feeds lists them."""

from __future__ import annotations

from collections.abc import AsyncIterator

from handlers import phrases
from handlers.closing import closing
from handlers.errors import BadUsage, Code, NotAllowed, NotFound, Refused
from handlers.gathering import whole
from handlers.markdown import escape, one_line
from handlers.messages import Action, Feeds, Progress, Reply, Request
from handlers.numbers import is_number, numbers
from handlers.paging import page_of, turns
from handlers.polling import Poller
from handlers.reading.outline import Leads
from handlers.reading.read import Reader, address_in
from handlers.times import minute
from handlers.visits import Polled, Read
from storage.feeds import Feed, FeedState
from storage.store import Store

MOST = 100  # feeds of a library
PAGE = 4  # feeds of a page; each has four buttons
PAUSE, RESUME, POLL, REMOVE, ADD = "pause", "resume", "poll", "remove", "add"
TELL, HUSH = "tell", "hush"
ACTS = frozenset({PAUSE, RESUME, POLL, REMOVE, TELL, HUSH})


async def feeds(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """List what the library is fed from; in a paged place the text may name a page."""
    page = (numbers(request, least=0, most=1) or [1])[0]
    yield await _listed(request, store, page)


async def feed(
    request: Request, *, store: Store, reader: Reader, poller: Poller
) -> AsyncIterator[Reply]:
    """Subscribe to a feed, or change one.

    The text is a link, or one of `ACTS` with a feed's number or address.
    """
    act, _, rest = request.text.strip().partition(" ")
    act, rest = act.lower(), rest.strip()
    if act not in ACTS:
        address = address_in(rest if act == ADD else request.text)
        if address is None:
            raise BadUsage(phrases.WHICH_FEED)
        pictures = _subscribed(request, address, store, reader, poller)
    else:
        known = await _known(request, rest, store)
        if act == POLL:
            pictures = _polled(known, poller, None)
        else:
            yield await _changed(request, known, act, store, poller)
            return
    async with closing(pictures) as replies:
        async for picture in replies:
            yield picture


async def _subscribed(
    request: Request, address: str, store: Store, reader: Reader, poller: Poller
) -> AsyncIterator[Reply]:
    """Find the feed behind a link, keep it, and store its newest entries."""
    if len(await store.feeds(request.library)) >= MOST:
        raise NotAllowed(phrases.MANY_FEEDS)
    yield Progress(phrases.READING_FEED)
    url, read = await _found(address, reader)
    title = read.outline.title if read.outline else ""
    person, place = request.person, request.place
    number = await store.subscribe(
        Feed(
            request.library, url, title or url, person.id, place.id, place.spot, place.private,
            due=poller.later(),
        )
    )  # fmt: skip
    kept = await store.feed(request.library, number)
    if kept is None:
        raise NotFound(phrases.no_such_feed(str(number)))
    async with closing(_polled(kept, poller, read)) as replies:
        async for picture in replies:
            yield picture


async def _found(address: str, reader: Reader) -> tuple[str, Read]:
    """Give the feed behind a link, or the first that the page there names; raises `Refused`."""
    page = await reader.fetch(address)
    try:
        outline = await reader.outline(page)
    except Refused as refused:
        if refused.code is Code.UNSUPPORTED and (maps := await reader.maps(page.url)):
            raise Refused(Code.UNSUPPORTED, phrases.only_a_map(maps.entries[0].key)) from refused
        raise
    if outline.kind is Leads.PAGE:
        address = outline.feeds[0]
        page = await reader.fetch(address)
        outline = await reader.outline(page)
    if outline.kind is not Leads.FEED:
        is_map = outline.kind is not Leads.PAGE
        raise Refused(Code.UNSUPPORTED, phrases.A_MAP if is_map else phrases.NO_FEED)
    return page.moved or address, Read(page, outline)


async def _polled(known: Feed, poller: Poller, read: Read | None) -> AsyncIterator[Reply]:
    async with closing(poller.poll(known, read)) as steps:
        async for step in steps:
            if isinstance(step, Polled):
                yield _receipt(step, is_new=read is not None)
            else:
                yield step


def _receipt(polled: Polled, *, is_new: bool) -> Reply:
    kept = polled.feed
    when = minute(kept.due)
    if is_new:
        note = phrases.subscribed(kept.title, when)
    else:
        note = phrases.polled(kept.title, kept.fresh, when)
    remove = Action(phrases.feed_button(phrases.REMOVE, kept.id), "feed", f"{REMOVE} {kept.id}")
    return whole(kept.url, polled.results, note, (remove,))


async def _changed(request: Request, known: Feed, act: str, store: Store, poller: Poller) -> Feeds:
    """Do what is done with a feed at once, and list what is there then."""
    library, by = request.library, request.person.id
    if act == REMOVE:
        await store.unsubscribe(library, known.id, by=by)
        said = phrases.unsubscribed
    elif act in (TELL, HUSH):
        await store.tell_of(library, known.id, loud=act == TELL, by=by)
        said = phrases.told_of if act == TELL else phrases.hushed
    else:
        await store.pause(library, known.id, paused=act == PAUSE, by=by)
        said = phrases.paused if act == PAUSE else phrases.resumed
    poller.poke()
    return await _listed(request, store, 1, said(escape(one_line(known.title))))


async def _known(request: Request, named: str, store: Store) -> Feed:
    """Give a feed by its number or its address."""
    number = named.removeprefix("#")
    if is_number(number) and (held := await store.feed(request.library, int(number))):
        return held
    for each in await store.feeds(request.library):
        if each.url == named:
            return each
    if not named:
        raise BadUsage(phrases.WHICH_FEED)
    raise NotFound(phrases.no_such_feed(one_line(named, 80)))


async def _listed(request: Request, store: Store, page: int, head: str = "") -> Feeds:
    every = await store.feeds(request.library)
    if not request.place.paged:
        return Feeds(tuple(every), head=head)
    shown, page, pages = page_of(every, page, PAGE)
    buttons = [button for each in shown for button in _buttons(each)]
    return Feeds(tuple(shown), page, pages, (*buttons, *turns("feeds", page, pages)), head)


def _buttons(each: Feed) -> tuple[Action, ...]:
    if each.state is FeedState.ACTIVE:
        tell = (phrases.HUSH, HUSH) if each.loud else (phrases.TELL, TELL)
        acts = [(phrases.PAUSE, PAUSE), (phrases.POLL_NOW, POLL), tell]
    else:
        acts = [(phrases.RESUME, RESUME)]
    return tuple(
        Action(phrases.feed_button(label, each.id), "feed", f"{act} {each.id}", beside=act == POLL)
        for label, act in (*acts, (phrases.REMOVE, REMOVE))
    )
