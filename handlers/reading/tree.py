"""An HTML page as a tree of what a browser would show of it."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from handlers import phrases
from handlers.errors import Code, Refused

LONG_CELL = 250  # characters: a table with such cells lays out a page
MOST_ELEMENTS = 80_000  # a page with more is none that people read
_LONG_TAG = re.compile(r"<([a-z][\w-]*)\s[^<>]{20000,}>", re.IGNORECASE)
_PARTS = ("tbody", "thead", "tfoot", "tr", "td", "th")


def tree_of(html: str) -> HtmlElement:
    """Parse a page as lxml does, forgivingly; raises `Refused` where nothing comes of it.

    A tag that is longer than an article loses its attributes: a parser compares each with each.
    """
    html = _LONG_TAG.sub(r"<\1>", html)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError) as fault:
        raise Refused(Code.BROKEN, phrases.BROKEN_PAGE) from fault
    if root.xpath("count(//node()[not(self::text())])") > MOST_ELEMENTS:
        raise Refused(Code.TOO_LARGE, phrases.TOO_HARD)
    _put_streamed(root)
    return root


def unfold(root: HtmlElement) -> None:
    """Turn the tables that lay out a page into plain boxes; those that hold data stay tables."""
    tables = [table for table in root.iter("table") if _lays_out(table)]
    laid_out = set(tables)
    for part in list(root.iter(*_PARTS)):
        if next(part.iterancestors("table"), None) in laid_out:
            part.tag = "div"
    for table in tables:
        table.tag = "div"


def _lays_out(table: HtmlElement) -> bool:
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return True
    rows = [[each for each in row if each.tag in ("td", "th")] for row in table.iter("tr")]
    wide = [row for row in rows if len(row) > 1]
    if len(wide) < 2 or len(wide) < len(rows) / 2:
        return True
    return any(len("".join(cell.itertext())) > LONG_CELL for row in wide for cell in row)


def _put_streamed(root: HtmlElement) -> None:
    """Put the parts of a page that React has streamed behind it where its script puts them.

    They come as <div hidden id="S:1"> for a <template id="B:1"> (react-dom/server, $RC).
    """
    for part in list(root.iterfind(".//div[@hidden][@id]")):
        name = part.get("id", "")
        if not name.startswith("S:"):
            continue
        slot = next(
            (each for each in root.iter("template") if each.get("id") == f"B:{name[2:]}"), None
        )
        if slot is not None and slot.getparent() is not None and slot not in part.iter():
            del part.attrib["hidden"]
            slot.addprevious(part)
