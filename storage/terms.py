"""Takes text apart into the terms that the word index holds and is asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

import regex

from storage.forms import forms
from storage.stems import reduced

# Scripts without spaces between words: there pairs of characters are the terms; whole runs and
# trigrams find far less (research: nDCG@10 0.98 against 0.17).
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\uac00-\ud7af"  # kana, Hangul
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_GAPS = {code: " " for code in range(128) if not chr(code).isalnum()}  # of ASCII texts
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+")
_TOKEN = regex.compile(
    rf"(?P<run>[{_UNSPACED}][{_UNSPACED}\p{{M}}]*)|(?:(?![{_UNSPACED}])[\p{{L}}\p{{N}}\p{{M}}])+"
)
_HAN = regex.compile(r"[\u4e00-\u9fff]")
LONGEST = 64  # characters of a term; what is longer is no word


def terms(text: str, language: str) -> list[str]:
    """Give the terms of a text in its language, in order; other forms of numbers and dates last.

    A term is a word's stem without accents, or two neighbours of a script without spaces, Han
    characters in their simplified form. Every term consists of letters, digits and marks.
    """
    plain = normal(text)
    return [*_stemmed(plain, language, last=True), *forms(plain)]


def asked(word: str, languages: Collection[str]) -> tuple[str, ...]:
    """Give the terms that may stand for one word (or phrase) in texts of these languages.

    A phrase is one term with spaces in it: its parts follow one another in the text.
    """
    return _asked(word, tuple(languages) or ("",))


@lru_cache(maxsize=4096)
def _asked(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    plain = normal(word)
    if _IS_UNSPACED.search(plain):
        every = [_stemmed(plain, language, last=False) for language in languages]
    else:
        parts = _words(plain)
        every = [reduced(parts, language) for language in languages]
    found = [" ".join(each[:LONGEST]) for each in every]
    return tuple(dict.fromkeys(term for term in found if term))


def is_single_sign(term: str) -> bool:
    """Say whether a term is one sign of a script without spaces: it may stand inside any pair."""
    return len(term) == 1 and bool(_IS_UNSPACED.match(term))


def is_pair(term: str) -> bool:
    """Say whether a term is two signs of a script without spaces: no longer term can hold it."""
    return len(term) == 2 and all(map(_IS_UNSPACED.match, term))


def normal(text: str) -> str:
    """Give a text in the form that is compared: NFKC, lower case, simplified Han."""
    plain = unicodedata.normalize("NFKC", text.replace("\0", " ")).lower()
    return plain.translate(_simplified()) if _HAN.search(plain) else plain


def _stemmed(plain: str, language: str, *, last: bool) -> list[str]:
    if not _IS_UNSPACED.search(plain):
        return reduced(_words(plain), language)
    tokens = list(_tokens(plain, last=last))
    rest = iter(reduced([token for token, is_run in tokens if not is_run], language))
    return [token if is_run else next(rest) for token, is_run in tokens]


def _words(plain: str) -> list[str]:
    found = plain.translate(_GAPS).split() if plain.isascii() else _WORD.findall(plain)
    return (
        found
        if len(max(found, key=len, default="")) <= LONGEST
        else [each[:LONGEST] for each in found]
    )


def _tokens(plain: str, *, last: bool) -> Iterator[tuple[str, bool]]:
    """Yield words, and pairs of runs; a text keeps each run's last sign, for one-sign words."""
    for match in _TOKEN.finditer(plain):
        token = match.group()
        if match.group("run") is None:
            yield token[:LONGEST], False
            continue
        yield from ((token[at : at + 2], True) for at in range(len(token) - 1))
        if last or len(token) == 1:
            yield token[-1], True


@cache
def _simplified() -> dict[int, str]:
    """Map traditional to simplified Han characters, one by one (OpenCC's table)."""
    from opencc import OpenCC  # noqa: PLC0415 - 60 ms, and most libraries hold no Chinese

    every = [chr(code) for code in range(0x4E00, 0xA000)]
    mapped = OpenCC("t2s").convert("\n".join(every)).split("\n")
    return {
        ord(old): new
        for old, new in zip(every, mapped, strict=True)
        if old != new and len(new) == 1
    }
