"""Which sentences of an article are somebody's words or tell their opinion.

What decides is who is named nearest to a verb of saying, or who was named last where a sentence
with such a verb or a quotation names nobody; in a talk, whose turn it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from handlers.answering.naming import CASELESS, Cast, Named
from handlers.answering.pool import blocks_of
from handlers.answering.speaker import TABLES, Speaker
from handlers.answering.stems import stems
from handlers.answering.words import words
from handlers.blocks import Block, Kind
from handlers.lexicon import opening, pattern, whole
from handlers.sentences import sentences

BACK = 6  # sentences in which somebody who is only "he" is looked for
NEAR = 45  # characters between a name and a verb of saying that belong together
# Characters in which a sentence names whom it is about: further in for the speaker than for others,
# who are in "he sold it to Ada Quill" as well.
OPENS, OTHERS = 45, 12
BESIDE = 3  # characters between a name and a verb that stand side by side
AROUND = 2_000  # characters beside a passage in which it may be said who speaks
TURNS = 3  # blocks with a label that make a talk
HEARD = 0.8  # what a word counts that only the question of a talk has
_LABEL = re.compile(
    r"(?:[*_]{1,3})?(?P<who>[^\d:：*_\"“”„«»。！？!?]{1,40}?)(?:[*_]{1,3})?(?:,[^:：.\"“„«]{1,60})?\s?[:：]"
    r"(?:[*_]{1,3})?\s*(?=\S)"
)
_NOTHING = re.compile(r"(?!)")
_LONGEST = 5  # words of a label
_SMALL = 3  # letters of a word in it that needs no capital
_QUOTED = re.compile(
    r"\"[^\"]*(?:\"|$)|“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|«[^»]*(?:»|$)|‹[^›]*(?:›|$)"
    r"|»[^«]*(?:«|$)|「[^」]*(?:」|$)|『[^』]*(?:』|$)|^[—–-]\s?[^—–]*(?:[—–]|$)"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence of the speaker's: its place, and the share of what is asked that it is about."""

    start: int
    end: int
    about: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with the label of its turn, if there is one, and the turn before it."""

    start: int
    end: int
    text: str
    path: tuple[str, ...]
    label: str
    before: str


def heard(
    text: str, language: str, speaker: Speaker, spans: Sequence[tuple[int, int]] = ()
) -> list[Heard]:
    """Give the sentences of an article that are the speaker's words or tell what they say.

    Of a long one only those near `spans`, and where it opens, are read.
    """
    if not speaker.is_in(text, language):
        return []
    every = blocks_of(text) if not spans else _near(blocks_of(text), spans)
    lines = list(_lines(text, every, language))
    cast = Cast.of([block.of(text) for block in every], speaker, language)
    talks = any(cast.holds(label) for label in {line.label for line in lines})
    return [
        Heard(line.start, line.end, _about(line, speaker, language))
        for at, line in enumerate(lines)
        if _is_theirs(lines, at, cast, talks=talks)
    ]


def _is_theirs(lines: Sequence[_Line], at: int, cast: Cast, *, talks: bool) -> bool:
    """Say whether a sentence is the speaker's; `talks` says that a label names the speaker.

    Where none does, the speaker is the one who answers.
    """
    line = lines[at]
    if line.label:
        answers = not talks and bool(whole(TABLES["answers"]).match(line.label))
        addressed = cast.holds(line.text.partition(",")[0])
        return answers or cast.holds(line.label) or (_told(line, cast) is True and not addressed)
    told = _told(line, cast)
    return told or (told is None and _speaks(line, cast) and _goes_on(lines, at, cast))


def _told(line: _Line, cast: Cast) -> bool | None:
    """Say whether the speaker is who says something in a sentence; `None` where it names nobody."""
    outside = _unquoted(line.text)
    verbs = _verbs(outside, cast.language)
    named = cast.named(outside)
    if not verbs:
        return named[0].is_speaker if named and outside != line.text else None
    for verb in sorted(verbs):
        near = [each for each in named if _distance(each, verb) <= NEAR]
        if near:
            return min(near, key=lambda each: _distance(each, verb)).is_speaker
    return None


def _goes_on(lines: Sequence[_Line], at: int, cast: Cast) -> bool:
    """Say whether it is the speaker whom the sentences before are about."""
    line = lines[at]
    if cast.language in CASELESS and not (
        _pronoun(cast.language).match(line.text) or _QUOTED.match(line.text)
    ):
        return False
    for back in reversed(lines[max(0, at - BACK) : at]):
        if back.path != line.path or back.label:
            return False
        named = cast.named(outside := _unquoted(back.text))
        verbs = _verbs(outside, cast.language)
        known = [each for each in named if each.is_speaker is not None]
        if named and all(each.is_speaker for each in named):
            return True
        subject = [
            each.is_speaker
            for each in known
            if each.start <= (OPENS if each.is_speaker else OTHERS)
            or any(_distance(each, verb) <= BESIDE for verb in verbs)
        ]
        if subject:
            return any(subject)
    return False


def _near(every: Sequence[Block], spans: Sequence[tuple[int, int]]) -> list[Block]:
    wide = [(0, AROUND), *((start - AROUND, end + AROUND) for start, end in spans)]
    return [
        block
        for block in every
        if any(start <= block.end and block.start <= end for start, end in wide)
    ]


def _lines(text: str, every: Sequence[Block], language: str) -> Iterator[_Line]:
    labels = [_label(block.of(text), language) for block in every]
    labelled = [at for at, label in enumerate(labels) if label]
    last = labelled[-1] if len(labelled) >= TURNS else -1  # where a talk ends
    turn, asked, said = "", "", ""
    for at, (block, label) in enumerate(zip(every, labels, strict=True)):
        if block.kind is Kind.HEADING:
            turn = asked = said = ""
            continue
        if label and label != turn:
            asked, said = said, ""
        turn = label or (turn if at < last else "")
        said = f"{said} {block.of(text)}"
        for each in sentences(text, block, language):
            yield _Line(
                each.start, each.end, each.of(text), block.path, turn, asked if turn else ""
            )


def _label(block: str, language: str) -> str:
    """Give whose turn a block says it is: a name before a colon, which says nothing itself."""
    match = _LABEL.match(block)
    who = match["who"].strip() if match else ""
    parts = who.split()
    large = all(not part.islower() or len(part) <= _SMALL for part in parts)
    if not parts or len(parts) > _LONGEST or not large or _verbs(who, language):
        return ""
    return "" if _find("he", language).search(who) else who


def _unquoted(text: str) -> str:
    """Give a sentence with blanks for what stands in quotation marks."""
    return _QUOTED.sub(lambda match: " " * len(match.group()), text)


def _verbs(text: str, language: str) -> list[tuple[int, int]]:
    found = (_find(table, language).finditer(text) for table in ("say", "calls", "by"))
    return [match.span() for matches in found for match in matches]


def _speaks(line: _Line, cast: Cast) -> bool:
    return bool(_verbs(line.text, cast.language) or _QUOTED.search(line.text))


def _about(line: _Line, speaker: Speaker, language: str) -> float:
    """Give the share of the question's own words in a sentence, or in what it answers."""
    wanted = {*stems(list(speaker.about), language)}
    here = wanted & {*stems(words(f"{line.text} {' '.join(line.path)}"), language)}
    there = wanted & {*stems(words(line.before), language)} - here
    return (len(here) + HEARD * len(there)) / len(wanted) if wanted else 1.0


def _distance(one: Named, verb: tuple[int, int]) -> int:
    return max(one.start - verb[1], verb[0] - one.end, 0)


@cache
def _find(table: str, language: str) -> re.Pattern[str]:
    rows = TABLES[table]
    if table != "say" and language not in rows:
        return _NOTHING
    return pattern({language: rows[language]} if language in rows else rows)


@cache
def _pronoun(language: str) -> re.Pattern[str]:
    rows = TABLES["pronouns"]
    return opening({language: rows[language]} if language in rows else rows)
