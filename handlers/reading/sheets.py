"""What a page's own style sheets say of the elements that they hide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from handlers.reading.styles import Declarations, declarations, hides

MOST_CSS = 1_000_000  # characters of all sheets together
MOST_RULES = 300  # of each kind that are looked for in the page
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT = re.compile(r"@[^{};]*[;{]")
_BRACE = re.compile(r"[{}]")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NAMES = re.compile(r"[.#][\w-]+")
_SIMPLE = re.compile(r"([a-z][a-z\d]*)?((?:[.#][\w-]+)+)")
_TELLING = frozenset(  # the properties by which one rule may show what another hides
    [
        "clip", "clip-path", "color", "display", "font-size", "height", "left", "max-height",
        "opacity", "overflow", "position", "text-indent", "top", "transform", "visibility", "width",
    ]
)  # fmt: skip
_TAG = re.compile(r"[a-zA-Z][a-zA-Z\d]*")
_LAST = re.compile(r"[^\s>+~]+$")
_STATES = re.compile(r":[a-z-]+", re.IGNORECASE)  # hovered, visited, before: in no tree
_ALL = re.compile(r"(?:^|[\s>+~])(?:\*|html|body)$")


@dataclass(frozen=True, slots=True)
class _Rule:
    selector: str
    said: Declarations
    weight: tuple[int, int, int]


def hiding_rules(root: HtmlElement) -> dict[HtmlElement, Declarations]:
    """Give what the page's sheets say, all in all, of each element that one of their rules hides.

    Rules that hold only on some screens, or for a state of an element, are left out.
    """
    styles = [style for style in root.iter("style") if _holds_here(style)]
    sheets = "\n".join(style.text or "" for style in styles)[:MOST_CSS]
    if not sheets.strip():
        return {}
    page = _Page(root)
    rules = list(_rules(sheets, page.named.keys()))
    hidden: set[HtmlElement] = set()
    for rule in [rule for rule in rules if hides(rule.said)][:MOST_RULES]:
        hidden.update(page.matches(rule.selector))
    return _merged(page, rules, hidden) if hidden else {}


class _Page:
    """Finds the elements of a page that a selector means."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._known: dict[str, list[HtmlElement]] = {}
        self.named: dict[str, list[HtmlElement]] = {}
        for element in root.iter("*"):
            for name in names_of(element):
                self.named.setdefault(name, []).append(element)

    def matches(self, selector: str) -> list[HtmlElement]:
        simple = _SIMPLE.fullmatch(selector)
        if simple is None:
            return self._found(selector)
        names = set(_NAMES.findall(simple.group(2)))
        return [
            element
            for element in self.named.get(next(iter(names)), ())
            if names <= names_of(element) and simple.group(1) in (None, element.tag)
        ]

    def _found(self, selector: str) -> list[HtmlElement]:
        last = _LAST.search(selector)
        simple = _SIMPLE.fullmatch(last.group()) if last else None
        if simple and not self.matches(simple.group()):
            return []
        if selector not in self._known:
            find = _compiled(selector)
            self._known[selector] = list(find(self._root)) if find else []
        return self._known[selector]


@lru_cache(maxsize=2_000)
def _compiled(selector: str) -> CSSSelector | None:
    """Compile a selector; many pages of one site have the same."""
    try:
        return CSSSelector(selector, translator="html")
    except (SelectorError, ValueError):
        return None


def names_of(element: HtmlElement) -> set[str]:
    """Give the names by which a selector may mean an element: ".class" and "#id"."""
    names = {f".{each}" for each in (element.get("class") or "").split()}
    return names | {f"#{element.get('id')}"} if element.get("id") else names


def _holds_here(style: HtmlElement) -> bool:
    """A sheet counts where scripts run, and on a screen."""
    media = (style.get("media") or "").lower()
    on_screen = not media or "all" in media or "screen" in media
    return on_screen and next(style.iterancestors("noscript", "template", "svg"), None) is None


def _rules(sheets: str, names: Set[str]) -> Iterator[_Rule]:
    """Give the rules that could match: those all of whose classes and ids are on the page."""
    for match in _RULE.finditer(_unconditional(_COMMENT.sub("", sheets))):
        said: Declarations | None = None
        for selector in match.group(1).split(","):
            selector = selector.strip()
            if not selector or not all(name in names for name in _NAMES.findall(selector)):
                continue
            if _STATES.search(selector) or _ALL.search(selector):
                continue
            said = declarations(match.group(2)) if said is None else said
            ids, classes = selector.count("#"), len(re.findall(r"[.\[]", selector))
            yield _Rule(selector, said, (ids, classes, len(selector.split())))


def _unconditional(sheets: str) -> str:
    """Take out the blocks of @media, @supports and the like, with all that is in them."""
    kept, at = [], 0
    for match in _AT.finditer(sheets):
        if match.start() < at:
            continue
        kept.append(sheets[at : match.start()])
        at = _closing(sheets, match.end()) if match.group().endswith("{") else match.end()
    return "".join((*kept, sheets[at:]))


def _closing(sheets: str, at: int) -> int:
    depth = 1
    for brace in _BRACE.finditer(sheets, at):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0:
            return brace.end()
    return len(sheets)


def _merged(
    page: _Page, rules: list[_Rule], hidden: set[HtmlElement]
) -> dict[HtmlElement, Declarations]:
    """Put together, the weightiest last, what all rules say of the elements that one hides."""
    names = {name for element in hidden for name in names_of(element)}
    tags = {element.tag for element in hidden}
    merged: dict[HtmlElement, Declarations] = {element: {} for element in hidden}
    close = [rule for rule in rules if _TELLING & rule.said.keys() and _means(rule, names, tags)]
    for rule in sorted(close[: 2 * MOST_RULES], key=lambda rule: rule.weight):
        for element in page.matches(rule.selector):
            if element in hidden:
                merged[element].update(rule.said)
    return merged


def _means(rule: _Rule, names: set[str], tags: set[str]) -> bool:
    """Say whether a rule could mean one of the elements that have such names and tags."""
    last = _LAST.search(rule.selector)
    if last is None:
        return False
    tag = _TAG.match(last.group())
    return names.issuperset(_NAMES.findall(last.group())) and (
        tag is None or tag.group().lower() in tags
    )
