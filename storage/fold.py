"""Takes accents off words, so that they are found however they are written."""

from __future__ import annotations

import unicodedata

# Letters that are no letter with a mark to Unicode, and are written without it all the same.
_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def fold(word: str) -> str:
    """Take accents and other marks of Latin, Greek, Cyrillic and Arabic letters off a word."""
    if word.isascii():
        return word
    bare = unicodedata.normalize("NFKD", word.translate(_PLAIN))
    kept = "".join(char for char in bare if not _is_accent(char))
    return unicodedata.normalize("NFC", kept) or word


def _is_accent(char: str) -> bool:
    """Say whether a mark may be left out in writing; Indic signs may not (combining classes)."""
    place = unicodedata.combining(char)
    return 10 <= place <= 35 or place >= 200
