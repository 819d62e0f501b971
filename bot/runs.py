"""Text by its looks: the inside of a line as runs, and parts of it made inert."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markdown_it.token import Token

from handlers.markdown import tame

BOLD, ITALIC, STRIKE, CODE = "bold", "italic", "strike", "code"
_CODE = frozenset({CODE})  # it takes no other marks
# What stands between white space, quotation marks and pointed brackets.
_WORD = re.compile(r"[^\s<>\"“”„«»‘’，。、；：？！「」『』【】]+")
_OPENING, _CLOSING = "([{'", ".,:;!?)]}'…"
_STYLES = {"strong": BOLD, "em": ITALIC, "s": STRIKE}


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. `link` is an address that may be tapped."""

    text: str
    marks: frozenset[str] = frozenset()
    link: str = ""


def joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Make one of neighbours that look the same."""
    for (marks, link), group in groupby(runs, key=lambda run: (run.marks, run.link)):
        if text := "".join(run.text for run in group):
            yield Run(text, marks, link)


def runs_of(tokens: Iterable[Token], links: Collection[str]) -> tuple[Run, ...]:
    """Read the tokens of a line; a link that is not in `links` is its text and address, inert."""
    return tuple(joined(_pieces(tokens, links)))


def _pieces(tokens: Iterable[Token], links: Collection[str]) -> Iterator[Run]:
    opened: Counter[str] = Counter()
    address, label = "", list[Run]()
    for token in tokens:
        style, _, edge = token.type.rpartition("_")
        if token.type == "link_open":
            address, label = str(token.attrs.get("href", "")), []
        elif token.type == "link_close":
            yield from _linked(label, address, links)
            address = ""
        elif style in _STYLES:
            opened[_STYLES[style]] += 1 if edge == "open" else -1
        else:
            run = Run(_text(token), _CODE if token.type == "code_inline" else frozenset(+opened))
            if address:
                label.append(run)
            else:
                yield run


def _text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "image":
        return "".join(_text(child) for child in token.children or ())
    return tame(token.content)


def _linked(label: list[Run], address: str, links: Collection[str]) -> Iterator[Run]:
    """Give a link's text, to be tapped if its address is allowed, else with the address as code."""
    said = "".join(run.text for run in label).strip()
    if address in links:
        for run in label if said else [Run(address)]:
            yield Run(run.text, run.marks, address)
    elif said in (address, address.removeprefix("mailto:"), ""):
        yield Run(said or address, _CODE)
    else:
        yield from label
        yield Run(" (")
        yield Run(address, _CODE)
        yield Run(")")


def hide(runs: Sequence[Run], find: Callable[[str], Iterable[tuple[int, int]]]) -> list[Run]:
    """Make code of all that `find` names in the text (start and end of each), links apart.

    It looks at the text as it is read and at what is left of it between pieces of code, until
    there is nothing more to name.
    """
    while True:
        seen = "".join(" " * len(run.text) if run.link else run.text for run in runs)
        bare = "".join(" " * len(run.text) if _is_code(run) else run.text for run in runs)
        found = {place for text in (seen, bare) for span in find(text) for place in range(*span)}
        if all(bare[place].isspace() for place in found):
            return list(runs)
        runs = list(joined(_covered(runs, found)))


def _is_code(run: Run) -> bool:
    return bool(run.link) or CODE in run.marks


def _covered(runs: Iterable[Run], places: set[int]) -> Iterator[Run]:
    """Make code of the letters at these places."""
    start = 0
    for run in runs:
        for covered, group in groupby(range(start, start + len(run.text)), key=places.__contains__):
            text = "".join(run.text[place - start] for place in group)
            yield Run(text, _CODE if covered and not run.link else run.marks, run.link)
        start += len(run.text)


def words(text: str) -> Iterator[tuple[int, int]]:
    """Give start and end of each word, with all that is written in one with it but the
    punctuation around it.
    """
    for found in _WORD.finditer(text):
        word = found[0].lstrip(_OPENING)
        start = found.end() - len(word)
        word = word.rstrip(_CLOSING)
        end = start + len(word)
        if text.startswith(")", end) and word.count("(") > word.count(")"):
            end += 1
        if start < end:
            yield start, end
