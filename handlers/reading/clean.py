"""From a messy text to clean articles, and a reason for each line that was cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.language import detect
from handlers.phrases import Cut
from handlers.reading.assemble import assemble
from handlers.reading.boilerplate import boilerplate
from handlers.reading.dump import menus_around
from handlers.reading.furniture import words_of
from handlers.reading.headings import infer_headings
from handlers.reading.heads import Head, head_of
from handlers.reading.leftovers import Found
from handlers.reading.lines import Line, lines_as_they_are, unwrapped
from handlers.reading.pockets import pockets
from handlers.reading.promotion import promotions
from handlers.reading.repeats import repeats, title_again
from handlers.reading.shapes import shapes
from handlers.reading.split import split
from handlers.reading.talk import with_messages
from storage.records import Removed

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One article of a text. `text` is Markdown without the title; `published` an ISO date."""

    title: str
    author: str | None
    published: str | None
    language: str
    text: str


def clean(text: str, title: str | None = None) -> tuple[list[Cleaned], list[Removed]]:
    """Take a text apart into its articles and what is no part of any, in reading order.

    `title` is what a page says of itself; such a text is one article and is not split.
    """
    lines = unwrapped(with_messages(lines_as_they_are(text)))
    words = words_of(detect(text)) if title is None else None
    found = boilerplate(lines, words)
    if words:
        found |= shapes(lines, found)
        found |= menus_around(lines, found, words)
    found |= promotions(lines, found, set(infer_headings(lines, found)))
    found |= repeats(lines, found)
    if words:
        found |= pockets(lines, found, words)
    parts = [sorted(set(range(len(lines))) - found.keys())] if title else split(lines, found)
    articles = [_article(lines, part, title, found) for part in parts if part]
    removed = [
        Removed(raw.strip(), reason, number)
        for at, reason in sorted(found.items())
        for number, raw in lines[at].parts
    ]
    return [each for each in articles if each.text], removed


def _article(lines: Sequence[Line], places: list[int], title: str | None, found: Found) -> Cleaned:
    """Make one article of the lines at `places`; what its head repeats goes to `found`."""
    language = detect("\n".join(lines[at].text for at in places))
    head = head_of(lines, places, title, language)
    again = title_again(lines, places, _title_place(head), head.title)
    again |= dict.fromkeys(head.masthead, Cut.MASTHEAD)
    found |= again
    body = [at for at in places if at not in again and at not in head.taken]
    text = _body(lines, body, head)
    return Cleaned(head.title or _first_words(text), head.author, head.published, language, text)


def _title_place(head: Head) -> int:
    return head.title_at if head.title_at in head.taken and head.title_at is not None else -1


def _body(lines: Sequence[Line], places: Sequence[int], head: Head) -> str:
    kept = [lines[at] for at in places]
    if head.run_in and kept:
        first = kept[0]
        rest = first.text[head.run_in :].strip()
        kept[0] = Line(rest, first.mark, first.level, first.gap, first.parts)
    return assemble(kept, infer_headings(kept, {}))


def _first_words(text: str) -> str:
    """Give the beginning of a text as a title, cut at a word."""
    first = text.split("\n", 1)[0].lstrip("#>- ").strip()
    if len(first) <= LONGEST_TITLE:
        return first
    return first[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:") + "…"
