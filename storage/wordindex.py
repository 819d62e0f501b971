"""Finds a library's passages by words, with the engine that its size asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlite_utils import Database

from storage import changes, exact, finding
from storage.beside import Beside
from storage.records import Hit
from storage.spelling import Spelling, Vocabulary, alike, slips_in
from storage.words import alternatives

if TYPE_CHECKING:
    from storage.sealed import Sealed

# The engines differ in how they weigh and round; their best so many are scored exactly, which
# brings the top ten into exact BM25's order (research: 0.92 of the places without).
# FTS5 rounds nothing, and only very common terms weigh otherwise there: 30 are enough (on six sets
# they gave the same candidates to every question).
RESCORED, RESCORED_OF_FILE = 50, 30

LARGE = 20_000  # passages from which on words have an index of their own
AT_ONCE = 2_000  # passages that it takes in before a search; more are left to the background


class WordIndex:
    """The words of one library. What it keeps in memory follows the file."""

    def __init__(self, library: str, path: str, large: int = LARGE) -> None:
        self._library = library
        self._path = path
        self._large = large
        self._seen = -1
        self._among: str | None = library  # None where the file has no other
        self._languages: dict[str, int] = {}
        self._counts: dict[tuple[str, ...], int] = {}
        self._collection = exact.Collection(0, 0.0)
        self._spelling = Spelling()
        self._beside = Beside(library, path)

    def best(
        self, db: Database, words: Sequence[str], limit: int, also: Sequence[int] = ()
    ) -> list[Hit]:
        """Give the best passages by BM25 over any of the words, then the scores of `also`."""
        held = self._terms(db, words)
        terms = list(dict.fromkeys(term for each in held.values() for term in each))
        if not terms or not self._collection.passages:
            return []
        counts = {term: self._count(db, (term,)) for term in terms}
        found = self._found(db, terms, limit) if limit else []
        scores = exact.scored(db, [*dict.fromkeys([*found, *also])], counts, self._collection)
        met = [each for each in found if scores.get(each)]  # a phrase's parts may stand apart
        order = sorted(met, key=lambda each: (-scores[each], each))[:limit]
        first = set(order)
        others = [each for each in also if scores.get(each) and each not in first]
        return [Hit(each, scores[each]) for each in [*order, *others]]

    def erase(self) -> None:
        """Take away what is kept beside the file: it may hold words of what is forgotten."""
        self._beside.erase()

    def close(self) -> None:
        """Leave the index beside the file; whatever makes it is waited for."""
        self._beside.close()

    def _found(self, db: Database, terms: Sequence[str], limit: int) -> list[int]:
        sealed = self._sealed(db)
        found = sealed.best(terms, max(limit, RESCORED)) if sealed else None
        if found is not None:
            return found
        return finding.by_words(db, self._among, terms, max(limit, RESCORED_OF_FILE))

    def _sealed(self, db: Database) -> Sealed | None:
        if self._collection.passages < self._large:
            return None
        return self._beside.ready(db, self._collection.passages, AT_ONCE)

    def frequencies(self, db: Database, words: Sequence[str]) -> tuple[dict[str, int], int]:
        """Count the passages that hold each word, and all of them."""
        held = {word: self._count(db, terms) for word, terms in self._terms(db, words).items()}
        return {word: held.get(word, 0) for word in words}, self._collection.passages

    def spellings(self, db: Database, words: Sequence[str]) -> dict[str, list[str]]:
        """Give terms of the index that are written much like each word."""
        terms = self._terms(db, words)
        if sealed := self._sealed(db):
            return alike(terms, lambda term: self._near(db, sealed, term))
        return self._spelling.near(db, self._seen, terms)

    def _near(self, db: Database, sealed: Sealed, term: str) -> Vocabulary:
        """Give the terms of some passages that hold one like this."""
        ids = sealed.alike(term, slips_in(term))
        held = finding.terms_of(db, self._library, ids) if ids else ()
        return Vocabulary(list({word for _, words in held for word in words.split(" ")}))

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
            sealed = self._sealed(db) if len(terms) == 1 else None
            known = sealed.count(terms[0]) if sealed else None
            if known is None:
                known = finding.count(db, self._among, terms)
            self._counts[terms] = known
        return self._counts[terms]

    def _catch_up(self, db: Database) -> None:
        latest = changes.latest_of_words(db)
        if latest != self._seen:
            self._languages = finding.languages(db, self._library)
            self._collection = finding.collection(db, self._library)
            self._among = self._library if finding.several(db) else None
            self._counts.clear()
            self._seen = latest
