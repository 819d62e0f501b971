"""Puts the words of whom a question names first, where it asks what somebody said of something."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.answering.pool import Pooled
from handlers.answering.question import Asks
from handlers.answering.rank import Ranked, weighed
from handlers.answering.retrieve import Retrieved
from handlers.answering.said import Heard, heard
from handlers.answering.speaker import speaker
from handlers.sentences import Sentence

# By how much likelier the answer is in the speaker's own words than beside them, and how much more
# (as a logarithm) the more of what is asked they are about. Chosen on even rows of
# tests/questions/said.json, where 10 to 100 and 3 to 5 lead 31 of 34 (25 without); more than that
# puts words about something else before what answers.
SPOKEN, ABOUT = 30.0, 4.5

Source = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Voices:
    """The sentences of each (article, version) that are the speaker's words."""

    heard: Mapping[Source, Sequence[Heard]]

    def holds(self, each: Pooled) -> bool:
        """Say whether a sentence is the speaker's."""
        return self._at(each.candidate.source, each.sentence) is not None

    def first(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        """Give sentences anew, best first, each as likely as it is as the speaker's or not."""
        return weighed(ranked, self._odds)

    def _odds(self, each: Ranked) -> float:
        spoken = self._at(each.candidate.source, each.sentence)
        return SPOKEN * math.exp(ABOUT * spoken.about) if spoken else 1.0

    def _at(self, source: Source, sentence: Sentence) -> Heard | None:
        return next(
            (
                each
                for each in self.heard.get(source, ())
                if each.start <= sentence.start < each.end
            ),
            None,
        )


def voices_of(found: Retrieved, kind: Asks, texts: Mapping[Source, str]) -> Voices | None:
    """Give whose words are wanted, and where they stand; none where a question wants no words."""
    if kind is not Asks.OTHER or not (who := speaker(found.question, found.language)):
        return None
    spans: dict[Source, list[tuple[int, int]]] = {}
    for each in found.candidates:
        spans.setdefault(each.source, []).append((each.passage.start, each.passage.end))
    languages = {each.source: each.language for each in found.candidates}
    every = {
        source: heard(texts[source], languages[source], who, near) for source, near in spans.items()
    }
    return Voices(every) if any(every.values()) else None
