"""Tells what is asked of an article as a whole, or of the library, from a question of fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from handlers.language import detect
from handlers.lexicon import load

_TABLES = load(Path(__file__).with_name("wish.toml"))
LONGEST = 200  # characters of such a message
NAME = 60  # characters of what is no clause: "what does the report say that people do to …"
SLOT = "…"
ANY = "any"  # said alike in all languages
_APOSTROPHES = str.maketrans("'`´‘ʼ＇", "’’’’’’")
_NUMBER = re.compile(r"(#?)\s*(\d{1,9})")
_UNSPACED = frozenset(("zh", "ja", "ko"))  # there words are not set apart by spaces, or not all


class Asked(StrEnum):
    """What such a message asks for."""

    GIST = "gist"
    LISTING = "listing"
    COUNT = "count"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; of a gist, the article as far as it is named.

    `about` is what is left of its name, `number` its number, 0 for none. `called` says that it is
    called an article; `newest` and `this`, that it is the last one or is pointed at. `sure`: a
    summary was asked for in so many words. `language` is that of the words that ask, empty where
    they are the same in all; `kind` is the word of the name for what kind of article it is.
    """

    asked: Asked
    about: str = ""
    language: str = ""
    number: int = 0
    called: bool = False
    newest: bool = False
    this: bool = False
    sure: bool = True
    kind: str = ""


@lru_cache(maxsize=64)
def wish(message: str) -> Wish | None:
    """Give what a whole message asks of an article or the library; `None` for any other."""
    if len(message) > LONGEST:
        return None
    text = " ".join(message.translate(_APOSTROPHES).split())
    first = None
    for language in _languages(text):
        said = _trimmed(text, _cut("polite", language))
        found = _of_library(said, language) or _of_article(said, language)
        if found and (found.called or not found.about):
            return found
        first = first or found
    return first


def named(message: str) -> Wish | None:
    """Read a message as the name of an article, said when it was asked which one is meant."""
    text = _bare(" ".join(message.translate(_APOSTROPHES).split()))
    language = own if (own := detect(text)) in _TABLES["asks"] else "en"
    if not text or len(text) > NAME or _asks(language, text):
        return None
    found = _read(_trimmed(text, _cut("polite", language)), language, sure=True)
    if found and (number := _NUMBER.fullmatch(found.about)):
        return replace(found, about="", number=int(number[2]))
    return found


def something(language: str) -> str:
    """Give what names nothing in particular in a language, empty where none is known."""
    return str(_TABLES["something"].get(language, ""))


def _languages(text: str) -> list[str]:
    """Give all languages, the one that a text seems to be in first."""
    own = detect(text)
    return [*sorted(_TABLES["polite"], key=lambda language: language != own), ANY]


def _of_library(said: str, language: str) -> Wish | None:
    bare = _trimmed(said, _cut("lately", language))
    plain = ((asked, said) for asked in (Asked.LISTING, Asked.COUNT, Asked.NEWS))
    for asked, text in (*plain, (Asked.NEWS, bare)):
        if any(each.fullmatch(text) for each in _phrases(asked, language)):
            return Wish(asked, language=language)
    return None


def _of_article(said: str, language: str) -> Wish | None:
    for table in ("gist", "about", "within"):
        for phrase in _phrases(table, language):
            match = phrase.fullmatch(said)
            if not match:
                continue
            if not phrase.groups and table == "about":
                return Wish(Asked.GIST, language=language, this=True, sure=False)
            found = _named(_slot(match), language, sure=table == "gist")
            if found and (table != "within" or found.called):
                return found
    return None


def _slot(match: re.Match[str]) -> str:
    return next((part for part in match.groups() if part), "").strip()


