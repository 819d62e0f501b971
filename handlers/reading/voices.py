"""What each of several libraries takes for the article of a page."""

from __future__ import annotations

from lxml.html import HtmlElement, tostring
from readability import Document
from readability.readability import Unparseable
from resiliparse.extract.html2text import extract_plain_text
from trafilatura import extract

from handlers.errors import Refused
from handlers.reading.pieces import pieces_of
from handlers.reading.tree import tree_of


def voices(root: HtmlElement) -> dict[str, str]:
    """Give each library's text of the article, a line for each paragraph; the tree is used up."""
    html = tostring(root, encoding="unicode")
    precise = extract(html, include_comments=False, favor_precision=True, fast=True)
    return {
        "readability": _readability(html),
        "resiliparse": extract_plain_text(html, main_content=True, alt_texts=False, links=False),
        "precise": precise or "",
        "trafilatura": extract(root, include_comments=False) or "",
    }


def one_voice(root: HtmlElement) -> dict[str, str]:
    """Give what the fastest of the libraries takes, as if all had taken it."""
    html = tostring(root, encoding="unicode")
    text = extract_plain_text(html, main_content=True, alt_texts=False, links=False)
    return dict.fromkeys(("readability", "resiliparse", "precise", "trafilatura"), text)


def _readability(html: str) -> str:
    try:
        summary = Document(html).summary()
        return "\n".join(piece.text for piece in pieces_of(tree_of(summary)))
    except (Unparseable, Refused):
        return ""
