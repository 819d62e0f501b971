"""Whether a question is about somebody or something whose name the library does not hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from handlers.answering.candidates import Candidate
from handlers.answering.retrieve import Retrieved
from handlers.answering.words import names
from handlers.language import function_words

# Other words at most that a question has beside its names: with more of them it is about something
# else as well, which may be told without the name. On even questions (docs/decisions/0021) none was
# refused that has an answer, with 4 neither.
BESIDE = 3
LETTERS = range(2, 7)  # of an acronym
LATIN = "LATIN"
_CODE = re.compile(r"[a-z]|[a-z]+\d[a-z\d]*")
_WORD = re.compile(r"[^\W\d_]+")


def is_nowhere(found: Retrieved) -> bool:
    """Say whether all names of a question are nowhere, nor words spelt like them.

    Where what was found is in another language, or the question in another script than Latin, the
    name may be written differently there (Интернет2, Internet2), and nothing can be said: but of
    R, C or X200, which are the same everywhere.
    """
    words = [each for each in found.frequencies if not each[0].isdigit()]
    named = [each for each in names(found.question, found.language) if each in words]
    held = any(found.frequencies[each] or each in found.spelt for each in named)
    if not named or held or len(words) - len(named) > BESIDE:
        return False
    if all(_CODE.fullmatch(each) for each in named):
        return True
    latin = all(_script(each) == LATIN for each in _WORD.findall(found.question))
    return latin and _is_at_home(found) and not _is_spelt_otherwise(found, named)


def _is_at_home(found: Retrieved) -> bool:
    best = max(found.candidates, key=lambda each: each.meaning, default=None)
    return best is not None and {best.language, found.candidates[0].language} == {found.language}


def _script(word: str) -> str:
    return unicodedata.name(word[0], "").partition(" ")[0]


def _is_spelt_otherwise(found: Retrieved, named: Sequence[str]) -> bool:
    """Say whether what was found has an acronym for a name in full, or the name for an acronym."""
    texts = [_text(each) for each in found.candidates]
    asked = [each for each in _WORD.findall(found.question) if each.lower() in named]
    short = [each for each in asked if each.isupper() and len(each) in LETTERS]
    initials = "".join(each[0] for each in asked)
    whole = any(initial in _initials(text, found.language) for text in texts for initial in short)
    return whole or (
        len(asked) in LETTERS and any(initials in _WORD.findall(text) for text in texts)
    )


def _initials(text: str, language: str) -> str:
    """Give the first letters of words with a capital; a space for every other word of weight."""
    every = (each for each in _WORD.findall(text) if each.lower() not in function_words(language))
    return "".join(each[0] if each[0].isupper() else " " for each in every)


def _text(candidate: Candidate) -> str:
    passage = candidate.passage
    return f"{passage.title}\n{passage.heading}\n{passage.text}"
