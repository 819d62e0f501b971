"""What of a question is looked for by words: its words, phrases, numbers, dates, near spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.answering.words import content_words, names
from storage.exact import mass
from storage.finder import Finder
from storage.forms import forms, without_numbers
from storage.terms import normal

_QUOTED = re.compile(
    r"\"([^\"]+)\"|“([^”“]+)[”“]|„([^“”„]+)[“”]|«([^»]+)»|「([^」]+)」|『([^』]+)』"
)
_PARTICLES = re.compile("[\u3041-\u309f]+")  # hiragana: what holds Japanese sentences together
AT_HOME = 0.02  # share of a library in the question's language that makes its words its own


@dataclass(frozen=True, slots=True)
class Sought:
    """The words to look for; `most` is the BM25 score of a passage that would hold them all.

    `spelt` are those that no passage holds but in a near spelling.
    """

    words: tuple[str, ...]
    most: float
    frequencies: dict[str, int]
    passages: int
    spelt: frozenset[str] = frozenset()


def sought(
    finder: Finder, library: str, question: str, language: str, held: dict[str, int]
) -> Sought:
    """Give what to look for in a library with so many passages a language.

    A word that no passage holds is looked for in its near spellings as well: any word where the
    library has texts in the question's language, else what looks like a name.
    """
    plain = normal(question)
    words = content_words(without_numbers(question), language)
    words = [word for word in words if not _PARTICLES.fullmatch(word)] or words
    extra = [*forms(plain), *_phrases(question)]
    shown = content_words(question, language)
    frequencies, passages = finder.document_frequencies(
        library, list(dict.fromkeys([*words, *extra, *shown]))
    )
    found = [word for word in [*words, *extra] if word in words or frequencies[word]]
    unknown = [word for word in words if not frequencies[word]]
    if held.get(language, 0) < AT_HOME * sum(held.values()):
        own = set(names(question, language))
        unknown = [word for word in unknown if word in own]
    near = finder.spellings(library, unknown) if unknown else {}
    counts = [1 if word in near else frequencies[word] for word in found]
    spelled = [spelling for word in unknown for spelling in near.get(word, [])]
    return Sought(
        tuple(dict.fromkeys([*found, *spelled])),
        mass(counts, passages),
        {word: frequencies[word] for word in shown},
        passages,
        frozenset(word for word in near if near[word]),
    )


def _phrases(question: str) -> list[str]:
    """Give what stands in quotation marks, where it is more than a word."""
    quoted = ["".join(part or "" for part in parts) for parts in _QUOTED.findall(question)]
    return [phrase for phrase in quoted if len(phrase.split()) > 1]
