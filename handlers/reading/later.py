"""Makes a fetcher when the first page is wanted: what answers a question needs none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.reading.fetch import Fetcher, Page


class Later:
    """A `Fetcher` to be."""

    def __init__(self, make: Callable[[], Fetcher]) -> None:
        self._make = make
        self._made: Fetcher | None = None

    async def fetch(self, link: str, etag: str | None = None, modified: str | None = None) -> Page:
        """Fetch as the fetcher does."""
        if self._made is None:
            self._made = self._make()
        return await self._made.fetch(link, etag, modified)

    async def close(self) -> None:
        """Close the fetcher, if one was made."""
        if self._made is not None:
            await self._made.close()
