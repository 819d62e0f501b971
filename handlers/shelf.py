"""Where what a request hands over is read from and stored, with a receipt for each source."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers import phrases
from handlers.embedding import Worker
from handlers.filed import Files, renewed
from handlers.messages import (
    Action,
    Kept,
    Origin,
    ReadArticle,
    Reading,
    Receipt,
    Request,
    Upload,
)
from handlers.reading.chunk import chunk
from handlers.reading.outline import Outline
from handlers.reading.read import Reader, addresses_in, link_in
from storage.records import Article, NewArticle, Removed, Saved, Status
from storage.store import Store

MOST_CUT = 3  # buttons that list what was cut


async def loaded(source: Upload | str) -> Upload | str:
    """Bring the bytes of a file that the platform still has; raises `Refused`."""
    if isinstance(source, Upload) and source.load is not None:
        return Upload(source.name, await source.load(), path=source.path)
    return source


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the sources of one request are read from and stored."""

    request: Request
    store: Store
    reader: Reader
    worker: Worker | None

    async def take(self, source: Upload | str) -> Receipt:
        """Read a source and store it; a file that is known is not read again."""
        if not isinstance(source, Upload):
            return await self.keep(await self.read(source))
        whole = await loaded(source)
        return await self._file(whole) if isinstance(whole, Upload) else await self.take(whole)

    async def _file(self, file: Upload) -> Receipt:
        files = Files(self.store, self.request.library, file)
        if known := await files.known():
            return known
        reading = await self.reader.read(file)
        receipt = await self.keep(reading, before=await files.before())
        await files.note(receipt)
        return receipt

    async def said(self, source: str, reading: Reading) -> Receipt:
        """Store what a text made; if its message was edited, as new versions of what it made."""
        message = self.request.message
        if not message or addresses_in(source):
            return await self.keep(reading)
        data = source.encode("utf-8", "replace")
        files = Files(self.store, self.request.library, Upload(reading.source, data, path=message))
        receipt = await self.keep(reading, before=await files.before())
        await files.note(receipt)
        return receipt

    async def look(self, source: str) -> Reading | Outline:
        """Read a text or a link; where that is a feed or a sitemap, give what it leads to."""
        return await (self.read(source) if self.request.origin else self.reader.look(source))

    async def read(self, source: Upload | str) -> Reading:
        """Read a source; a text that was forwarded keeps where it came from."""
        origin = self.request.origin
        if origin is None or isinstance(source, Upload):
            return await self.reader.read(await loaded(source))
        if link := link_in(source):
            return await self.reader.read(link)
        reading = await self.reader.read(source)
        return replace(reading, articles=tuple(_from(each, origin) for each in reading.articles))

    async def keep(self, reading: Reading, *, before: Sequence[Article] = ()) -> Receipt:
        """Store what was read, and say so; `before` are articles of an earlier state of it."""
        articles = await asyncio.to_thread(_passages_of, reading.articles)
        articles = renewed(articles, before)
        library, person = self.request.library, self.request.person
        saved = await self.store.save(
            library,
            articles,
            reading.removed,
            source=reading.source,
            by=person.id,
            page=reading.page,
        )
        if self.worker is not None:
            self.worker.poke()
        kept = [await _kept(self.store, library, each) for each in saved]
        articles_ = tuple(each for each in kept if each)
        status = min((each.status for each in saved), key=lambda each: each.rank)
        actions = (*undo_of(articles_), *_cut(articles_, reading.removed))
        note = self._note(reading)
        return Receipt(reading.source, status, articles_, reading.removed, actions, note)

    def _note(self, reading: Reading) -> str:
        """Say where what was read may not be the whole."""
        clipped = phrases.MAY_BE_CLIPPED if self.request.clipped else ""
        return phrases.MAY_BE_A_PART if reading.walled else clipped


def _from(article: ReadArticle, origin: Origin) -> ReadArticle:
    return replace(
        article,
        author=article.author or origin.author,
        site=article.site or origin.site,
        url=article.url or origin.url,
        published=article.published or origin.published,
    )


def undo_of(kept: Sequence[Kept]) -> tuple[Action, ...]:
    """Give the button that takes back what was stored, where something was."""
    made = [each.article for each in kept if each.status != Status.DUPLICATE]
    versions = " ".join(f"{each.id}/{each.version}" for each in made)
    return (Action(phrases.UNDO, "undo", versions),) if made else ()


def _cut(kept: Sequence[Kept], removed: Sequence[Removed]) -> tuple[Action, ...]:
    """Give the buttons that list what was cut, one an article that something was cut from."""
    made = [each.article for each in kept if each.status != Status.DUPLICATE]
    if not made or not removed:
        return ()
    cut_from = {each.article or 0 for each in removed}
    those = [each.article for at, each in enumerate(kept) if at in cut_from]
    shown = [each for each in made if each in those][:MOST_CUT] or made[:1]
    return tuple(
        Action(phrases.what_was_cut(each.id), "removed", f"{each.id} {each.version}", beside=True)
        for each in shown
    )


def _passages_of(articles: Sequence[ReadArticle]) -> list[NewArticle]:
    return [with_passages(each) for each in articles]


def with_passages(read: ReadArticle) -> NewArticle:
    """Make what reading found ready to be stored: cut into passages."""
    return NewArticle(
        title=read.title,
        text=read.text,
        language=read.language,
        spans=chunk(read.text, read.language),
        author=read.author,
        site=read.site,
        url=read.url,
        published=read.published,
    )


async def _kept(store: Store, library: str, saved: Saved) -> Kept | None:
    article: Article | None = await store.article(library, saved.article)
    if article is None:
        return None
    others = {each.id: each for each in await store.some_articles(library, saved.also)}
    also = tuple(others[each] for each in saved.also if each in others)
    return Kept(article, saved.status, also)
