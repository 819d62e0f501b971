"""The article in an HTML page: its text as Markdown, and what the page says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.sound import sound

LEAST_WORDS = 20  # fewer than that is a caption, a notice or a wall, not an article
_WALLS = re.compile(
    r"(?:enable|activate|turn on|requires?) (?:java ?script|cookies)|isAccessibleForFree\W+false"
    r"|subscribe to (?:continue|read)|captcha|are you a (?:robot|human)|accept (?:all )?cookies",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """An article as its page has it. `published` is an ISO date."""

    text: str
    title: str | None
    author: str | None
    site: str | None
    url: str | None
    published: str | None


def article_in(html: str, url: str | None) -> Page:
    """Give the article of a page; raises `Refused` where there is none to be had."""
    # trafilatura takes 0.2 s to import: only who reads a page pays for it
    from trafilatura import extract, extract_metadata, load_html  # noqa: PLC0415

    tree = load_html(html)
    if tree is None:
        raise Refused(Code.BROKEN, phrases.BROKEN_PAGE)
    said = extract_metadata(tree, default_url=url)
    text = extract(tree, url=url, output_format="markdown", include_comments=False) or ""
    if len(re.findall(r"\w+", text)) < LEAST_WORDS and len(text) < LEAST_WORDS * 5:
        walled = _WALLS.search(html)
        raise Refused(*((Code.WALL, phrases.WALL) if walled else (Code.EMPTY, phrases.NO_ARTICLE)))
    facts = (said.title, said.author, said.sitename, said.url or url, said.date)
    return Page(text, *(sound(each) if each else None for each in facts))
