"""Finds what stands between the cut lines: where no prose is, the rest belongs to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.phrases import Cut
from handlers.reading.bylines import is_byline
from handlers.reading.furniture import LONGEST, Words, is_furniture, tells_of_page
from handlers.reading.leftovers import Found
from handlers.reading.lines import Line, Mark

PROSE = 10  # words of a sentence that belongs to a story, whatever stands around it,
LONG = 20  # and of any line that does
TOLD = 40  # words: a shorter sentence about the page itself is no prose
LEAST = 2  # cut lines that others stand among
NAMED = 5  # words that no name of a page or letter has
TITLE = 4  # words that a title has at least
SENTENCE = 6  # words of a sentence that says something by itself
BOX = 3  # lines between the head of a box and its button
CAPTION = 25  # words that a caption has at most
NEAR = 2  # lines on both sides that are close
LOOKS = 12  # lines above a story in which its title is looked for
# What goes on around such a line: a picture's credit or a rule stands in stories too.
_FLANKS = frozenset(
    [
        Cut.LABEL, Cut.LINKS, Cut.SHARE, Cut.AD, Cut.PROMOTION, Cut.COOKIES, Cut.FOOTER, Cut.MENU,
        Cut.GREETING, Cut.PROGRAM, Cut.CONTACT,
    ]
)  # fmt: skip
_LETTER = frozenset([Cut.GREETING, Cut.PROGRAM])
_STAYS = (Mark.QUOTE, Mark.TABLE)
_LISTED = (Mark.BULLET, Mark.NUMBER)


def pockets(lines: Sequence[Line], found: Found, words: Words) -> Found:
    """Give the short lines that stand among cut ones with no prose between them.

    Behind the last prose all goes that comes after a cut line. Before prose the title, its author
    and its day stay, and what comes after the last cut.
    """
    cut: Found = {}
    for run in _runs(lines, found, words):
        flanks = [at for at in run if found.get(at) in _FLANKS]
        if not flanks:
            continue
        weak = [at for at in run if at not in found]
        cut |= {at: Cut.MENU for at in weak if _is_entry(lines[at], words)}
        is_tail = run[-1] == len(lines) - 1
        if len(flanks) < LEAST:
            continue
        if is_tail:
            listed = _listed_on(lines, found, flanks[0])
            cut |= {at: Cut.MENU for at in weak if at > flanks[0] and at not in listed}
        elif run[0] == 0:
            weak = [at for at in weak if at > _masthead_end(run, found, cut)]
            head = head_above(lines, weak, words)
            stays = {*(head or (at for at in weak if not tells_of_page(lines[at], words)))}
            stays |= {at for at in weak if lines[at].words >= NAMED and _is_named(lines[at], words)}
            cut |= {at: Cut.MENU for at in weak if at < flanks[-1] and at not in stays}
    return cut | _captions(lines, found) | _islands(lines, found) | _boxes(lines, found, words)


def _listed_on(lines: Sequence[Line], found: Found, first: int) -> range:
    """Give the items behind a cut one that go on a story's list."""
    story = first and first - 1 not in found and lines[first - 1].mark in _LISTED
    end = first
    while story and end < len(lines) and lines[end].mark in _LISTED and not lines[end].gap:
        end += 1
    return range(first, end)


def _masthead_end(run: Sequence[int], found: Found, cut: Found) -> int:
    """Cut what stands above a letter's greeting or table of contents, and give where that is."""
    letter = _LETTER.intersection(found.values())
    ends = [at for at in run if found.get(at) in (Cut.GREETING, Cut.LINKS)] if letter else []
    end = ends[-1] if ends else -1
    cut |= {at: Cut.MASTHEAD for at in run if at < end and at not in found}
    return end


