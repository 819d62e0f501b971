"""A sentence taken apart into what can be checked against another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from handlers.answering.facts import Name, Number, fold, meets, names, numbers, quoted, weekdays
from handlers.answering.polarity import contradicts
from handlers.answering.quotes import Quote
from handlers.answering.stems import stems
from handlers.answering.words import content_words
from handlers.lexicon import load

_OPENERS = load(Path(__file__).with_name("facts.toml"))["openers"]
_ENDINGS = 3  # letters by which names differ where languages inflect them
_UNINFLECTED = frozenset({"en", "zh", "ja", "ko", "th", "vi"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its numbers, weekdays, quoted words, names and content words' stems."""

    text: str
    language: str
    folded: str
    numbers: tuple[Number, ...]
    weekdays: frozenset[int]
    quoted: tuple[str, ...]
    names: tuple[Name, ...]
    words: frozenset[str]

    @property
    def named(self) -> frozenset[str]:
        """The names, as `missing` gives them."""
        return frozenset(f"name {each.text}" for each in self.names)

    def contradicted_by(self, source: Statement) -> bool:
        """Say whether a source says the opposite (polarity.py)."""
        return contradicts(self.text, source.text, self.language, source.language)

    def missing(self, source: Statement, title: str) -> frozenset[str]:
        """Give what of this sentence a source does not state.

        A name may stand in the title where the source names nobody else: there a pronoun or
        nothing stands for it.
        """
        lacking = [
            f"number {sorted(map(str, each.readings))}{each.percent}{each.month}"
            for each in self.numbers
            if not any(each.met_by(other) for other in source.numbers)
        ]
        lacking += [f"day {day}" for day in self.weekdays - source.weekdays]
        lacking += [f"words {words}" for words in self.quoted if words not in source.folded]
        shown = f"{source.folded} {fold(title)}" if self.names_all(source) else source.folded
        lacking += [
            f"name {each.text}" for each in self.names if not self._met(each, source, shown)
        ]
        return frozenset(lacking)

    def names_all(self, source: Statement) -> bool:
        """Say whether this sentence holds every name of a source."""
        return all(self._met(each, self, self.folded) for each in source.names if each.sure)

    def overlap(self, source: Statement) -> float:
        """Give the share of this sentence's content words that a source holds."""
        return len(self.words & source.words) / max(1, len(self.words))

    def joint_overlap(self, *quotes: Quote) -> float:
        """Give the share of content words that several quotes hold together."""
        held = (state(quote.text, quote.candidate.language).words for quote in quotes)
        return len(self.words & frozenset(chain.from_iterable(held))) / max(1, len(self.words))

    def _met(self, name: Name, source: Statement, shown: str) -> bool:
        if f" {name.text} " in f" {shown} ":
            return True
        alike = {self.language, source.language} <= _UNINFLECTED
        if any(meets(name.text, word, 0 if alike else _ENDINGS) for word in _tokens(shown)):
            return True
        return not name.sure and bool(set(stems([name.text], self.language)) & source.words)


@lru_cache(maxsize=4096)
def state(text: str, language: str, known: frozenset[str] = frozenset()) -> Statement:
    """Take a sentence apart; `known` are names that it may hold, folded."""
    openers = _OPENERS.get(language, ())
    found = (each for each in names(text, language, known) if each.sure or each.text not in openers)
    return Statement(
        text=text,
        language=language,
        folded=fold(text),
        numbers=tuple(numbers(text, language)),
        weekdays=weekdays(text, language),
        quoted=tuple(words for words in quoted(text) if words),
        names=tuple(found),
        words=frozenset(stems(content_words(text, language), language)),
    )


@lru_cache(maxsize=1024)
def _tokens(folded: str) -> frozenset[str]:
    words = "".join(char if char.isalnum() else " " for char in folded.replace("'s ", " ")).split()
    return frozenset(words) | frozenset(folded.replace("'s ", " ").split())
