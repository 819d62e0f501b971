"""Cuts one scrape that holds several articles into its articles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile

from handlers.phrases import Cut
from handlers.reading.apart import stories_apart
from handlers.reading.bylines import is_byline
from handlers.reading.headings import kept_places, looks_like_heading
from handlers.reading.heads import bare, is_title, title_over_deck
from handlers.reading.leftovers import Found
from handlers.reading.lines import Line, Mark

LEAST = 20  # words that an article has
PROSE = 12  # words of a line that is no title
TITLED = 3  # and of a title behind a rule
_LETTER = frozenset([Cut.GREETING, Cut.PROGRAM, Cut.FOOTER])  # no page has all of its stories ruled
_BUTTONS = frozenset([Cut.LABEL, Cut.LINKS, Cut.SHARE])


def split(lines: Sequence[Line], found: Found) -> list[list[int]]:
    """Give the places of the kept lines of each article, in order.

    An article begins behind an instruction to a translator, at a second main heading, at a title
    with its own author or date under it, at a title behind the tail of the story before, and, in
    a letter, at a title behind a rule; where none of these is, in a letter, at titles whose texts
    share no words.
    """
    kept = kept_places(lines, found)
    starts = {
        *_behind_instructions(lines, found, kept),
        *_main_headings(lines, kept),
        *_with_bylines(lines, kept),
        *_behind_tails(lines, found, kept),
        *_between_rules(lines, found, kept),
        *_behind_buttons(lines, found, kept),
    }
    if not starts and _LETTER.intersection(found.values()):
        starts = {*stories_apart(lines, kept)}
    parts: list[list[int]] = []
    for at in kept:
        if at in starts or not parts:
            parts.append([])
        parts[-1].append(at)
    return _merged(lines, parts)


def _behind_instructions(lines: Sequence[Line], found: Found, kept: Sequence[int]) -> list[int]:
    cuts = [at for at, reason in found.items() if reason is Cut.INSTRUCTION]
    behind = (next((place for place in kept if place > at), None) for at in cuts)
    return [at for at in behind if at is not None]


def _main_headings(lines: Sequence[Line], kept: Sequence[int]) -> list[int]:
    main = [at for at in kept if lines[at].mark is Mark.HEADING and lines[at].level == 1]
    return main if len(main) > 1 else []


def _with_bylines(lines: Sequence[Line], kept: Sequence[int]) -> list[int]:
    """Titles with a byline at once under them and prose under that, if there are two such."""
    starts = [
        title_over_deck(lines, kept, at)
        for place, at in enumerate(kept)
        if is_title(lines[at])
        and not is_byline(lines[at])
        and _byline_and_prose([lines[below] for below in kept[place + 1 : place + 5]])
    ]
    return starts if len(starts) > 1 else []


def _byline_and_prose(below: Sequence[Line]) -> bool:
    rest = list(dropwhile(is_byline, below))
    return 0 < len(rest) < len(below) and (rest[0].is_sentence or rest[0].words >= PROSE)


def _behind_tails(lines: Sequence[Line], found: Found, kept: Sequence[int]) -> list[int]:
    """Titles behind a "read more", where each story ends with the same one."""
    tails: dict[str, list[int]] = {}
    for at, reason in found.items():
        if reason is Cut.LABEL:
            tails.setdefault(bare(lines[at].text), []).append(at)
    for places in tails.values():
        behind = [_next_title(lines, found, at) for at in sorted(places)]
        starts = [at for at in behind if at is not None]
        if len(places) > 1 and starts and len(starts) >= len(places) - 1:
            return starts
    return []


def _between_rules(lines: Sequence[Line], found: Found, kept: Sequence[int]) -> list[int]:
    """Titles with prose under them, each behind a rule, in what is a letter by its furniture."""
    if not _LETTER.intersection(found.values()):
        return []
    starts = []
    for before, (place, at) in zip([-1, *kept], enumerate(kept), strict=False):
        ruled = any(found[between] is Cut.RULE for between in range(before + 1, at))
        titled = lines[at].words >= TITLED and is_title(lines[at]) and not is_byline(lines[at])
        if (
            ruled
            and titled
            and _over_prose([lines[below] for below in kept[place + 1 : place + 4]])
        ):
            starts.append(at)
    return starts if len(starts) > 1 else []


def _behind_buttons(lines: Sequence[Line], found: Found, kept: Sequence[int]) -> list[int]:
    """Titles with prose under them, each behind a link or button, in a forwarded letter."""
    if Cut.PROGRAM not in found.values():
        return []
    starts = []
    for before, (place, at) in zip([-1, *kept], enumerate(kept), strict=False):
        parted = any(found[between] in _BUTTONS for between in range(before + 1, at))
        titled = lines[at].gap and lines[at].words >= TITLED and looks_like_heading(lines[at])
        if (
            parted
            and titled
            and _over_prose([lines[below] for below in kept[place + 1 : place + 4]])
        ):
            starts.append(at)
    return starts if len(starts) > 1 else []


def _over_prose(below: Sequence[Line]) -> bool:
    rest = list(dropwhile(is_byline, below))
    return bool(rest) and rest[0].words >= PROSE


def _next_title(lines: Sequence[Line], found: Found, tail: int) -> int | None:
    for at in range(tail + 1, len(lines)):
        if at not in found:
            heading = lines[at].mark is Mark.HEADING or looks_like_heading(lines[at])
            titled = heading or (lines[at].words >= TITLED and is_title(lines[at]))
            return at if titled else None
    return None


def _merged(lines: Sequence[Line], parts: Sequence[list[int]]) -> list[list[int]]:
    """Join a part that is too short for an article to the one before it, or behind it."""
    merged: list[list[int]] = []
    carried: list[int] = []
    for part in parts:
        part = [*carried, *part]
        carried = []
        if sum(lines[at].words for at in part) >= LEAST:
            merged.append(part)
        elif merged:
            merged[-1] += part
        else:
            carried = part
    if carried:
        merged.append(carried)
    return merged
