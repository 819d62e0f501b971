"""Whether two questions ask the same in other words of no weight, or in another order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from handlers.answering.stems import stems
from handlers.language import detect, function_words
from handlers.lexicon import load

_TABLES = load(Path(__file__).with_name("wording.toml"))
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Wording:
    """A question's words that weigh, as stems in order, and what must keep its place.

    `fixed` are the stems that have a capital or are numbers, in order; `links` the pairs of a
    preposition, or a word like it, and the stem behind it.
    """

    stems: tuple[str, ...]
    fixed: tuple[str, ...]
    links: frozenset[tuple[str, str]]


def asks_the_same(question: str, pinned: str) -> bool:
    """Say whether a question differs from another in nothing but case, marks, words such as "the"
    and the order of words.

    Names and numbers keep their order ("did A sue B" is not "did B sue A"), and each preposition
    the word behind it. Endings don't matter, words that ask, deny or compare do.
    """
    language = detect(pinned)
    one, other = (_wording(each, language) for each in (question, pinned))
    if not other.stems or Counter(one.stems) != Counter(other.stems):
        return False
    if language in _TABLES["empty_unspaced"]:
        return one.stems == other.stems
    fixed = {*one.fixed, *other.fixed}
    begin = {one.stems[0], other.stems[0]}  # "why" may stand before anything
    return _order(one.stems, fixed) == _order(other.stems, fixed) and not any(
        link not in begin for link, _ in one.links ^ other.links
    )


def _order(every: Sequence[str], fixed: set[str]) -> list[str]:
    return [each for each in every if each in fixed]


@lru_cache(maxsize=8192)
def _wording(question: str, language: str) -> _Wording:
    text = unicodedata.normalize("NFKC", question)
    if language in _TABLES["empty_unspaced"]:
        bare = _unspaced(language).sub("", "".join(_WORD.findall(text)).casefold())
        return _Wording((bare,) if bare else (), (), frozenset())
    written = _WORD.findall(text)
    kept = [word for word in written if word.casefold() not in _empty(language)]
    found = stems([word.casefold() for word in kept], language)
    fixed = [
        stem
        for place, (word, stem) in enumerate(zip(kept, found, strict=True))
        if word[0].isdigit() or any(map(str.isupper, word[1:])) or (word[0].isupper() and place)
    ]
    linking = [word.casefold() in function_words(language) for word in kept]
    links = {
        (stem, behind)
        for stem, behind, links in zip(found, found[1:], linking, strict=False)
        if links
    }
    return _Wording(tuple(found), tuple(fixed), frozenset(links))


@cache
def _empty(language: str) -> frozenset[str]:
    return frozenset(_TABLES["empty"].get(language, "").split())


@cache
def _unspaced(language: str) -> re.Pattern[str]:
    return re.compile("|".join(_TABLES["empty_unspaced"][language]))
