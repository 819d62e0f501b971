"""Finds lines that say again what was said before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from handlers.phrases import Cut
from handlers.reading.headings import kept_places
from handlers.reading.heads import bare, is_title
from handlers.reading.leftovers import Found
from handlers.reading.lines import Line

NEAR = 4  # lines in which a twin is one
TWIN = 4  # words that a twin has that stands not at once behind the other
LONG = 12  # words: so long a sentence is said twice by mistake only
HEAD = 12  # lines that a table of contents stands in,
LONG_HEAD = 40  # and one whose entries have numbers
_ORDINAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+(?=\S)")


def repeats(lines: Sequence[Line], found: Found) -> Found:
    """Give the lines that repeat one before: a twin near by, or a long line anywhere.

    What comes three times is a refrain or a question put to several people, and stays. A table
    of contents at the beginning goes rather than the titles that it lists.
    """
    kept = kept_places(lines, found)
    cut = _contents(lines, kept)
    times = Counter(bare(lines[at].text) for at in kept)
    seen: dict[str, int] = {}
    for order, at in enumerate(place for place in kept if place not in cut):
        words = bare(lines[at].text)
        before = seen.get(words)
        if words and before is not None and _by_mistake(lines[at], order - before, times[words]):
            cut[at] = Cut.TITLE if before == 0 else Cut.REPEAT
        seen[words] = order if before is None else before
    return cut


def _by_mistake(line: Line, distance: int, times: int) -> bool:
    if distance == 1 and line.words > 1:
        return True
    far = line.words >= LONG and line.is_sentence
    return times == 2 and (far or (distance <= NEAR and line.words >= TWIN))


def title_again(lines: Sequence[Line], places: Sequence[int], title_at: int, title: str) -> Found:
    """Give the later lines that are an article's title again."""
    wanted = bare(title)
    return {
        at: Cut.TITLE
        for at in places
        if at != title_at and wanted and bare(lines[at].text) == wanted
    }


def _contents(lines: Sequence[Line], kept: Sequence[int]) -> Found:
    """Two or more short lines near the beginning that come again, each, as a title of its own."""
    later = {bare(lines[at].text): at for at in kept if lines[at].gap and is_title(lines[at])}
    listed = [
        at
        for at in kept[:HEAD]
        if later.get(bare(lines[at].text), at) > at
        and (lines[at].mark.is_item or not lines[at].gap)
        and lines[at].words > 1
    ]
    listed = listed or _numbered_contents(lines, kept)
    return dict.fromkeys(listed, Cut.LINKS) if len(listed) >= 2 else {}


def _numbered_contents(lines: Sequence[Line], kept: Sequence[int]) -> list[int]:
    """Give a row of entries with numbers as "2.1 Mills", where most come again without them."""
    last = {bare(_ORDINAL.sub("", lines[at].text)): at for at in kept}
    listed: list[int] = []
    for at in kept[:LONG_HEAD]:
        if is_title(lines[at]) and _ORDINAL.match(lines[at].text):
            listed.append(at)
        elif listed:
            break
    again = [at for at in listed if last[bare(_ORDINAL.sub("", lines[at].text))] > listed[-1]]
    return listed if len(listed) > 2 and 2 * len(again) >= len(listed) else []
