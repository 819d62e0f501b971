"""Finds a library's passages by words, with the engine that its size asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from storage import changes, exact, finding
from storage.records import Hit
from storage.spelling import Spelling
from storage.words import alternatives

# The engines differ in how they weigh and round; their best so many are scored exactly, which
# brings the top ten into exact BM25's order (research: 0.92 of the places without).
RESCORED = 50


class WordIndex:
    """The words of one library. What it keeps in memory follows the file."""

    def __init__(self, library: str, path: str) -> None:
        self._library = library
        self._path = path
        self._seen = -1
        self._languages: dict[str, int] = {}
        self._counts: dict[tuple[str, ...], int] = {}
        self._collection = exact.Collection(0, 0.0)
        self._spelling = Spelling()

    def best(
        self, db: Database, words: Sequence[str], limit: int, also: Sequence[int] = ()
    ) -> list[Hit]:
        """Give the best passages by BM25 over any of the words, then the scores of `also`."""
        terms = list(
            dict.fromkeys(term for held in self._terms(db, words).values() for term in held)
        )
        if not terms or not self._collection.passages:
            return []
        counts = {term: self._count(db, (term,)) for term in terms}
        found = finding.by_words(db, self._library, terms, max(limit, RESCORED)) if limit else []
        scores = exact.scored(db, [*dict.fromkeys([*found, *also])], counts, self._collection)
        order = sorted(found, key=lambda each: (-scores.get(each, 0.0), each))[:limit]
        others = [each for each in also if scores.get(each) and each not in set(order)]
        return [Hit(each, scores.get(each, 0.0)) for each in [*order, *others]]

    def frequencies(self, db: Database, words: Sequence[str]) -> tuple[dict[str, int], int]:
        """Count the passages that hold each word, and all of them."""
        held = {word: self._count(db, terms) for word, terms in self._terms(db, words).items()}
        return {word: held.get(word, 0) for word in words}, self._collection.passages

    def spellings(self, db: Database, words: Sequence[str]) -> dict[str, list[str]]:
        """Give terms of the index that are written much like each word."""
        terms = self._terms(db, words)
        return self._spelling.near(db, self._seen, terms)

    def languages(self, db: Database) -> dict[str, int]:
        """Count the passages by language."""
        self._catch_up(db)
        return self._languages

    def _terms(self, db: Database, words: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        return alternatives(words, self.languages(db))

    def _count(self, db: Database, terms: tuple[str, ...]) -> int:
        if not self._collection.passages:
            return 0
        if terms not in self._counts:
            self._counts[terms] = finding.count(db, self._library, terms)
        return self._counts[terms]

    def _catch_up(self, db: Database) -> None:
        latest = changes.latest(db)
        if latest != self._seen:
            self._languages = finding.languages(db, self._library)
            self._collection = finding.collection(db, self._library)
            self._counts.clear()
            self._seen = latest
