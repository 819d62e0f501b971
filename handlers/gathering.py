"""From what a feed or a sitemap leads to, to stored articles: a page each, in one receipt."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlsplit

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.messages import Action, Failure, Kept, Progress, Reading, Receipt, Reply
from handlers.reading.outline import Entry, Leads, Outline
from handlers.reading.read import Reader
from storage.records import Status

MOST_PAGES = 50  # of one feed or sitemap at a time, the newest
MOST_MAPS = 20  # sitemaps of an index that are read
DEEPEST = 2  # sitemaps in sitemaps
LEAST_OWN = 300  # characters of an entry that are more than a teaser for its page
_LATER = frozenset({0, 429, 500, 502, 503, 504})  # of a site that may answer the next time
_TAG = re.compile(r"<[^<>]*>")


class Keeper(Protocol):
    """Where pages are read from and stored."""

    @property
    def reader(self) -> Reader:
        """What pages are read with."""
        ...

    async def keep(self, reading: Reading) -> Receipt:
        """Store what was read, and give the receipt."""
        ...


@dataclass(frozen=True, slots=True)
class Taken:
    """What an entry became; `own` says that its article is the feed's own text."""

    receipt: Receipt
    own: bool = False


async def gather(
    keeper: Keeper, source: str, outline: Outline, most: int = 0
) -> AsyncIterator[Reply]:
    """Store the newest of what a source leads to; yields how far it is, then the receipt.

    `most` is how many, `MOST_PAGES` by default. Raises `Refused` where none could be stored.
    """
    follows = (Action(phrases.SUBSCRIBE, "feed", source),) if outline.kind is Leads.FEED else ()
    if outline.kind is Leads.INDEX:
        yield Progress(phrases.READING_MAPS)
        outline = await opened(outline, keeper.reader)
    entries = outline.entries[: most or MOST_PAGES]
    results: list[Taken | Failure] = []
    for done, entry in enumerate(entries):
        yield Progress(phrases.READING_PAGES, done, len(entries))
        try:
            results.append(await take(keeper, entry, outline.title))
        except Refused as refused:
            results.append(Failure(str(refused), refused.code, entry.link or entry.title))
    _check(results)
    head = phrases.gathered(outline.title or source, len(entries), outline.total)
    yield whole(source, results, head, follows)


async def take(keeper: Keeper, entry: Entry, title: str, *, wait: bool = False) -> Taken:
    """Store the page of one entry, or the feed's own text of it where the page can't be had.

    `title` is the feed's. Raises `Refused`; with `wait` also where the page may come later.
    """
    refusal = Refused(Code.EMPTY, phrases.TOO_SHORT)
    if entry.link:
        try:
            reading = await keeper.reader.page(entry.link)
            return Taken(await keeper.keep(_known_by(entry.link, reading)))
        except Refused as fault:
            refusal = fault
    alone = not entry.link  # then its own text is all that there is, however short
    if refusal.code is Code.FORBIDDEN or (wait and may_come(refusal)):
        raise refusal
    if not (alone or is_whole(entry)):
        raise refusal
    reading = await keeper.reader.entry(entry)
    own = tuple(replace(each, site=phrases.feeds_text(title)) for each in reading.articles)
    return Taken(await keeper.keep(replace(reading, articles=own)), own=True)


def _known_by(link: str, reading: Reading) -> Reading:
    """Know a page by its link where it calls itself its site's first page.

    Some sites say so of every page, and each would be a new version of the one before.
    """
    if _is_first(link):
        return reading
    articles = (
        replace(each, url=link) if each.url and _is_first(each.url) else each
        for each in reading.articles
    )
    return replace(reading, articles=tuple(articles))


def _is_first(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def may_come(refusal: Refused) -> bool:
    """Say whether a page that was refused may be had at another time."""
    if refusal.code is Code.UNREACHABLE:
        return refusal.status in _LATER
    return refusal.code is Code.TIMEOUT


def is_whole(entry: Entry) -> bool:
    """Say whether a feed has more of an entry than a teaser."""
    return len(" ".join(_TAG.sub(" ", entry.text).split())) >= LEAST_OWN


def whole(
    source: str, results: Sequence[Taken | Failure], note: str, actions: tuple[Action, ...] = ()
) -> Receipt:
    """Make one receipt of many, which may hold no article; `note` goes before what it adds."""
    taken = [each for each in results if isinstance(each, Taken)]
    refused = [each for each in results if isinstance(each, Failure)]
    said = [note, *_of_refused(refused)]
    if own := sum(each.own for each in taken):
        said.insert(1, phrases.own_texts(own))
    receipts = [each.receipt for each in taken]
    return Receipt(
        source,
        min((each.status for each in receipts), key=_rank, default=Status.DUPLICATE),
        _articles(receipts),
        tuple(piece for each in receipts for piece in each.removed),
        (*_undo(receipts), *actions),
        " ".join(filter(None, said)),
    )


def _check(results: Sequence[Taken | Failure]) -> None:
    """Raise `Refused` where nothing was stored, with the first reason."""
    refused = [each for each in results if isinstance(each, Failure)]
    if not results:
        raise Refused(Code.EMPTY, phrases.EMPTY_FILE)
    if len(refused) == len(results):
        first = refused[0]
        raise Refused(Code(first.code), phrases.all_refused(len(refused), first.text))


def _rank(status: str) -> int:
    return Status(status).rank


def _articles(receipts: Sequence[Receipt]) -> tuple[Kept, ...]:
    """Give every article once, by the best that became of it."""
    found: dict[int, Kept] = {}
    for kept in (kept for each in receipts for kept in each.articles):
        before = found.get(kept.article.id)
        if before is None or _rank(kept.status) <= _rank(before.status):
            found[kept.article.id] = kept
    return tuple(found.values())


def _undo(receipts: Sequence[Receipt]) -> tuple[Action, ...]:
    made = [each for receipt in receipts for each in receipt.actions if each.command == "undo"]
    text = " ".join(each.text for each in reversed(made))  # of one article the newest version first
    return (replace(made[0], text=text),) if made else ()


def _of_refused(refused: Sequence[Failure]) -> list[str]:
    """Say how many were refused, and one of each reason."""
    by_reason: dict[str, list[str]] = {}
    for each in refused:
        by_reason.setdefault(each.text, []).append(each.source)
    return [phrases.refused_for(len(links), links[0], why) for why, links in by_reason.items()]


async def opened(index: Outline, reader: Reader) -> Outline:
    """Read the newest sitemaps of an index, and those that they name; give all their pages.

    One that is refused does not keep the others from being read.
    """
    left, maps, pages = MOST_MAPS, [index], dict[str, Entry]()
    total, refusal = 0, None
    for _ in range(DEEPEST):
        links = [each.link for found in maps for each in found.entries if each.link][:left]
        left -= len(links)
        found = []
        for link in links:
            try:
                found.append(await reader.outline(await reader.fetch(link)))
            except Refused as fault:
                refusal = fault
        maps = [each for each in found if each.kind is Leads.INDEX]
        for each in found:
            if each.kind is Leads.SITEMAP:
                pages |= {entry.key: entry for entry in each.entries}
                total += each.total
    if not pages and refusal:
        raise refusal
    newest = sorted(pages.values(), key=lambda each: -(each.updated or 0.0))
    return Outline(Leads.SITEMAP, index.title, tuple(newest), total)
