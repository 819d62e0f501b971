"""Who is named where in the sentences of an article, as seen from the one whose words are asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from handlers.answering.facts import fold, names
from handlers.answering.speaker import TABLES, Speaker
from handlers.answering.stems import stems
from handlers.answering.words import words
from handlers.lexicon import pattern

CASELESS = frozenset({"ar", "fa", "he", "ja", "ko", "th", "zh"})
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_APPOSITION = re.compile(r", [^,.\"“„«:]{2,80},")
_BEHIND = re.compile(r",? (?:[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ][\w’'-]+ ?)+")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in a sentence; `is_speaker` is None for "she", who may be anybody named before."""

    start: int
    end: int
    is_speaker: bool | None


@dataclass(frozen=True, slots=True)
class Cast:
    """The speaker in one article: the further names that it has for them, and who else is there."""

    speaker: Speaker
    alias: frozenset[str]
    others: frozenset[str]
    language: str

    @classmethod
    def of(cls, blocks: Sequence[str], speaker: Speaker, language: str) -> Cast:
        """Read the paragraphs of an article."""
        alias = frozenset(_aliases(speaker, blocks, language))
        there = {each.text for block in blocks for each in names(block, language) if each.sure}
        return cls(speaker, alias, frozenset(there) - alias, language)

    def holds(self, text: str) -> bool:
        """Say whether a text names the speaker."""
        return self.speaker.is_in(text, self.language) or any(
            fold(match.group()) in self.alias for match in _TOKEN.finditer(text)
        )

    def named(self, text: str) -> list[Named]:
        """Give who is named in a sentence, in order; names in a row are one."""
        if self.language in CASELESS:
            found = (text.find(name) for name in self.speaker.names if self.holds(text))
            return [Named(at, at + 1, True) for at in found if at >= 0]
        return _without_appositions(text, _in_rows(text, self._each(text)))

    def _each(self, text: str) -> Iterator[Named]:
        last = _read(self.speaker.names[-1], self.language)[1]
        office = self.speaker.is_office and not self.speaker.is_in(text, self.language)
        for match in _TOKEN.finditer(text):
            word = match.group()
            folded, stem = _read(word, self.language)
            if (stem == last and not office) or folded in self.alias:
                yield Named(*match.span(), True)
            elif word[0].isupper() and folded in self.others:
                yield Named(*match.span(), False)
            elif _he(self.language).fullmatch(word):
                yield Named(*match.span(), None)


@lru_cache(maxsize=4_096)
def _read(word: str, language: str) -> tuple[str, str]:
    """Give a word folded, and its stem without a genitive's apostrophe."""
    return fold(word), stems(words(word)[:1] or [word], language)[0]


def _in_rows(text: str, found: Iterable[Named]) -> list[Named]:
    rows: list[Named] = []
    for each in found:
        last = rows[-1] if rows else None
        both = last and last.is_speaker is not None and each.is_speaker is not None
        if last and both and text[last.end : each.start] == " ":
            rows[-1] = Named(last.start, each.end, bool(last.is_speaker or each.is_speaker))
        else:
            rows.append(each)
    return rows


def _without_appositions(text: str, found: list[Named]) -> list[Named]:
    """Let "Ada Quill, head of Brightwater," be the speaker up to the second comma."""
    kept: list[Named] = []
    for each in found:
        if kept and each.start < kept[-1].end:
            continue
        behind = _APPOSITION.match(text, each.end) if each.is_speaker else None
        kept.append(Named(each.start, behind.end() if behind else each.end, each.is_speaker))
    return kept


def _aliases(speaker: Speaker, blocks: Iterable[str], language: str) -> Iterator[str]:
    """Give the names behind an office: harbour master Ada Quill. In German any noun may be one."""
    if language in CASELESS or not (speaker.is_office or language == "de"):
        return
    last = stems(list(speaker.names[-1:]), language)[0]
    for text in blocks:
        if speaker.is_in(text, language):
            for match in _TOKEN.finditer(text):
                behind = _BEHIND.match(text, match.end())
                if behind and last in stems(words(match.group()), language):
                    yield from (fold(each.group()) for each in _TOKEN.finditer(behind.group()))


@cache
def _he(language: str) -> re.Pattern[str]:
    return pattern({language: TABLES["he"].get(language, ["(?!)"])})
