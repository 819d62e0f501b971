"""Markdown → the HTML of Telegram's Bot API, in which nothing of others can be tapped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from html import escape
from itertools import groupby

from bot.markup import Block, blocks
from bot.runs import BOLD, CODE, ITALIC, STRIKE, Run, hide, words
from bot.split import utf16

MOST = 4096  # UTF-16 units of a message, https://core.telegram.org/bots/api#sendmessage
MOST_ENTITIES = 100  # those beyond are dropped, and what they kept inert is not any more
FOLDED = 6  # a quote of more lines than that is folded up
_LINE = 45  # letters of a line on a telephone, roughly
_RULE = "—" * 8
_TAGS = ((BOLD, "b"), (ITALIC, "i"), (STRIKE, "s"))
# What Telegram makes tappable, and a little more than that: addresses with a scheme and domains
# without one, mails and names, commands, tags.
_TAPPABLE = re.compile(
    r"://|(?<![\s.])\.[^\W\d_]{2}|\d\.\d+\.\d+\.\d|@\w|(?<![\w/<>])/\w|(?<!\w)#\d*+[^\W\d]|(?<!\w)\$[A-Za-z1]"
)
_NUMBER = re.compile(
    r"\+\d(?:[ ().-]{0,3}\d){6,16}"  # a telephone's
    r"|(?<![\w.+-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)"
    r"|(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)"  # a card's
)

Tagged = tuple[str, tuple[str, ...]]  # text, and the tags that it stands in, outermost first


def to_html(markdown: str, links: Collection[str]) -> str:
    """Give HTML for `parse_mode=HTML`, in which only the addresses and commands (`/help`) that are
    in `links` can be tapped.
    """
    written = []
    for closed, opened, text in _steps(_message(markdown, links)):
        written += [f"</{tag.split()[0]}>" for tag in closed]
        written += [f"<{tag}>" for tag in opened]
        written.append(_literal(text))
    return "".join(written)


def length(markdown: str, links: Collection[str]) -> int:
    """Give the UTF-16 units that are read; where there are too many entities, more than a message
    holds.
    """
    message = _message(markdown, links)
    units = sum(utf16(text) for text, _ in message)
    entities = sum(len(opened) for _, opened, _ in _steps(message))
    for command in links:
        if command.startswith("/"):
            entities += sum(text.count(command) for text, _ in message)
    return units if entities <= MOST_ENTITIES else max(units, MOST * entities // MOST_ENTITIES + 1)


def _literal(text: str) -> str:
    return escape(text, quote=False).replace('"', "&quot;")


def _steps(message: Sequence[Tagged]) -> Iterator[tuple[list[str], list[str], str]]:
    """Give the tags that close and open before each text; at the end all are closed."""
    stack: tuple[str, ...] = ()
    for text, tags in [*message, ("", ())]:
        same = 0
        while same < min(len(stack), len(tags)) and stack[same] == tags[same]:
            same += 1
        yield list(reversed(stack[same:])), list(tags[same:]), text
        stack = tags


def _message(markdown: str, links: Collection[str]) -> list[Tagged]:
    message: list[Tagged] = []
    last = 0
    shown = [block for block in blocks(markdown, links) if _says_something(block)]
    for quote, group in groupby(shown, key=lambda block: block.quote):
        quoted = list(group)
        outer = (_quote(quoted),) if quote else ()
        for block in quoted:
            if message:
                gap = "\n\n" if block.apart else "\n"
                message.append((gap, outer if block.quote == last else ()))
            message += _block(block, outer, links)
            last = block.quote
    return [piece for piece in message if piece[0]]


def _says_something(block: Block) -> bool:
    return bool(block.kind == "rule" or block.bullet or block.text.strip())


def _quote(quoted: Sequence[Block]) -> str:
    lines = [line for block in quoted for line in block.text.split("\n")]
    high = sum(1 + len(line) // _LINE for line in lines) > FOLDED
    return "blockquote expandable" if high else "blockquote"


def _block(block: Block, outer: tuple[str, ...], links: Collection[str]) -> Iterator[Tagged]:
    if block.depth:
        bullet = block.bullet.replace("-", "•") or " "
        yield "   " * (block.depth - 1) + bullet + " ", outer
    if block.kind == "rule":
        yield _RULE, outer
    elif block.kind == "code":
        if block.bullet:
            yield "\n", outer
        language = (f'code class="language-{block.language}"',) if block.language else ()
        yield block.text, (*outer, "pre", *language)
    else:
        bold = {BOLD} if block.kind == "heading" else set()
        for run in hide(block.runs, lambda text: _tappable(text, links)):
            yield run.text, (*outer, *_tags(run, bold))


def _tags(run: Run, more: set[str]) -> Iterator[str]:
    """Give the tags of a run; code takes no others into it, nor does it go into them."""
    if run.link:
        yield f'a href="{_literal(run.link)}"'
    if CODE not in run.marks:
        yield from (tag for mark, tag in _TAGS if mark in run.marks | more)
    elif not run.link:
        yield "code"


def _tappable(text: str, links: Collection[str]) -> Iterator[tuple[int, int]]:
    """Find the words that Telegram would make tappable, our own commands apart."""
    for start, end in words(text) if _TAPPABLE.search(text) else ():
        own = text.startswith("/", start) and text[start:end] in links
        if not own and _TAPPABLE.search(text, start, end):
            yield start, end
    yield from (found.span() for found in _NUMBER.finditer(text))
