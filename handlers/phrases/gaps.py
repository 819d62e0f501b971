"""Questions that no article answers, and the people who wait for one."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.phrases.counts import counted

SORTING = "Sorting the questions…"
GAPS = "What people asked and no article answered, the newest first:"
DISLIKED = "Answers that people voted down; /pin and the question chooses a better one:"
NO_GAPS = "Nobody has asked anything in vain."


def asked_by(askers: int, times: int, day: str) -> str:
    people = "1 person" if askers == 1 else f"{askers} people"
    often = f", {times} times" if times > askers else ""
    return f"{people}{often}, last on {day}"


def disliked_by(people: int, reasons: Sequence[str], day: str) -> str:
    why = f": {', '.join(reasons)}" if reasons else ""
    return f"{counted(people, 'person', 'people')}, last on {day}{why}"


TELL_ME = "Tell me when an article answers it"
FOLLOWING = "I will tell you here when an article answers it. Press again if I shall not."
FOLLOWING_MANY = "You wait for many answers already. Press the button of an older one again first."
NOT_FOLLOWING = "I will not tell you when an article answers it."


def now_answered(name: str, question: str) -> str:
    whose = f"{name}, an article answers" if name else "An article answers"
    return f"{whose} what you asked: “{question}”"
