"""A title that runs into the first sentence of its line, as pages without line ends have it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.language import function_words
from handlers.reading.lines import Line, Mark

_DATELINE = re.compile(r"[()]|^[-–—]+$")  # "HAMBURG (Agency) – …" opens a sentence, not a title


def length_of_title(line: Line, language: str) -> int:
    """Give the length of a title that runs into the first sentence of its line, or 0.

    The title is a row of capitalised words. The sentence begins where it takes the title's first
    word up again, or with a small word in capitals ("The"); or, where the row shows by a capital
    small word that it is a title's ("With"), with the last capital before the small letters.
    """
    if line.mark is not Mark.NONE:
        return 0
    words = [(match.start(), match.group()) for match in re.finditer(r"\S+", line.text)][:30]
    small = function_words(language)
    row = _capital_row([word for _, word in words], small)
    for at in range(3, row):
        word = words[at][1].strip(",:;“”\"'’s").lower()
        taken_up = word == words[0][1].strip(":,").lower()
        if (taken_up or word in small) and words[at - 1][1].lower() not in small:
            ahead = [each for _, each in words[at + 1 : at + 6]]
            if words[at][1][:1].isupper() and any(_is_small(each, small) for each in ahead):
                return words[at][0]
    titled = any(word[:1].isupper() and word.lower() in small for _, word in words[1:row])
    last = max((at for at in range(row) if words[at][1][:1].isupper()), default=0)
    return words[last][0] if titled and last >= 4 and row < len(words) else 0


def _capital_row(words: Sequence[str], small: frozenset[str]) -> int:
    """Count the words up to the first that is neither in capitals nor a small word."""
    for at, word in enumerate(words):
        if _DATELINE.search(word):
            return 0
        if word[:1].isalpha() and not word[:1].isupper() and word.lower() not in small:
            return at
    return len(words)


def _is_small(word: str, small: frozenset[str]) -> bool:
    return word[:1].islower() and word.lower() not in small
