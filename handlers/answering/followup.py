"""Reads a follow-up ("and when does he leave?") with the questions that it goes on from."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from handlers.answering.rewrite import Rewrite
from handlers.answering.wish import wish
from handlers.answering.words import is_unspaced, names, words
from handlers.language import detect, function_words
from handlers.lexicon import load, opening, pattern
from storage.records import Question, Turn
from storage.store import Store

_FOLLOWS = load(Path(__file__).with_name("cues.toml"))["follows"]
# by language: what is a pronoun in one is a preposition in another
_OPENS = {language: opening({language: each}) for language, each in _FOLLOWS["opens"].items()}
_GOES_ON = {language: pattern({language: each}) for language, each in _FOLLOWS["on"].items()}
MOST = 5  # content words: with more than that, or with a name of its own, a question never leans
WHOLE = 8  # content words: with more than that it says all by itself, whatever was asked before


@dataclass(frozen=True, slots=True)
class Readings:
    """A question as it most likely stands alone, and the other way to read it, if there is one.

    `whole` means that the first one says all by itself: it was rewritten.
    """

    alone: str
    other: str = ""
    whole: bool = False

    @property
    def carried(self) -> str:
        """The reading with the questions before it: the longer one."""
        return max(self.alone, self.other, key=len)

    @property
    def carries(self) -> bool:
        """Whether it may stand alone, and is read with the questions before it besides."""
        return len(self.other) > len(self.alone)


async def readings(
    store: Store,
    library: str,
    turn: Turn | None,
    question: str,
    rewrite: Rewrite | None = None,
    above: Sequence[Question] = (),
) -> Readings:
    """Give how a question may be read in its conversation, and behind those of its message.

    One that leans on what was asked before is read as it is rewritten, or with that before it;
    one that may stand alone by itself first; one with a name, or long, by itself only.
    """
    before = list(above)
    if turn is not None and turn.conversation:
        before = [*await store.conversation(library, turn.conversation, turn.question), *above]
    if not before:
        return Readings(question)
    read = await asyncio.to_thread(read_after, question, before)
    if rewrite and read.alone != question and (alone := await rewrite(question, before)):
        return Readings(alone, read.alone, whole=True)
    return read


def read_after(question: str, before: Sequence[Question]) -> Readings:
    """Give the readings of a question after others, of which there is one at least."""
    carrying = _carrying(question)
    if len(carrying) > WHOLE or names(question, detect(question)):
        return Readings(question)
    asked = [text for each in before if (text := _asked(each))]
    if not asked:
        return Readings(question)
    carried = f"{_subject(asked)} {question}"
    if not carrying:
        return Readings(carried)
    return Readings(carried, question) if leans(question) else Readings(question, carried)


def _asked(before: Question) -> str:
    """Give what was asked: of an article as a whole, its title, which it was noted by, if any."""
    if not wish(before.text):
        return before.text
    return before.alone if before.alone != before.text else ""


def leans(question: str) -> bool:
    """Say whether a question by itself lacks what it is about."""
    language = detect(question)
    carrying = _carrying(question)
    if names(question, language) or _weight(carrying) > MOST:
        return False
    if not carrying:
        return True
    opens, goes_on = _OPENS.get(language), _GOES_ON.get(language)
    return bool((opens and opens.match(question)) or (goes_on and goes_on.search(question)))


def _subject(before: Sequence[str]) -> str:
    """Give what questions are about: the newest, with the last that stood alone if it leans."""
    newest = before[-1]
    standing = next((each for each in reversed(before) if not leans(each)), before[0])
    if standing == newest:
        return newest
    return f"{standing} {newest}" if _carrying(newest) else standing


def _weight(carrying: Sequence[str]) -> float:
    """Count words; of what stands unspaced, where there is a pair for each sign, a pair as half."""
    return sum(0.5 if is_unspaced(word) else 1.0 for word in carrying)


def _carrying(question: str) -> list[str]:
    """Give the words of a question that carry meaning; none where it has only function words."""
    language = detect(question)
    return [word for word in words(question) if word not in function_words(language)]
