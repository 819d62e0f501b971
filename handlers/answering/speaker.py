"""Whose words a question asks for: what did she say of it, what does he want, according to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from handlers.answering.stems import stems
from handlers.answering.words import is_unspaced, words
from handlers.language import function_words
from handlers.lexicon import Table, load, pattern

TABLES: dict[str, Table] = load(Path(__file__).with_name("said.toml"))
MOST = 4  # words of a name or an office; what is longer was no name
HALF = 0.5  # of the pairs of a name without spaces: 堂本船長 is 船長の堂本勇
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ]")
_WORD = re.compile(r"[^\W\d_]+")
_HIRAGANA = re.compile("[\u3041-\u309f]")
_NOBODY = pattern(TABLES["texts"])
_GENITIVE = re.compile(r"['’]s .*")
_OF = re.compile(r"\s(?:of|de|del|du|von|di|do|da)\s")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words are wanted: a name or an office as the question has it, and about what.

    `names` are the words of it that any mention must hold, `about` the question's other words.
    """

    names: tuple[str, ...]
    about: tuple[str, ...]
    is_office: bool

    def is_in(self, text: str, language: str) -> bool:
        """Say whether a text names the speaker."""
        held = {*words(text)}
        if is_unspaced(self.names[0]):
            return sum(name in held for name in self.names) > HALF * (len(self.names) - 1)
        return {*stems(list(self.names), language)} <= {*stems(list(held), language)}


@lru_cache(maxsize=64)
def speaker(question: str, language: str) -> Speaker | None:
    """Give whose words a question asks for, if it does so in a form that is known.

    The forms of its language come first: of a short question that is a guess.
    """
    for each in sorted(TABLES["asks"], key=lambda known: known != language):
        for form in _forms(each):
            if (match := form.search(question)) and (found := _speaker(match, question, each)):
                return found
    return None


def _speaker(match: re.Match[str], question: str, language: str) -> Speaker | None:
    who = _GENITIVE.sub("", match["who"]).strip(" \"'«»“”„¿?")
    if not _CAPITALS.match(who) and _OF.search(who):
        who = _OF.split(who)[0]  # the mayor of a town
    named = [each for each in words(who) if each not in function_words(language)]
    spaced = bool(named) and not is_unspaced(named[0])
    if not named or (spaced and len(words(who)) > MOST) or _NOBODY.search(who):
        return None
    capitals = [each.lower() for each in _WORD.findall(who) if _CAPITALS.match(each)]
    capitals = [each for each in capitals if each in named]
    has_article = len(named) < len(words(who))
    is_office = spaced and not capitals and (has_article or bool(_CAPITALS.search(question)))
    if spaced and not is_office:
        named = (capitals or named)[-1:]  # people are called by their last name
    return Speaker(tuple(named), _about(question.replace(who, " "), language), is_office)


def _about(rest: str, language: str) -> tuple[str, ...]:
    """Give what is left of a question without the words that ask who said what."""
    for table in ("say", "by"):
        if phrases := TABLES[table].get(language):
            rest = pattern({language: phrases}).sub(" ", rest)
    drop = function_words(language)
    return tuple(
        each
        for each in dict.fromkeys(words(rest))
        if each not in drop and len(each) > 1 and not _HIRAGANA.search(each)
    )


@cache
def _forms(language: str) -> tuple[re.Pattern[str], ...]:
    say = "|".join(TABLES["say"][language])
    return tuple(
        re.compile(rf"(?<!\w)(?:{each.replace('{say}', say)})", re.IGNORECASE)
        for each in TABLES["asks"][language]
    )
