"""The words of a large library in an index beside its file, made from it and always replaceable.

tantivy's block-max WAND needs 1.5 ms for a question to a million passages, where FTS5, which reads
every posting, needs 60. SQLite stays the only store: the index is caught up with the file before
each search, and thrown away and made anew where it can't be.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy
from sqlite_utils import Database

from storage import changes, finding
from storage.spelling import INSIDE
from storage.terms import is_single_sign

SOME = 5  # passages in which near spellings of a word are looked for
MEMORY = 60_000_000  # bytes of the writer's buffer
_WORDS, _ID = "words", "passage"
_SEEN = "seen.json"


class Busy(Exception):
    """Another process is writing to the index."""


class Sealed:
    """One library's index, in a folder or (without one) in memory. Raises `Busy`, `ValueError`."""

    def __init__(self, library: str, folder: Path | None) -> None:
        self._library = library
        self._folder = folder
        self._index = self._opened()
        self.seen = self._noted()

    def catch_up(self, db: Database, most: int) -> bool:
        """Take in what changed in the file; False where that is more than `most` passages."""
        latest = changes.latest_of_words(db)
        if self.seen == latest:
            return True
        if self._folder is not None and self._noted() != self.seen:  # another one went on with it
            self.seen = self._noted()
            self._index.reload()
        changed = None
        if 0 <= self.seen <= latest:
            changed = changes.since(db, self._library, self.seen, vectors=False)
        if changed is None or len(changed) > most:
            return False
        if changed:
            self._write(finding.terms_of(db, self._library, changed), changed)
        self._note(latest)
        return True

    def build(self, db: Database) -> None:
        """Make the whole index anew."""
        latest = changes.latest_of_words(db)
        self._write(finding.terms_of(db, self._library), None)
        self._note(latest)

    def best(self, terms: Sequence[str], limit: int) -> list[int] | None:
        """Give the best passages by BM25 over any of the terms; None for what it can't look for."""
        if any(is_single_sign(term) for term in terms):
            return None
        queries = [(tantivy.Occur.Should, self._query(term)) for term in terms]
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.boolean_query(queries), limit, count=False)
        addresses = [address for _, address in found.hits]
        return [
            int(each) for each in searcher.fast_field_values(_ID, addresses) if each is not None
        ]

    def count(self, term: str) -> int | None:
        """Count the passages that hold a term; None for a phrase or a sign inside of terms."""
        if " " in term or is_single_sign(term):
            return None
        return int(self._index.searcher().doc_freq(_WORDS, term))

    def alike(self, term: str, slips: int) -> list[int]:
        """Give some passages that hold a term with so many letters wrong, longer, or shorter."""
        schema, searcher = self._index.schema, self._index.searcher()
        queries = [tantivy.Query.fuzzy_term_query(schema, _WORDS, term, slips)]
        if term.isalnum():
            queries.append(tantivy.Query.regex_query(schema, _WORDS, f"{term}.+"))
        shorter = [term[:length] for length in range(INSIDE, len(term))]
        queries += [tantivy.Query.term_query(schema, _WORDS, part, "freq") for part in shorter]
        searched = [searcher.search(query, SOME, count=False).hits for query in queries]
        addresses = [address for hits in searched for _, address in hits]
        held = searcher.fast_field_values(_ID, addresses)
        return list({int(each) for each in held if each is not None})

    def _query(self, term: str) -> tantivy.Query:
        """Look for a term; for a phrase, for all its parts: the exact scores know their order."""
        schema = self._index.schema
        parts = [tantivy.Query.term_query(schema, _WORDS, part, "freq") for part in term.split()]
        if len(parts) == 1:
            return parts[0]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])

    def _write(self, rows: Iterable[tuple[int, str]], changed: Sequence[int] | None) -> None:
        try:
            writer = self._index.writer(MEMORY, 1)
        except ValueError as fault:
            raise Busy(str(fault)) from fault
        if changed is None:
            writer.delete_all_documents()
        for passage in changed or ():
            writer.delete_documents_by_term(_ID, passage)
        for passage, words in rows:
            document = tantivy.Document()
            document.add_unsigned(_ID, passage)
            document.add_text(_WORDS, words)
            writer.add_document(document)
        writer.commit()
        if changed is None:  # a million passages in unmerged parts take twice as long to search
            writer.wait_merging_threads()
        del writer
        self._index.reload()

    def _opened(self) -> tantivy.Index:
        schema = (
            tantivy.SchemaBuilder()
            .add_unsigned_field(_ID, indexed=True, fast=True)
            .add_text_field(_WORDS, tokenizer_name="whitespace", index_option="freq")
            .build()
        )
        if self._folder is None:
            return tantivy.Index(schema)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            return tantivy.Index(schema, path=str(self._folder))
        except ValueError:  # of another version, or damaged
            shutil.rmtree(self._folder)
            self._folder.mkdir(parents=True, mode=0o700)
            return tantivy.Index(schema, path=str(self._folder))

    def _noted(self) -> int:
        try:
            assert self._folder is not None  # noqa: S101 - caught below with what may be missing
            return int(json.loads((self._folder / _SEEN).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, AssertionError):
            return -1

    def _note(self, seen: int) -> None:
        """Note how far the index has come; after the commit, so that it never claims too much."""
        self.seen = seen
        if self._folder is not None:
            (self._folder / _SEEN).write_text(json.dumps(seen), encoding="utf-8")
