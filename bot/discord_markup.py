"""Markdown → Discord's own, in which nothing of others pings, opens or hides anything."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from bot.markup import Block, blocks
from bot.runs import BOLD, CODE, ITALIC, STRIKE, Run, hide, words

JOINER = "\u200b"  # shows nothing, and parts what must not be read together
_RULE = "—" * 8
_SIGNS = {BOLD: "**", ITALIC: "*", STRIKE: "~~"}
_SPECIAL = re.compile(r"[\\*_~`|\[\]]")
_LINE_START = re.compile(r"^(\s*)([-+#>]|\d+(?=[.)]))")
_EVERYONE = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_POINTED = re.compile(r"<(?=\S)")
# People, roles, channels, commands, emoji, times and places, as they are named in the raw text.
_NAMED = re.compile(r"<(?=@[!&]?\d|#\d|a?:\w+:\d|t:-?\d|id:\w|/[^<>\n]*:\d)")
_ADDRESS = re.compile(r"://|www\.|discord\w*\.\w", re.IGNORECASE)
_ADDRESSABLE = re.compile(r"https?://[^\s<>]+")


def to_discord(markdown: str, links: Collection[str]) -> str:
    """Give a message in which only the addresses in `links` are links, without a preview."""
    lines: list[str] = []
    last = 0
    for block in blocks(markdown, [link for link in links if _ADDRESSABLE.fullmatch(link)]):
        written = list(_block(block))
        if not written:
            continue
        if block.apart and lines:
            lines.append("> " if block.quote and block.quote == last else "")
        lines += [f"> {line}" if block.quote else line for line in written]
        last = block.quote
    return "\n".join(lines)


def length(markdown: str, links: Collection[str]) -> int:
    """Give the code points of the message, as Discord counts them."""
    return len(to_discord(markdown, links))


def _block(block: Block) -> Iterator[str]:
    """Give the lines of a block without the signs of a quote."""
    bullet = block.bullet.replace(")", ".") + " " if block.bullet else ""
    indent = "  " * (block.depth - bool(bullet))
    if block.kind == "rule":
        yield indent + bullet + _RULE
    elif block.kind == "code":
        if bullet:
            yield indent + bullet
        yield from _fenced(block)
    elif bullet or block.text.strip():
        first, *more = _written(block)
        yield indent + bullet + first
        yield from ("  " * block.depth + line for line in more)


def _fenced(block: Block) -> Iterator[str]:
    if block.text.strip():
        yield f"```{block.language}"
        yield from _tame(_NAMED, block.text.replace("``", f"`{JOINER}`")).split("\n")
        yield "```"


def _written(block: Block) -> list[str]:
    runs = hide(list(_unmasked(block.runs)), _addresses)
    if block.kind != "heading":
        return [_line(line) for line in _by_line(runs)]
    if block.level <= len("###") and not block.depth:
        return [f"{'#' * block.level} {' '.join(_line(line) for line in _by_line(runs))}"]
    return [
        _line(replace(run, marks=run.marks | {BOLD}) for run in line) for line in _by_line(runs)
    ]


def _unmasked(runs: Iterable[Run]) -> Iterator[Run]:
    """Put the address of each link behind its text: in a masked link nothing can be escaped."""
    for link, group in groupby(runs, key=lambda run: run.link):
        label = list(group)
        if not link:
            yield from label
            continue
        if "".join(run.text for run in label) != link:
            yield from (replace(run, link="") for run in label)
            yield Run(" ")
        yield Run(link, link=link)


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    if _ADDRESS.search(text):
        yield from (span for span in words(text) if _ADDRESS.search(text, *span))


def _by_line(runs: Iterable[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *more = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=text)] for text in more]
    return lines


def _line(runs: Iterable[Run]) -> str:
    """Write one line; what its beginning would make of it in Discord is escaped."""
    line, signed = "", False
    for run in runs:
        core = run.text.strip()
        signs = [sign for mark, sign in _SIGNS.items() if mark in run.marks] if core else []
        if run.link:
            line, signed = f"{line}<{run.text}>", False
        elif CODE in run.marks:
            line, signed = line + _code(run.text), False
        elif signs:
            before, after = run.text.split(core, 1)
            opening, closing = "".join(signs), "".join(reversed(signs))
            parted = JOINER if signed and not before else ""
            line += before + parted + opening + _literal(core) + closing + after
            signed = not after
        else:
            line, signed = line + _literal(run.text), False
    return _LINE_START.sub(_at_start, line)


def _at_start(found: re.Match[str]) -> str:
    space, sign = found.groups()
    return f"{space}{sign}\\" if sign.isdigit() else f"{space}\\{sign}"


def _code(text: str) -> str:
    if not text:
        return ""
    text = _tame(_NAMED, text)
    if "`" not in text:
        return f"`{text}`"
    single = re.sub("`(?=`)", f"`{JOINER}", text)
    return f"`` {single} ``"


def _literal(text: str) -> str:
    return _tame(_POINTED, _SPECIAL.sub(r"\\\g<0>", text))


def _tame(pointed: re.Pattern[str], text: str) -> str:
    """Part the signs by which people, places and everyone are named."""
    return _EVERYONE.sub(f"@{JOINER}", pointed.sub(f"<{JOINER}", text))
