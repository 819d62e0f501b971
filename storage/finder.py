"""What finds passages, for work that asks several things of a library at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from storage.records import Found, Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]


class Finder(Protocol):
    """Answers at once, on the thread that owns the library; see `Store` for what each one gives."""

    def languages(self, library: str) -> dict[str, int]: ...

    def document_frequencies(
        self, library: str, words: Sequence[str]
    ) -> tuple[dict[str, int], int]: ...

    def spellings(self, library: str, words: Sequence[str]) -> dict[str, list[str]]: ...

    def by_words(
        self, library: str, words: Sequence[str], limit: int, also: Sequence[int] = ()
    ) -> list[Hit]: ...

    def by_meaning(
        self,
        library: str,
        embedder: str,
        vector: Vector,
        limit: int,
        *,
        off: Vector | None = None,
        also: Sequence[int] = (),
    ) -> list[Hit]: ...

    def found(self, library: str, ids: Sequence[int]) -> list[Found]:
        """The passages with these ids, in the order asked for, and of which articles they are."""
        ...