def _named(name: str, language: str, *, sure: bool) -> Wish | None:
    """Read what names an article; `None` where it names something else, or is a question."""
    if language != ANY:
        return None if _asks(language, name) else _read(name, language, sure=sure)
    for known in dict.fromkeys((detect(name), "en")):
        if known in _TABLES["asks"]:
            if _asks(known, name):
                return None
            found = _read(name, known, sure=sure)
            if found and found.about != name:
                return replace(found, language="")
    return Wish(Asked.GIST, name)


def _read(name: str, language: str, *, sure: bool) -> Wish | None:
    head = _head("article", language).search(name)
    kind = _head("kind", language).search(name)
    rest = f"{name[: head.start()]} {name[head.end() :]}" if head else name
    cut, newest, this = _cut("links", language), False, False
    rest = _trimmed(rest, cut)
    while True:
        if less := _without("newest", language, rest):
            rest, newest = less[0], True
        elif less := _without("this", language, rest):
            rest, this = less[0], True
        else:
            break
        rest = _trimmed(rest, cut)
    if rest and not _trimmed(rest, _cut("every", language)):
        return Wish(Asked.NEWS, language=language)
    number = _NUMBER.fullmatch(rest)
    if number and not (number[1] or head):
        number = None
    called = bool(head or kind)
    if not sure and (len(rest) > NAME or not (called or ((this or newest) and not rest))):
        return None
    return Wish(
        Asked.GIST,
        "" if number else rest,
        language,
        int(number[2]) if number else 0,
        called,
        newest,
        this,
        sure,
        kind.group().lower() if kind else "",
    )


def _without(table: str, language: str, text: str) -> tuple[str] | None:
    """Give a text without a word of the table at its beginning or end; `None` without one."""
    less = _trimmed(text, _cut(table, language))
    return (less,) if less != _bare(text) else None


def _trimmed(text: str, cut: re.Pattern[str]) -> str:
    """Take words off both ends of a text, and what is no letter and no number."""
    before, text = "", _bare(text)
    while text != before:
        before, text = text, _bare(cut.sub("", text))
    return text


def _bare(text: str) -> str:
    """Take signs off both ends of a text, but the mark of a number."""
    return re.sub(r"\A[^\w#]+|\W+\Z", "", text)


@cache
def _cut(table: str, language: str) -> re.Pattern[str]:
    """Compile what finds one of a table's words at either end of a text."""
    words = _any(_TABLES[table].get(language, ()))
    left, right = _edges(language)
    return re.compile(rf"\A(?:{words}){right}|{left}(?:{words})\Z", re.IGNORECASE)


@cache
def _head(table: str, language: str) -> re.Pattern[str]:
    """Compile what finds the word that calls it an article: at an end, or before what links."""
    words, links = _any(_TABLES[table].get(language, ())), _any(_TABLES["links"].get(language, ()))
    left, right = _edges(language)
    if language in _UNSPACED:
        return re.compile(words)
    named = rf"\W*\Z|\W+(?:{links}){right}|\W*#?\d+\W*\Z|\s*[:\"“”„«»‘]"
    return re.compile(rf"{left}(?:{words}){right}(?={named})", re.IGNORECASE)


def _asks(language: str, name: str) -> bool:
    words = _any(_TABLES["asks"].get(language, ()))
    if language in _UNSPACED:
        return bool(re.search(words, name))
    return bool(re.match(rf"\W*(?:{words})(?!\w)", name, re.IGNORECASE))


@cache
def _phrases(table: str, language: str) -> list[re.Pattern[str]]:
    return list(_compiled(_TABLES[table].get(language, ())))


def _compiled(phrases: Iterable[str]) -> Iterator[re.Pattern[str]]:
    for phrase in phrases:
        yield re.compile(phrase.replace(SLOT, r"(.+?)"), re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True)) or r"(?!)"


def _edges(language: str) -> tuple[str, str]:
    """Give what must not stand around a word: a letter, where words are set apart by spaces."""
    return ("", "") if language in _UNSPACED else (r"(?<!\w)", r"(?:(?<=’)|(?!\w))")
