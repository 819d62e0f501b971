"""How the words of a question are put to the full-text index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from storage.terms import asked, is_single_sign

MOST_WORDS = 200  # of one search


def alternatives(words: Sequence[str], languages: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Give, for each word that can be found at all, the terms that may stand for it."""
    found = {word: asked(word, languages) for word in dict.fromkeys(words[:MOST_WORDS])}
    return {word: terms for word, terms in found.items() if terms}


def match_any(terms: Iterable[str]) -> str:
    """Give the FTS5 query that finds any of some terms; a term of several words is a phrase."""
    return " OR ".join(f'"{term}" *' if is_single_sign(term) else f'"{term}"' for term in terms)
