"""Word stems, so that a question's "leave" meets an article's "leaving"."""

from __future__ import annotations

from functools import cache

import Stemmer

from storage.fold import fold

REMEMBERED = 50_000  # words of a language whose reduced form is kept, some 8 MB

_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian",
    "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    algorithm = _ALGORITHMS.get(language)
    return Stemmer.Stemmer(algorithm) if algorithm else None


def stems(words: list[str], language: str) -> list[str]:
    """Give the Snowball stems of lower-case words; unchanged where a language has no stemmer."""
    stemmer = _stemmer(language)
    return list(stemmer.stemWords(words)) if stemmer else words


def reduced(words: list[str], language: str) -> list[str]:
    """Give stems without accents; what lost an accent is stemmed once more.

    So "Brücke" and "Brucke" meet also in the stemmer of a language that knows no ü.
    """
    memory = _memory(language)
    if len(memory) > REMEMBERED:
        memory.clear()
    return list(map(memory.__getitem__, words))


class _Memory(dict[str, str]):
    """Reduced words of one language: a text has most of its words more than once."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __missing__(self, word: str) -> str:
        (stem,) = stems([word], self._language)
        bare = fold(stem)
        if bare != stem:
            (bare,) = stems([bare], self._language)
        self[word] = bare
        return bare


@cache
def _memory(language: str) -> _Memory:
    return _Memory(language)
