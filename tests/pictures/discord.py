"""Draws a Discord conversation as one HTML page that needs nothing from outside."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from html import escape

from tests.fakes.discord.entries import Button, Card, Entry, Transcript
from tests.fakes.discord.inline import Span
from tests.fakes.discord.markdown import Block
from tests.pictures.discord_style import STYLE

TAGS = {"bold": "strong", "italic": "em", "underline": "u", "strike": "s", "code": "code"}
HUES = ("#5865f2", "#3ba55c", "#c27c0e", "#a84300", "#ad1457", "#206694", "#71368a")
TOGETHER = timedelta(minutes=7)  # messages of one author closer than this stand under one name
SAFE = ("http://", "https://")


def page(transcript: Transcript, title: str) -> str:
    """Give the page; `title` is its name in a browser. All texts are escaped."""
    rows = "\n".join(_rows(transcript))
    sign = "#" if transcript.guild else "@"
    where = f"<small>{escape(transcript.guild)}</small>" if transcript.guild else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<header><h1><i>{sign}</i>{escape(transcript.name)}{where}</h1></header>
<main>
{rows}
</main>
</body>
</html>
"""


def _rows(transcript: Transcript) -> Iterator[str]:
    """Yield one row for each message, a day's date before its first."""
    before: Entry | None = None
    for entry in transcript.entries:
        if before is None or before.at.date() != entry.at.date():
            yield f'<div class="day">{entry.at:%B} {entry.at.day}, {entry.at.year}</div>'
            before = None
        yield _message(entry, _follows(entry, before), transcript.viewer)
        before = entry


def _follows(entry: Entry, before: Entry | None) -> bool:
    if before is None or entry.reply or entry.used or entry.hidden != before.hidden:
        return False
    same = (entry.author, entry.app) == (before.author, before.app)
    return same and entry.at - before.at < TOGETHER


def _message(entry: Entry, follows: bool, viewer: str | None) -> str:
    pinged = viewer in entry.pings
    marks = {"next": follows, "pinged": pinged, "hidden": bool(entry.hidden)}
    classes = " ".join(["message", *(name for name, on in marks.items() if on)])
    head = "" if follows else _head(entry)
    parts = (
        _above(entry),
        head,
        _said(entry),
        "".join(_card(card) for card in entry.cards),
        "".join(
            f'<div class="file">{escape(n)}<small>{_size(s)}</small></div>' for n, s in entry.files
        ),
        "".join(_buttons(row) for row in entry.buttons),
        _reactions(entry),
        f'<div class="thread">{escape(entry.thread)} ›</div>' if entry.thread else "",
        _only(entry, viewer),
    )
    return f'<div class="{classes}">{"".join(parts)}</div>'


def _only(entry: Entry, viewer: str | None) -> str:
    who = "you" if viewer else escape(entry.hidden)
    return f'<div class="only">Only {who} can see this</div>' if entry.hidden else ""


def _head(entry: Entry) -> str:
    stamp = f"{entry.at:%H:%M}"
    name = f'<span class="name">{escape(entry.author)}</span>{_app(entry.app)}'
    return f"{_avatar(entry.author)}<div>{name}<time>{stamp}</time></div>"


def _app(app: bool) -> str:
    return '<span class="app">APP</span>' if app else ""


def _avatar(name: str, size: str = "") -> str:
    initials = "".join(word[0] for word in name.split()[:2]).upper() or "?"
    hue = HUES[zlib.crc32(name.encode()) % len(HUES)]
    classes = f"avatar {size}".strip()
    return f'<span class="{classes}" style="background:{hue}">{escape(initials)}</span>'


def _above(entry: Entry) -> str:
    if entry.used:
        who = f"{_avatar(entry.used.user, 'small')}<b>{escape(entry.used.user)}</b>"
        command = f'<span class="command">{escape(entry.used.command)}</span>'
        return f'<div class="above">{who}used&nbsp;{command}</div>'
    if entry.reply:
        who = ""
        if entry.reply.author:
            small = _avatar(entry.reply.author, "small")
            who = f"{small}{_app(entry.reply.app)}<b>{escape(entry.reply.author)}</b>"
        return f'<div class="above">{who}<span class="said">{escape(entry.reply.text)}</span></div>'
    return ""


def _said(entry: Entry) -> str:
    if entry.failed:
        return f'<div class="failed">{escape(entry.failed)}</div>'
    if entry.thinking:
        words = f"<i></i><i></i><i></i> {escape(entry.author)} is thinking…"
        return f'<div class="thinking">{words}</div>'
    edited = '<span class="edited">(edited)</span>' if entry.edited else ""
    return _blocks(entry.blocks) + edited


def _blocks(blocks: Sequence[Block]) -> str:
    return "".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    inner = "".join(_span(span) for span in block.spans)
    if inner == "" or inner.endswith("\n"):
        inner += "\n"  # a browser shows no empty last line
    if block.kind == "quote":
        return f"<blockquote>{_blocks(block.blocks)}</blockquote>"
    if block.kind == "heading":
        return f"<h{block.level + 1}>{inner}</h{block.level + 1}>"
    if block.kind == "code":
        return f"<pre>{inner}</pre>"
    if block.kind == "item":
        indent = f' style="margin-left:{block.level * 20}px"' if block.level else ""
        mark = f"<span>{escape(block.marker)}</span>"
        return f'<div class="item"{indent}>{mark}<span class="body">{inner}</span></div>'
    return f'<div class="{"small" if block.kind == "small" else "text"}">{inner}</div>'


def _span(span: Span) -> str:
    made = escape(span.text)
    for mark in sorted(span.marks):
        if mark == "spoiler":
            made = f'<span class="spoiler">{made}</span>'
        else:
            made = f"<{TAGS[mark]}>{made}</{TAGS[mark]}>"
    if span.mention and span.mention[0] not in ("emoji", "time"):
        return f'<span class="mention">{made}</span>'
    return _link(span.link, made)


def _link(address: str | None, inner: str, classes: str = "") -> str:
    if not address or not address.startswith(SAFE):
        return inner
    named = f' class="{classes}"' if classes else ""
    return f'<a{named} href="{escape(address)}" rel="noreferrer noopener">{inner}</a>'


def _card(card: Card) -> str:
    title = f"<h3>{_link(card.url, escape(card.title))}</h3>" if card.title else ""
    fields = "".join(f"<h4>{escape(name)}</h4>{_blocks(text)}" for name, text in card.fields)
    footer = f'<div class="footer">{escape(card.footer)}</div>' if card.footer else ""
    return f'<div class="card">{title}{_blocks(card.blocks)}{fields}{footer}</div>'


def _buttons(row: Sequence[Button]) -> str:
    return f'<div class="buttons">{"".join(_button(each) for each in row)}</div>'


def _button(button: Button) -> str:
    off = " off" if button.disabled else ""
    classes = f"button {button.style}{off}"
    if button.url:
        return _link(button.url, f"{escape(button.label)} ↗", classes)
    return f'<span class="{classes}">{escape(button.label)}</span>'


def _reactions(entry: Entry) -> str:
    each = "".join(f"<span>{escape(emoji)} {count}</span>" for emoji, count in entry.reactions)
    return f'<div class="reactions">{each}</div>' if each else ""


def _size(size: int) -> str:
    return f"{size} bytes" if size < 1024 else f"{size / 1024:.1f} KB"
