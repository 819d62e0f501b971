"""The port: what the core asks of any storage engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from storage.asked import AskedStore, FollowStore
from storage.chats import ChatStore
from storage.feeds import FeedStore, FileStore
from storage.records import (
    Article,
    Hit,
    NewArticle,
    Passage,
    Removed,
    Saved,
    Stats,
    Validators,
    Version,
)
from storage.versions import VersionStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from storage.finder import Finder

    Vector = NDArray[np.float32]

T = TypeVar("T")


class StoreError(Exception):
    """The store could not be opened or used; the message is fit to show to its operator."""


class Store(ChatStore, AskedStore, FollowStore, FeedStore, FileStore, VersionStore, Protocol):
    """Keeps articles and finds passages. Each method is one unit of work: whole, or not at all.

    Libraries are named; nothing that one holds is seen from another. Every method may raise
    `StoreError`; unknown ids give `None` or are left out.
    """

    async def save(
        self,
        library: str,
        articles: Sequence[NewArticle],
        removed: Sequence[Removed],
        *,
        source: str,
        by: str,
        page: Validators | None = None,
    ) -> list[Saved]:
        """Store the articles of one source, in order, in one transaction.

        Same text in the library already: `duplicate`, nothing changes. Same URL with another
        text: `updated`, the old version stays. Each piece of `removed` is kept with the version
        of its article, or with the first new one. Articles that tell the same are linked.
        """
        ...

    async def forget(self, library: str, article: int, *, by: str) -> Article | None:
        """Erase an article with all that was stored of it; give what it was."""
        ...

    async def undo(self, library: str, article: int, version: int, *, by: str) -> Article | None:
        """Take back the newest version of an article, and the article with its only one.

        Gives the article as it was; `None` where that version is not the newest (any more).
        """
        ...

    async def articles(self, library: str, most: int = -1) -> list[Article]:
        """The articles of a library, newest first; all, or the newest `most`."""
        ...

    async def article(self, library: str, article: int) -> Article | None:
        """An article by its number; `None` where this library has none of it."""
        ...

    async def article_at(self, library: str, urls: Sequence[str]) -> Article | None:
        """The newest article that came from one of these addresses, if there is one."""
        ...

    async def some_articles(self, library: str, ids: Sequence[int]) -> list[Article]:
        """The articles with these ids, in any order."""
        ...

    async def version(self, library: str, article: int, number: int) -> Version | None:
        """One version's text and passages."""
        ...

    async def removed(self, library: str, article: int, number: int) -> list[Removed]:
        """What cleaning cut from the source that made this version."""
        ...

    async def passages(self, library: str, ids: Sequence[int]) -> list[Passage]:
        """The passages with these ids, in the order asked for."""
        ...

    async def find(self, work: Callable[[Finder], T]) -> T:
        """Run work that asks several things at once; it must be quick, and wait for nothing.

        What is asked one by one costs two changes of thread each time.
        """
        ...

    async def by_words(
        self, library: str, words: Sequence[str], limit: int, also: Sequence[int] = ()
    ) -> list[Hit]:
        """Best passages of newest versions by BM25 over any of the words, best first.

        A word of several parts is a phrase. Behind them come those of `also` that hold any word.
        """
        ...

    async def by_meaning(
        self,
        library: str,
        embedder: str,
        vector: Vector,
        limit: int,
        *,
        off: Vector | None = None,
        also: Sequence[int] = (),
    ) -> list[Hit]:
        """Best passages of newest versions by cosine to a unit vector, best first.

        `off` is taken off the vector for ranking, not for the cosine. In a library of several
        languages the score is freed of what a passage's language does to it. Behind the best
        come those of `also` that have a vector.
        """
        ...

    async def document_frequencies(
        self, library: str, words: Sequence[str]
    ) -> tuple[dict[str, int], int]:
        """How many of the library's passages hold each word, and how many passages there are."""
        ...

    async def spellings(self, library: str, words: Sequence[str]) -> dict[str, list[str]]:
        """Terms of the index that are written much like each of these words, nearest first."""
        ...

    async def languages(self, library: str) -> dict[str, int]:
        """How many passages of newest versions there are in each language."""
        ...

    async def unembedded(self, embedder: str, limit: int) -> list[tuple[int, str]]:
        """Passages of any library still without a vector of this embedder: id, text to embed."""
        ...

    async def embed(self, embedder: str, vectors: Sequence[tuple[int, Vector]]) -> None:
        """Keep unit vectors for passages; those that are gone by now are left out."""
        ...

    async def stats(self, library: str, embedder: str) -> Stats:
        """How much a library holds, and how much of it this embedder has vectors for."""
        ...

    async def libraries(self) -> list[str]:
        """The names of all libraries, in order."""
        ...

    async def audit(self, by: str, act: str, detail: str) -> None:
        """Note who did what, for the operator."""
        ...

    async def close(self) -> None:
        """Let go of the file; what was begun is done first."""
        ...
