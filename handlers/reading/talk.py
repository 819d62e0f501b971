"""Finds the messages of a chat: each keeps who said it, and when, and is no heading or title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from handlers.reading.leftovers import OPENS, WHOLE
from handlers.reading.lines import Line, Mark
from handlers.reading.programs import stands_for_media
from handlers.reading.stamps import INLINE, OVER, WHEN

LEAST = 4  # messages that a chat has
STAMPED = 0.2  # their share of its lines, where a time stands beside each name;
ALONE = 0.25  # where each name has a line of its own;
NAMED = 0.5  # where the names alone tell
FOLLOWED = 0.8  # of the names that stand alone, those with a message under them
NAME = 3  # words of a name
_NAME = re.compile(r"[^\W\d_][^:：|/]{0,29}")
_SPEAKS = re.compile(r"([^\W\d_][^:：|/@\d]{0,29})[:：]\s+(?=\S)")
_NOBODY = ("label", "credit", "links", "contact", "about")


def with_messages(lines: Sequence[Line]) -> list[Line]:
    """Give the lines with each message marked, and behind the name that stands over it."""
    for found in (_stamped, _over, _alone, _speaking):
        if heads := found(lines):
            return _joined(lines, heads)
    return list(lines)


def is_chat(lines: Sequence[Line]) -> bool:
    """Say whether messages are so many of the lines that the others belong to them."""
    return sum(line.mark is Mark.SAID for line in lines) > STAMPED * len(lines)


Heads = Mapping[int, int]  # how many lines stand over the message, by the place of the first


def _stamped(lines: Sequence[Line]) -> Heads:
    """Messages with time and name before them, or the entries of a ticker with its times."""
    places = [at for at, line in enumerate(lines) if _is_plain(line) and INLINE.match(line.text)]
    return dict.fromkeys(places, 0) if len(places) >= max(LEAST, STAMPED * len(lines)) else {}


def _over(lines: Sequence[Line]) -> Heads:
    """Messages under a name with a time, in one line or in two."""
    heads: dict[int, int] = {}
    for at, line in enumerate(lines):
        if OVER.fullmatch(line.text):
            heads[at] = 1
        elif WHEN.fullmatch(line.text) and at and _is_name(lines[at - 1]):
            heads[at - 1] = 2
    many = len(heads) >= max(LEAST, STAMPED * len(lines))
    return heads if many and _are_people(lines, heads, _before_time) else {}


def _alone(lines: Sequence[Line]) -> Heads:
    """Messages under a name alone: names come again, and have no name under them."""
    times = Counter(line.text for line in lines if _is_name(line))
    heads = {at: 1 for at, line in enumerate(lines) if _is_name(line) and times[line.text] > 1}
    many = len(heads) >= max(LEAST, ALONE * len(lines))
    if not many or not _are_people(lines, heads, str):
        return {}
    apart = sum(_is_apart(lines, at) for at in heads) >= FOLLOWED * len(heads)
    once = [at for at, line in enumerate(lines) if _is_name(line) and _is_apart(lines, at)]
    return heads | dict.fromkeys(once if apart else (), 1)


def _is_apart(lines: Sequence[Line], at: int) -> bool:
    """Say whether a blank line stands above a line and none below."""
    return lines[at].gap and at + 1 < len(lines) and not lines[at + 1].gap


def _speaking(lines: Sequence[Line]) -> Heads:
    """Messages behind a name and a colon, where most lines are such."""
    names = {at: match[1] for at, line in enumerate(lines) if (match := _speaker(line))}
    times = Counter(names.values())
    heads = {at: 0 for at, name in names.items() if times[name] > 1}
    many = len(heads) >= max(LEAST, NAMED * len(lines))
    return heads if many and len({names[at] for at in heads}) > 1 else {}


def _are_people(lines: Sequence[Line], heads: Heads, name: Callable[[str], str]) -> bool:
    """Say whether what stands over messages is two or more that come again, each over something."""
    times = Counter(name(lines[at].text) for at in heads)
    if max(times.values()) < 2 or len(times) < 2:
        return False
    over = [at + count not in heads and at + count < len(lines) for at, count in heads.items()]
    return sum(over) >= FOLLOWED * len(over)


def _before_time(text: str) -> str:
    return re.split(r"\s*[,—–|·-]?\s*[\[(]?\d", text, maxsplit=1)[0]


def _is_plain(line: Line) -> bool:
    return line.mark in (Mark.NONE, Mark.BULLET)


def _is_name(line: Line) -> bool:
    """Say whether a line could be who speaks: a few words, none of them small, and no button."""
    words = line.text.split()
    named = line.mark is Mark.NONE and len(words) <= NAME and bool(_NAME.fullmatch(line.text))
    if not named or line.is_sentence or any(word[:1].islower() for word in words):
        return False
    return not any(table.match(line.text) for table in WHOLE.values())


def _speaker(line: Line) -> re.Match[str] | None:
    match = _SPEAKS.match(line.text) if line.mark is Mark.NONE else None
    if match is None or len(match[1].split()) > NAME:
        return None
    return None if any(OPENS[name].match(line.text) for name in _NOBODY) else match


def _joined(lines: Sequence[Line], heads: Heads) -> list[Line]:
    whole: list[Line] = []
    at = 0
    while at < len(lines):
        over = heads.get(at)
        body = at + (over or 0)
        if over is None or body >= len(lines) or (over and _says_nothing(lines, heads, body)):
            whole.append(lines[at])
            at += 1
            continue
        whole.append(_message(lines[at : body + 1]))
        at = body + 1
    return whole


def _says_nothing(lines: Sequence[Line], heads: Heads, body: int) -> bool:
    return body in heads or stands_for_media(lines[body].text)


def _message(lines: Sequence[Line]) -> Line:
    parts = tuple(part for line in lines for part in line.parts)
    *over, said = (line.text for line in lines)
    head = ", ".join(each.rstrip(":：") for each in over)
    text = f"{head}: {said}" if head else said
    return replace(lines[0], text=text, mark=Mark.SAID, parts=parts)
