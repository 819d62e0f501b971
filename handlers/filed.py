"""Knows a file again: the same bytes are not read twice, and changed ones are a new version."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.messages import Kept, Receipt, Upload
from storage.feeds import FileRead
from storage.records import Article, NewArticle, Status
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Files:
    """What a library knows of one file that was handed over."""

    store: Store
    library: str
    file: Upload

    async def known(self) -> Receipt | None:
        """Give the receipt of a file that was read, if its articles are still what it made."""
        read = await self.store.file(self.library, await self._digest())
        if read is None:
            return None
        held = {
            each.id: each
            for each in await self.store.some_articles(
                self.library, [number for number, _ in read.articles]
            )
        }
        if len(held) < len(set(read.articles)):  # one was erased a moment ago
            return None
        kept = tuple(Kept(held[number], Status.DUPLICATE) for number, _ in read.articles)
        first, version = read.articles[0]
        removed = await self.store.removed(self.library, first, version)
        if self.file.path and read.path != self.file.path:
            await self.store.note_file(self.library, replace(read, path=self.file.path))
        return Receipt(self.file.name, Status.DUPLICATE, kept, tuple(removed))

    async def before(self) -> list[Article]:
        """Give the articles that this file alone was made into before it changed.

        Those with an address are known by that.
        """
        read = await self.store.file_at(self.library, self.file.path) if self.file.path else None
        if read is None:
            return []
        numbers = [number for number, _ in read.articles]
        found = {each.id: each for each in await self.store.some_articles(self.library, numbers)}
        return [found[each] for each in numbers if each in found and found[each].url is None]

    async def note(self, receipt: Receipt) -> None:
        """Remember what it was made into."""
        made = tuple((each.article.id, each.article.version) for each in receipt.articles)
        read = FileRead(self.file.path, await self._digest(), made)
        await self.store.note_file(self.library, read)

    async def _digest(self) -> str:
        return await asyncio.to_thread(lambda: hashlib.sha256(self.file.data).hexdigest())


def renewed(articles: Sequence[NewArticle], before: Sequence[Article]) -> list[NewArticle]:
    """Say of which earlier articles these are new versions: the only one, or that of its title."""
    if len(articles) == len(before) == 1:
        return [replace(articles[0], replaces=before[0].id)]
    by_title = {each.title: each.id for each in reversed(before)}
    return [replace(each, replaces=by_title.pop(each.title, None)) for each in articles]
