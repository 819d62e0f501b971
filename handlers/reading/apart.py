"""Tells stories of a letter from the sections of one text: by the words that they share.

Sections of one story take each other's words up, stories do not. Of 390 rows of three sections of
90 words out of the even pages with a known text 2.6 % shared less than `SHARED` of their longer
words, of 250 rows of sections of different stories 95.6 %; of the odd pages, on which nothing was
chosen, 4.8 % and 94.4 % (docs/decisions/0019).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from handlers.language import detect, function_words
from handlers.reading.headings import looks_like_heading
from handlers.reading.lines import Line, Mark

SHARED = 0.06  # of the longer words of the shorter of two neighbours, in the mean
MOST_SHARED = 0.12  # and of any two
STORIES = 3  # with fewer, chance decides
TITLED = 3  # words of a title
PROSE = 12  # words of what stands under it
LEAST = 30  # words of a story
STEM = 6  # letters that tell a word, whatever its ending
_WORD = re.compile(r"[^\W\d_]{4,}")
_UNSPACED = frozenset(["zh", "ja", "ko", "th"])


def stories_apart(lines: Sequence[Line], kept: Sequence[int]) -> list[int]:
    """Give the places of titles that each begin a story of its own; none where they may be one.

    The kept lines must begin with a title, and nothing but titles part them.
    """
    titles = [at for order, at in enumerate(kept) if _is_over_prose(lines, kept, order)]
    if len(titles) < STORIES or titles[0] != kept[0]:
        return []
    ends = [*(kept.index(at) for at in titles[1:]), len(kept)]
    starts = (kept.index(at) for at in titles)
    stories = [[lines[at] for at in kept[a:b]] for a, b in zip(starts, ends, strict=True)]
    if any(sum(line.words for line in story) < LEAST for story in stories):
        return []
    texts = ["\n".join(line.text for line in story) for story in stories]
    language = detect("\n".join(texts))
    if language in _UNSPACED:
        return []
    small = function_words(language)
    shares = [_share(_words(a, small), _words(b, small)) for a, b in pairwise(texts)]
    alike = sum(shares) / len(shares) >= SHARED or max(shares) >= MOST_SHARED
    return [] if alike else titles


def _is_over_prose(lines: Sequence[Line], kept: Sequence[int], order: int) -> bool:
    line = lines[kept[order]]
    if order + 1 == len(kept) or line.words < TITLED or not line.gap:
        return False
    below = lines[kept[order + 1]]
    titled = line.mark is Mark.HEADING or looks_like_heading(line)
    return titled and below.words >= PROSE and below.is_sentence


def _words(text: str, small: frozenset[str]) -> set[str]:
    words = (word.casefold() for word in _WORD.findall(text))
    return {word[:STEM] for word in words if word not in small}


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
