"""The sentences of an answer that is still being written, each with the passages it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from handlers.answering.plain import plain
from handlers.sentences import spans

# [1], [1, 2], [1-3], [^1], [ 1 ], [Source 1], 【1】, 【1†source】, and a link made of one
_MARKER = re.compile(
    r"[\[【][ \t]{0,3}(?:[^\W\d_]{1,10}[ \t]{0,3})?\^?"
    r"(-?\d{1,4}(?:[ \t]{0,2}[,;–-][ \t]{0,2}\d{1,4}){0,8})"
    r"[ \t]{0,3}(?:†[^\[\]【】\n]{0,40})?[\]】](?:\((?=[^()\s]*[:/.#])[^()\s]*\))?"
)
_HALF = re.compile(r"[\[【][^\[\]【】\n]{0,180}$")  # what may become a marker, which is shorter
_SPACE = " \t"
_STOP = re.compile(r"[.!?。！？…｡．؟۔।։።៕][.!?。！？…]*[\"'”’»」』）)\]*_]*")
_LEAD_IN = re.compile(
    r"^\W*(?:according to|as per|in|per|from|laut|gemäß|nach|selon|d['’]après|según|secondo"
    r"|segundo|согласно|по|根据|據|根據)[\s\x00]*(?:\x00(?:,?\s*\w*\s*\x00)*)\s*(?:,|:|，)?\s*",
    re.IGNORECASE,
)
_MARKED_STOP = re.compile(r"[\]】)]\s?[.!?。！？]$")
_CITED_STOP = re.compile(rf"(?:{_MARKER.pattern})\s?[.!?。！？]\Z")
_OPENING = "\"'“‘„«「『（(*_"
_FULL_STOPS = frozenset(".。")
_HOLE = "\x00"
_HOLES = re.compile(rf"\s*{_HOLE}")
_TWICE = re.compile(rf"([.。])(?:\s*{_HOLE})+\s*[.。]")
MOST_MARKERS = 8
LONGEST = 1_000  # characters of a sentence; a longer one is none


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence in plain text and the numbers of the passages that it cites, in order."""

    text: str
    numbers: tuple[int, ...]


def complete(
    text: str, language: str, start: int = 0, *, final: bool = False
) -> tuple[list[Cited], int]:
    """Give the sentences from `start` on that nothing to come can change, and where they end.

    Markers behind a full stop belong to the sentence before it; what may still become a marker
    keeps the sentence back. With `final` nothing is to come. Going on from the end given, with
    more text, gives the same sentences as the whole text at once.
    """
    found = []
    while (end := _end(text, start, language, final=final)) is not None:
        if cited := _cited(text[start:end]):
            found.append(cited)
        start = end
    return found, start


def _end(text: str, start: int, language: str, *, final: bool) -> int | None:
    """Find where the sentence that begins at `start` ends, if that is certain."""
    for at in _stops(text, start):
        if at > start + LONGEST:
            break
        end = _past_markers(text, at, final=final)
        follows = "" if end is None else text[end:].lstrip(_SPACE + _OPENING)[:1]
        if end is None or not (follows or final):
            return None
        spaced = end > at or text[end : end + 1] in _SPACE or _MARKED_STOP.search(text, start, at)
        if text[at - 1] == "\n" or follows in ("", "\n"):
            return end
        if _parts(text[start:at], " " * bool(spaced) + follows, language):
            return end
    if len(text) > start + LONGEST:
        return start + LONGEST
    return len(text) if final and start < len(text) else None


def _stops(text: str, start: int) -> Iterator[int]:
    """Yield the places behind each full stop (with its closing marks) and each line break."""
    at = start
    while at < len(text):
        stop, line = _STOP.search(text, at), text.find("\n", at)
        if stop and (line < 0 or stop.start() < line):
            at = stop.end()
        elif line >= 0:
            at = line + 1
        else:
            return
        yield at


def _past_markers(text: str, at: int, *, final: bool) -> int | None:
    """Skip the markers behind a stop, and those alone on the next line; `None` if uncertain."""
    end: int | None = at if text[at - 1] == "\n" else _run(text, at, final=final)
    if end is None:
        return None
    below = len(text) - len(text[end:].lstrip())
    if "\n" not in text[at - 1 : below]:
        return end
    run = _run(text, below, final=final)
    if run is None or (run == len(text) and not final):
        return None
    after = text[run:].lstrip(_SPACE)[:1]
    if run > below and not after and not final:
        return None
    return run if run > below and after in ("", "\n") else end


def _run(text: str, at: int, *, final: bool) -> int | None:
    """Skip a run of markers and a full stop behind it; `None` while it may still grow."""
    end = at
    while True:
        here = len(text) - len(text[end:].lstrip(_SPACE))
        if marker := _MARKER.match(text, here):
            end = marker.end()
        elif not final and (here == len(text) or text[here] == "(" or _HALF.match(text, here)):
            return None
        else:
            return end + 1 if end > at and text[end : end + 1] in _FULL_STOPS else end


def _parts(sentence: str, follows: str, language: str) -> bool:
    """Say whether a sentence ends before the character that follows."""
    if follows.isascii() and follows.isalnum():
        return False  # a.b
    bare = _MARKER.sub("", sentence).strip()
    if bare and _CITED_STOP.search(sentence) and not follows.lstrip()[:1].islower():
        return True  # "since May [1]. The": a stop behind a marker is no abbreviation's
    return bool(bare) and _splits(bare, follows, language)


@lru_cache(maxsize=512)
def _splits(bare: str, rest: str, language: str) -> bool:
    return any(end == len(bare) for _, end in spans(bare + rest, language))


def _cited(raw: str) -> Cited | None:
    numbers: list[int] = []
    for match in _MARKER.finditer(raw):
        numbers += _numbers(match.group(1))
    if len(raw) >= LONGEST:
        return None
    text = _MARKER.sub(_HOLE, raw.replace(_HOLE, ""))
    if lead_in := _LEAD_IN.match(text):
        rest = text[lead_in.end() :]
        text = rest[:1].upper() + rest[1:]
    text = plain(_HOLES.sub("", _TWICE.sub(r"\1", text)))
    if not any(char.isalnum() for char in text):
        return None
    return Cited(text, tuple(dict.fromkeys(numbers))[:MOST_MARKERS])


def _numbers(inside: str) -> list[int]:
    """Read `1`, `1, 2` and `1-3`."""
    found: list[int] = []
    for part in re.split(r"\s*[,;]\s*", inside):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        if part.startswith("-"):
            continue
        found += range(ends[0], min(ends[-1], ends[0] + MOST_MARKERS) + 1) if ends else []
    return found
