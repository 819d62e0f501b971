"""Evidence: a passage that retrieval found, with what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from storage.records import Passage


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may hold the answer, best of its article or not.

    `score` is fused, 0 to 1; `words` is the raw BM25 score; `meaning` is a cosine. The last two
    are 0 where that half did not find the passage.
    """

    passage: Passage
    url: str | None
    site: str | None
    published: str | None
    language: str
    score: float
    words: float
    meaning: float

    @property
    def source(self) -> tuple[int, int]:
        """The article and the number of its version."""
        return self.passage.article, self.passage.version

    def of(self, passage: Passage) -> Candidate:
        """Give another passage of the same version with the same standing."""
        return replace(self, passage=passage)