def _captions(lines: Sequence[Line], found: Found) -> Found:
    """A line set apart that a credit stands directly under is the caption."""
    return {
        at: Cut.CREDIT
        for at, line in enumerate(lines[:-1])
        if found.get(at + 1) is Cut.CREDIT and at not in found and line.mark is Mark.NONE
        and line.gap and not lines[at + 1].gap and line.words <= CAPTION
    }  # fmt: skip


def _islands(lines: Sequence[Line], found: Found) -> Found:
    """A short paragraph in the foot of a page, with lines of the foot close on both sides."""
    foot = {at for at, reason in found.items() if reason in (Cut.FOOTER, Cut.COOKIES)}
    above = {at for at, reason in found.items() if reason in _FLANKS}
    return {
        at: Cut.FOOTER
        for at in range(len(lines) // 2, len(lines))
        if at not in found and lines[at].words <= TOLD
        and not above.isdisjoint(range(at - NEAR, at))
        and not foot.isdisjoint(range(at + 1, at + NEAR + 1))
    }  # fmt: skip


def _boxes(lines: Sequence[Line], found: Found, words: Words) -> Found:
    """What stands between the head of a box that offers a letter and the button under it."""
    cut: Found = {}
    for at, line in enumerate(lines):
        counts = any(char.isdigit() for char in line.text)  # "0 comments" heads no box
        headed = line.words <= TITLE and line.mark is not Mark.QUOTE and not counts
        if at in found or not (headed and is_furniture(line, words, 2)):
            continue
        button = next((b for b in range(at + 1, at + 2 + BOX) if found.get(b) is Cut.LABEL), at)
        inside = [lines[each] for each in range(at, button)]
        plain = all(each.mark is Mark.NONE for each in inside)
        plain = plain and sum(each.is_sentence for each in inside) <= 1
        if inside and plain and sum(each.words for each in inside) <= TOLD:
            cut |= {each: Cut.LABEL for each in range(at, button) if each not in found}
    return cut


def head_above(lines: Sequence[Line], above: Sequence[int], words: Words) -> list[int]:
    """Give the title, its deck, author and day among the lines `above` a story, if they show."""
    near = list(above[-LOOKS:])
    dated = [at for at in near if is_byline(lines[at])]
    for top in dated:
        named = [at for at in near if at < top and _is_named(lines[at], words)][-2:]
        if len(named) == 2 and near.index(named[1]) - near.index(named[0]) > 1:
            named = named[1:]
        if named:
            between = range(named[0], dated[-1] + 1)
            return [at for at in near if at in between and not tells_of_page(lines[at], words)]
    titled = [at for at in near if _is_named(lines[at], words)]
    return titled[-1:]


def _is_entry(line: Line, words: Words) -> bool:
    """Say whether a line could be an entry of a menu: no heading, and no whole sentence."""
    whole = line.is_sentence and line.words >= SENTENCE
    return line.mark is not Mark.HEADING and not whole and is_furniture(line, words, 1)


def _is_named(line: Line, words: Words) -> bool:
    """Say whether a line could be a title: of several words, and not about the page."""
    told = line.ends in ".。" and line.words > NAMED  # a note rather than a title
    return line.mark is Mark.HEADING or (
        line.words >= TITLE and line.mark is Mark.NONE and not tells_of_page(line, words)
        and not is_byline(line) and not told and " · " not in line.text
    )  # fmt: skip


def _runs(lines: Sequence[Line], found: Found, words: Words) -> Iterator[list[int]]:
    """Yield the stretches without prose."""
    run: list[int] = []
    prose = False
    for at, line in enumerate(lines):
        if at in found or not is_prose(line, words):
            run.append(at)
            continue
        prose = True
        if run:
            yield run
        run = []
    if run and prose:
        yield run


def is_prose(line: Line, words: Words) -> bool:
    """Say whether a line by itself belongs to a story."""
    if line.mark in _STAYS:
        return True
    own = words.own.search(line.text[:LONGEST])
    if line.words < TOLD and own and tells_of_page(line, words):
        return False
    return line.words >= LONG or (line.is_sentence and line.words >= PROSE)
