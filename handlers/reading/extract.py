"""The article in an HTML page: its text as Markdown, and what the page says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from lxml.html import HtmlElement
from trafilatura import extract_metadata

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.choose import choose
from handlers.reading.hidden import drop_hidden
from handlers.reading.jsonld import Said, said_of
from handlers.reading.metadata import Facts, facts_of
from handlers.reading.pieces import Piece, pieces_of, size, written
from handlers.reading.scripted import scripted
from handlers.reading.tree import tree_of, unfold
from handlers.reading.voices import one_voice, voices

LEAST_TOKENS = 20  # fewer than that is a caption, a notice or a wall, not an article
MANY = 30_000  # elements: on so large a page only the fastest library is asked
_WALLS = re.compile(
    r"(?:enable|activate|turn on|requires?) (?:java ?script|cookies)|isAccessibleForFree\W+false"
    r"|subscribe to (?:continue|read)|captcha|are you a (?:robot|human)|accept (?:all )?cookies"
    r"|checking your browser|<input[^>]+type=[\"']?password",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """An article as its page has it: Markdown, and what the page says of it.

    `walled` means that it says that not all may read the whole.
    """

    text: str
    facts: Facts
    walled: bool = False


def article_in(html: str, url: str | None) -> Page:
    """Give the article of a page; raises `Refused` where there is none to be had."""
    root = tree_of(html)
    held = list(root.iter())  # lxml makes an element's Python side anew where nobody holds it
    said = said_of(root)
    is_huge = len(held) > MANY
    authors = tuple if is_huge else partial(_authors, root)
    facts = facts_of(root, said, url, authors, search_date=not is_huge)
    pieces = _article(root, said, is_huge=is_huge)
    if size(pieces) < LEAST_TOKENS and said.is_free:
        pieces = scripted(html) or pieces
    if size(pieces) < LEAST_TOKENS:
        walled = not said.is_free or _WALLS.search(html)
        raise Refused(*((Code.WALL, phrases.WALL) if walled else (Code.EMPTY, phrases.NO_ARTICLE)))
    return Page(written(pieces), facts, walled=not said.is_free)


def _authors(root: HtmlElement) -> tuple[str, ...]:
    found = extract_metadata(root, extensive=False)  # the date is looked for elsewhere
    return tuple((found.author or "").split("; ")) if found else ()


def _article(root: HtmlElement, said: Said, *, is_huge: bool) -> list[Piece]:
    drop_hidden(root)
    unfold(root)
    pieces = pieces_of(root)
    if not pieces:
        return []
    return choose(pieces, one_voice(root) if is_huge else voices(root), said.body)
