"""What each of several libraries takes for the article of a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from lxml.html import HtmlElement, tostring
from readability import Document
from readability.readability import Unparseable
from resiliparse.extract.html2text import extract_plain_text
from trafilatura import extract

from handlers.errors import Refused
from handlers.reading.pieces import pieces_of
from handlers.reading.tree import tree_of

Voice = Callable[[], str]  # asks a library for its text of the article, a line for each paragraph


def voices(root: HtmlElement) -> dict[str, Voice]:
    """Give the libraries to be asked; the tree is used up by the last of them, trafilatura."""
    html = tostring(root, encoding="unicode")
    return {
        "readability": partial(_readability, html),
        "resiliparse": partial(_resiliparse, html),
        "precise": partial(_precise, html),
        "trafilatura": partial(_trafilatura, root),
    }


def one_voice(root: HtmlElement) -> dict[str, Voice]:
    """Give the fastest of the libraries in the place of all."""
    fastest = cache(partial(_resiliparse, tostring(root, encoding="unicode")))
    return dict.fromkeys(("readability", "resiliparse", "precise", "trafilatura"), fastest)


def _trafilatura(root: HtmlElement) -> str:
    return extract(root, include_comments=False) or ""


def _precise(html: str) -> str:
    return extract(html, include_comments=False, favor_precision=True, fast=True) or ""


def _resiliparse(html: str) -> str:
    return str(extract_plain_text(html, main_content=True, alt_texts=False, links=False))


def _readability(html: str) -> str:
    try:
        summary = Document(html).summary()
        return "\n".join(piece.text for piece in pieces_of(tree_of(summary)))
    except (Unparseable, Refused):
        return ""
