"""Takes out of a page what a browser does not show, so that nobody can smuggle text in with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from handlers.reading.sheets import hiding_rules
from handlers.reading.styles import Declarations, declarations, hides, is_white, paper_of

# What a browser shows of none of these is an article's text: code, forms, fallbacks, drawings.
_NEVER = frozenset(
    [
        "applet", "area", "audio", "base", "button", "canvas", "datalist", "embed", "frame",
        "frameset", "head", "iframe", "input", "link", "map", "math", "meta", "meter", "noembed",
        "noframes", "noscript", "object", "optgroup", "option", "param", "progress", "rp", "script",
        "select", "source", "style", "svg", "template", "textarea", "title", "track", "video",
    ]
)  # fmt: skip
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text|-only)?|a11y-hidden|off-?screen"
    r"|element-invisible|u-hidden|d-none)(?:\s|$)",
    re.IGNORECASE,
)


def drop_hidden(root: HtmlElement) -> None:
    """Take all elements out of a tree that are not seen."""
    styled = hiding_rules(root)
    has_sheet = next(root.iter("link"), None) is not None
    gone: set[HtmlElement] = set()
    for element in list(root.iter()):
        parent = element.getparent()
        if parent in gone:
            gone.add(element)
        if parent is None or parent in gone or element.tag == "body":
            continue
        seen = isinstance(element.tag, str) and element.tag not in _NEVER
        if not seen or _is_hidden(element, styled.get(element), has_sheet):
            gone.add(element)
            element.drop_tree()


def _is_hidden(element: HtmlElement, rules: Declarations | None, has_sheet: bool) -> bool:
    get = element.get
    if get("hidden") is not None or get("aria-hidden", "").strip().lower() == "true":
        return True
    if element.tag == "dialog" and get("open") is None:
        return True
    if _UNSEEN.search(get("class", "")):
        return True
    style = get("style")
    if style is None and rules is None:
        return element.tag == "font" and _is_faint(element, get("color", ""), has_sheet)
    said = {**(rules or {}), **declarations(style or "")}
    return hides(said) or _is_faint(element, said.get("color", ""), has_sheet)


def _is_faint(element: HtmlElement, ink: str, has_sheet: bool) -> bool:
    """Say whether text is white where nothing around it could make the paper dark."""
    if not is_white(ink):
        return False
    paper = next(_papers(element), None)
    return not has_sheet if paper is None else is_white(paper)


def _papers(element: HtmlElement) -> Iterator[str]:
    for each in (element, *element.iterancestors()):
        said = paper_of(declarations(each.get("style") or "")) or each.get("bgcolor")
        if said or each.get("background"):
            yield said or "picture"
