"""Whether two sentences disagree about a "not"."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from handlers.answering.stems import stems
from handlers.answering.words import content_words
from handlers.lexicon import load, pattern

_NEGATIONS = load(Path(__file__).with_name("facts.toml"))["negations"]
_CLAUSE = re.compile(r"[,;:.!?()\u2013\u2014，。；：、]")
_NOT_ONLY = re.compile(r"\s*(?:only|just|merely|nur|bloß|solo|sólo|seulement|solamente|soltanto)\b")
_NEAR, _FAR = 25, 90  # characters of a clause that a "not" surely, and at most, reaches
_VERB_FIRST = frozenset({"de", "nl", "da", "no", "sv", "ja", "ko", "tr", "hi"})  # "not" may follow


def contradicts(sentence: str, quote: str, language: str, quote_language: str) -> bool:
    """Say whether one denies what the other states; unknown languages never contradict.

    A sentence with a "not" needs one in its quote. In one language, too, what the quote denies
    the sentence may not state: the words that a "not" reaches are compared.
    """
    if language not in _NEGATIONS or quote_language not in _NEGATIONS:
        return False
    negated, source_negated = (
        bool(_places(text, each)) for text, each in ((sentence, language), (quote, quote_language))
    )
    if negated and not source_negated:
        return True
    if language != quote_language or not source_negated:
        return False
    shared = _stems(sentence, language) & _stems(quote, language)
    said, stood = (_reached(text, language, _NEAR) for text in (sentence, quote))
    may_say, may_stand = (_reached(text, language, _FAR) for text in (sentence, quote))
    return bool(((said - may_stand) | (stood - may_say)) & shared)


def denied(text: str, language: str) -> frozenset[str]:
    """Give the stems of the words that a "not" of a text surely reaches; none where unknown."""
    return frozenset(_reached(text, language, _NEAR)) if language in _NEGATIONS else frozenset()


def _places(text: str, language: str) -> list[tuple[int, int]]:
    """Give where each "not" stands; "not only" is none."""
    matches = _negation(language).finditer(text)
    return [match.span() for match in matches if not _NOT_ONLY.match(text, match.end())]


def _reached(text: str, language: str, reach: int) -> set[str]:
    """Give the stems that the "nots" of a text reach within their clauses."""
    found: set[str] = set()
    for start, end in _places(text, language):
        found |= _stems(_CLAUSE.split(text[end : end + reach])[0], language)
        if reach == _FAR or language in _VERB_FIRST:
            found |= _stems(_CLAUSE.split(text[max(0, start - reach) : start])[-1], language)
    return found


def _stems(text: str, language: str) -> set[str]:
    return set(stems(content_words(text, language), language))


@cache
def _negation(language: str) -> re.Pattern[str]:
    return pattern({language: _NEGATIONS[language]})
