"""The words of a question or a sentence that say what it is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import regex

from handlers.language import function_words

# Scripts that put no spaces between words: there a pair of characters is the unit of search.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
)
# A mark belongs to the letter before it: without those of Hindi or of pointed Arabic a word falls
# into pieces that mean nothing.
_RUNS = regex.compile(
    rf"[{_UNSPACED}][{_UNSPACED}\p{{M}}]*|(?:(?![{_UNSPACED}])[\p{{L}}\p{{N}}\p{{M}}])+"
)
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
MOST = 60  # words of a question that are searched for; the rest of a novel adds nothing


def content_words(text: str, language: str) -> list[str]:
    """Give the words that carry meaning, lower case, in order, each once.

    Function words of `language` are dropped unless nothing else is left. Chinese, Japanese,
    Korean and Thai runs come as pairs of characters.
    """
    every = list(dict.fromkeys(words(text)))
    drop = function_words(language)
    return ([word for word in every if word not in drop] or every)[:MOST]


def names(question: str, language: str) -> list[str]:
    """Give the words of a question that look like names or numbers: they must be met as such.

    A number is one; so is a capitalised word that is no function word, the first word of the
    question included only where it has a capital or a digit inside.
    """
    found = []
    drop = function_words(language)
    for place, match in enumerate(_RUNS.finditer(unicodedata.normalize("NFKC", question))):
        word = match.group()
        inner = any(char.isupper() or char.isdigit() for char in word[1:])
        capital = word[0].isupper() and place > 0
        if (inner or capital or word[0].isdigit()) and word.lower() not in drop:
            found.append(word.lower())
    return found


def words(text: str) -> list[str]:
    """Give all words, lower case and NFKC-normalised; pairs of characters where none are spaced."""
    return list(_words(text))


def is_unspaced(word: str) -> bool:
    """Say whether a word is of a script that puts no spaces: then it is a pair of characters."""
    return bool(_IS_UNSPACED.match(word))


def _words(text: str) -> Iterator[str]:
    for match in _RUNS.finditer(unicodedata.normalize("NFKC", text).lower()):
        run = match.group()
        if is_unspaced(run) and len(run) > 1:
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run
