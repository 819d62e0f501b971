"""Finds the article in a whole page that was pasted with its menus and lists of links."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.phrases import Cut
from handlers.reading.furniture import Words, tells_of_page
from handlers.reading.leftovers import Found
from handlers.reading.lines import Line, Mark
from handlers.reading.pockets import head_above

LEAST = 40  # lines that a pasted page has
SHORT = 8  # words: a line with fewer, and no full stop, is an entry of something
MOST_SHORT = 0.45  # share of such lines, above which a text may be a page
END = 20  # lines at the top and at the foot,
MOST_AT_ENDS = 1.3  # where the shares of such lines add up to more
PROSE = 10  # words of a sentence that counts for an article
# Of a text in which lines that only pages have were cut already; without that, 121 lines of 274
# clean texts would go in the place of 36. Chosen on every second page of bench.reading's `pasted`.
SHOWN = 4  # such lines
FEW = 25
MANY_SHORT = 0.4
MANY_AT_ENDS = 1.2
LITTLE = 0.3  # of the words of prose, in the place of `OUTSIDE`
SENTENCE = 4  # words of a sentence that goes on with a story
FACTS = 3  # lines that begin with numbers, or short sentences
_OF_PAGES = frozenset([Cut.LABEL, Cut.LINKS, Cut.SHARE, Cut.FOOTER, Cut.MENU, Cut.COOKIES, Cut.AD])
_LISTED = (Mark.BULLET, Mark.NUMBER, Mark.TABLE, Mark.QUOTE)
PRICE = 10.0  # words of prose that one entry outweighs
MEDIUM = 2.0
FULL = 60  # words: a longer line counts no more
HEAD = 3  # lines before an article: its title, author and date
FAR = 12  # lines above an article in which its lead may stand,
LEAD = 3  # and sentences that are one
OUTSIDE = 0.5  # of the words of prose: with more outside of the stretch, it is not all the article
RUN = 4  # entries in a row that are a list of links inside of an article


def menus_around(lines: Sequence[Line], found: Found, words: Words) -> Found:
    """Give the lines of a pasted page that stand around its article; nothing for other texts.

    The article is the stretch whose sentences outweigh its entries by most. A shorter text is taken
    for a page only if other lines show it, and then more of what stands around its article stays:
    lists, short sentences, what is above it where no title shows, all short lines inside.
    """
    left = [at for at in range(len(lines)) if at not in found]
    listed = [_is_entry(line) for line in lines]
    sure = _is_page(listed)
    if not left or not (sure or (_shows_page(found) and _may_be_page(listed))):
        return {}
    entries = [_is_entry(lines[at]) and not _leads(lines[at + 1 : at + 2]) for at in left]
    weights = [_weight(lines[at]) for at in left]
    first, last = _densest(weights)
    if first > last:
        return {}
    most = OUTSIDE if sure else LITTLE
    first, last = _all_told(weights, _lead(weights, first), last, most)
    last = _told_on(lines, left, last, words, sure=sure)
    head = head_above(lines, left[:first], words)
    start = left.index(head[0]) if head else max(0, first - HEAD) if sure else 0
    outside = [*left[:start], *left[last + 1 :]]
    inside = _runs(left[first : last + 1], entries[first : last + 1]) if sure else []
    return dict.fromkeys((*outside, *inside), Cut.MENU)


def _is_page(entries: Sequence[bool]) -> bool:
    at_ends = (sum(entries[:END]) + sum(entries[-END:])) / END
    many = sum(entries) > MOST_SHORT * len(entries)
    return len(entries) >= LEAST and many and at_ends >= MOST_AT_ENDS


def _shows_page(found: Found) -> bool:
    """Say whether lines that only pages have were cut already."""
    return sum(reason in _OF_PAGES for reason in found.values()) >= SHOWN


def _may_be_page(entries: Sequence[bool]) -> bool:
    at_ends = (sum(entries[:END]) + sum(entries[-END:])) / END
    many = sum(entries) > MANY_SHORT * len(entries)
    return len(entries) >= FEW and many and at_ends >= MANY_AT_ENDS


def _told_on(
    lines: Sequence[Line], left: Sequence[int], last: int, words: Words, *, sure: bool
) -> int:
    """Give where that ends which goes on behind an article, up to the next cut line.

    Lists and short sentences go on with it; if they are a third, with what stands between them.
    So do lines of which most begin with numbers; where a page is not sure, a number counts as much.
    """
    end = last
    while end + 1 < len(left) and left[end + 1] - left[end] == 1:
        end += 1
    rest = range(last + 1, end + 1)
    told = [order for order in rest if _goes_on(lines[left[order]], words)]
    counts = [order for order in rest if lines[left[order]].text[:1].isdigit()]
    if len(counts) >= FACTS and 2 * len(counts) >= len(rest):
        return end
    facts = told if sure else sorted({*told, *counts})
    if len(facts) >= FACTS and 3 * len(facts) > facts[-1] - last:
        return facts[-1]
    while last < end and ((told and last + 1 in told) or last + 2 in told):
        last += 1
    return last


def _goes_on(line: Line, words: Words) -> bool:
    told = line.is_sentence and line.words >= SENTENCE and not tells_of_page(line, words)
    return told or line.mark in _LISTED


def _is_entry(line: Line) -> bool:
    return line.mark is Mark.NONE and line.words < SHORT and not line.is_sentence


def _leads(below: Sequence[Line]) -> bool:
    """Say whether a line stands over a list."""
    return bool(below) and below[0].mark in (Mark.BULLET, Mark.NUMBER)


def _weight(line: Line) -> float:
    if _is_entry(line):
        return -PRICE
    long = line.words >= 2 * PROSE or (line.is_sentence and line.words >= PROSE)
    return float(min(line.words, FULL)) if long else -MEDIUM


def _densest(weights: Sequence[float]) -> tuple[int, int]:
    """Give the ends of the stretch with the largest sum (Kadane, see Bentley 1984)."""
    best, ends = 0.0, (0, -1)
    total, start = 0.0, 0
    for at, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, at
        total += weight
        if total > best:
            best, ends = total, (start, at)
    return ends


def _all_told(weights: Sequence[float], first: int, last: int, most: float) -> tuple[int, int]:
    """Give the ends of all prose, where more than a part of it stands outside of the stretch."""
    told = [at for at, weight in enumerate(weights) if weight > 0]
    outside = sum(weights[at] for at in told if not first <= at <= last)
    if outside > most * sum(weights[at] for at in told):
        return told[0], told[-1]
    return first, last


def _lead(weights: Sequence[float], first: int) -> int:
    """Give where a lead in several sentences begins that buttons part from the rest, or `first`."""
    start, end = _densest(weights[max(0, first - FAR) : first])
    above = max(0, first - FAR)
    told = [weight for weight in weights[above + start : above + end + 1] if weight > 0]
    return above + start if len(told) >= LEAD else first


def _runs(places: Sequence[int], entries: Sequence[bool]) -> list[int]:
    runs: list[int] = []
    run: list[int] = []
    for at, is_entry in zip(places, entries, strict=True):
        if is_entry:
            run.append(at)
            continue
        runs += run if len(run) >= RUN else []
        run = []
    return runs
