"""The port's part for the versions of an article: read again, changed, reverted, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from storage.records import Article, NewArticle, Removed, Saved, Validators


class VersionStore(Protocol):
    """Gives stored articles further versions. Each method is one unit of work."""

    async def also(self, library: str, article: int) -> list[int]:
        """The articles that tell the same as this one, those nearest to it first."""
        ...

    async def renew(
        self,
        library: str,
        article: int,
        new: NewArticle,
        removed: Sequence[Removed],
        *,
        after: int,
        by: str,
        page: Validators | None = None,
    ) -> Saved | None:
        """Store what an article's source says now, as a new version.

        `duplicate` where it says what it said when it was last read: then only `page` is kept.
        `None` where version `after` is not the newest (any more).
        """
        ...

    async def amend(
        self,
        library: str,
        article: int,
        new: NewArticle,
        removed: Sequence[Removed],
        *,
        after: int,
        by: str,
    ) -> Article | None:
        """Store a text that an admin changed, as a new version; what the source said stays known.

        `None` where version `after` is not the newest (any more).
        """
        ...

    async def revert(self, library: str, article: int, number: int, *, by: str) -> Article | None:
        """Make an older version the newest again, as a new one with what was cut from it.

        `None` where there is no such version, or it is the newest already.
        """
        ...

    async def undo_last(self, library: str, *, by: str) -> list[Article]:
        """Take back all that the last `save`, `renew`, `amend` or `revert` of a library stored.

        Gives its articles as they were, in order; called again, it goes on with what was before.
        """
        ...
