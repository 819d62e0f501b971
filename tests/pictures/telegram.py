"""Draws a Telegram conversation as one HTML page that needs nothing from outside."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from tests.fakes.telegram.transcript import Button, Line, Segment, Transcript
from tests.pictures.telegram_style import STYLE

TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code"}
QUOTES = {"blockquote", "expandable_blockquote"}
HUES = ("#d45246", "#c77a1f", "#7b62c9", "#3f9c53", "#2f93a8", "#3d7fc4", "#c24f86")
TAPPED = {"mention", "hashtag", "cashtag", "bot_command", "phone_number", "text_mention"}
SAFE = ("http://", "https://", "mailto:", "tg://")


def page(transcript: Transcript, title: str) -> str:
    """Give the page; `title` is its name in a browser. All texts are escaped."""
    rows = "\n".join(_rows(transcript))
    kind = "bot" if transcript.private else "group"
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(title)}</title>
<style>
{STYLE}
</style>
</head>
<body>
<header>{_avatar(transcript.title)}<div><h1>{escape(transcript.title)}</h1><p>{kind}</p></div></header>
<main>
{rows}
</main>
</body>
</html>
"""


def _rows(transcript: Transcript) -> Iterator[str]:
    """Yield one row for each message, a day's date before its first."""
    day = before = ""
    for line in transcript.lines:
        today = f"{line.time:%B} {line.time.day}"
        if today != day:
            yield f'<p class="day"><span>{today}</span></p>'
            day, before = today, ""
        if line.who == "service":
            yield f'<p class="day"><span>{_text(line.segments)}</span></p>'
            before = ""
            continue
        yield _row(line, transcript.private, first=line.author != before)
        before = line.author


def _row(line: Line, private: bool, *, first: bool) -> str:
    own = private and line.who == "person"
    classes = ["row"]
    classes += ["own"] if own else []
    classes += ["first"] if first else []
    classes += ["streaming"] if line.streaming else []
    classes += ["deleted"] if line.deleted else []
    avatar = "" if private else _avatar(line.author) if first else '<div class="avatar none"></div>'
    name = ""
    if first and not private:
        name = f'<div class="name" style="color:{_hue(line.author)}">{escape(line.author)}</div>'
    return (
        f'<div class="{" ".join(classes)}">{avatar}<div class="stack"><div class="bubble">'
        f"{name}{_above(line)}{_files(line.files)}"
        f'<div class="text">{_text(line.segments)}{_meta(line)}</div>{_reactions(line)}</div>'
        f"{_keyboard(line.buttons)}</div></div>"
    )


def _above(line: Line) -> str:
    made = ""
    if line.forwarded:
        made += f'<div class="forwarded">Forwarded from <b>{escape(line.forwarded)}</b></div>'
    if line.reply:
        hue = _hue(line.reply.author)
        made += (
            f'<div class="reply" style="--hue:{hue}"><b>{escape(line.reply.author)}</b>'
            f"<span>{escape(' '.join(line.reply.text.split()))}</span></div>"
        )
    return made


def _files(files: Sequence[tuple[str, int]]) -> str:
    return "".join(
        f'<div class="file"><i>{escape(_ending(name))}</i>'
        f"<div><b>{escape(name)}</b><span>{_size(size)}</span></div></div>"
        for name, size in files
    )


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2] if "." in name else ""
    return ending[:4].lower() or "•"


def _size(size: int) -> str:
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.1f} KB" if size < 1024**2 else f"{size / 1024**2:.1f} MB"


def _meta(line: Line) -> str:
    words = "typing…" if line.streaming else f"{'edited ' * line.edited}{line.time:%H:%M}"
    return f'<span class="meta">{words}</span>'


def _reactions(line: Line) -> str:
    shown = "".join(f"<span>{escape(emoji)}</span>" for emoji in line.reactions)
    return f'<div class="reactions">{shown}</div>' if shown else ""


def _keyboard(rows: Sequence[Sequence[Button]]) -> str:
    made = ""
    for row in rows:
        buttons = "".join(
            f"<span>{escape(one.label)}{'<em>↗</em>' if one.link else ''}</span>" for one in row
        )
        made += f'<div class="keys">{buttons}</div>'
    return made


def _text(segments: Sequence[Segment]) -> str:
    """Give the text; neighbouring segments inside one quote or code block share its box."""
    made = ""
    for block, inside in groupby(segments, key=_block):
        inner = "".join(map(_inline, inside))
        if block == "pre":
            made += f"<pre>{inner.strip()}</pre>"
        elif block:
            made += f'<blockquote class="{block}">{inner.strip()}</blockquote>'
        else:
            made += inner
    return _tight(made)


def _block(segment: Segment) -> str:
    found = segment.kinds & (QUOTES | {"pre"})
    return min(found) if found else ""


def _tight(made: str) -> str:
    """Take out the line break at each edge of a box, which makes one of its own."""
    for tag in ("blockquote", "pre"):
        made = made.replace(f"</{tag}>\n", f"</{tag}>").replace(f"\n<{tag}", f"<{tag}")
    return made


def _inline(segment: Segment) -> str:
    made = escape(segment.text)
    for kind, tag in TAGS.items():
        if kind in segment.kinds:
            made = f"<{tag}>{made}</{tag}>"
    if "spoiler" in segment.kinds:
        made = f'<span class="spoiler">{made}</span>'
    if segment.link.lower().startswith(SAFE):
        return f'<a href="{escape(segment.link)}" rel="noopener noreferrer">{made}</a>'
    return f"<a>{made}</a>" if segment.kinds & TAPPED else made


def _hue(name: str) -> str:
    return HUES[zlib.crc32(name.encode()) % len(HUES)]


def _avatar(name: str) -> str:
    initials = "".join(word[0] for word in name.split()[:2]).upper() or "?"
    return f'<div class="avatar" style="background:{_hue(name)}">{escape(initials)}</div>'
