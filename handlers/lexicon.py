"""Reads tables of phrases, by language, into one pattern each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

# In these scripts words are not set apart, so a phrase may begin and end inside a run.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_EDGE = r"[\W_]*"

Table = Mapping[str, Iterable[str]]


def load(path: Path) -> dict[str, Any]:
    """Read a TOML table of phrases: `[name]`, then `language = ["phrase", …]` a line."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def pattern(table: Table) -> re.Pattern[str]:
    """Compile the phrases of all languages into one pattern that finds any of them as words.

    A phrase is a regular expression. In scripts with spaces it must stand between word ends.
    """
    return re.compile(_any(table), re.IGNORECASE)


def opening(table: Table) -> re.Pattern[str]:
    """Compile a pattern that finds any phrase at the beginning of a text, past its punctuation."""
    return re.compile(rf"{_EDGE}(?:{_any(table)})", re.IGNORECASE)


def whole(table: Table) -> re.Pattern[str]:
    """Compile a pattern that is any phrase and nothing else, but for punctuation around it."""
    return re.compile(rf"(?:{_any(table)}|{_EDGE}(?:{_any(table)}){_EDGE})\Z", re.IGNORECASE)


def _any(table: Table) -> str:
    phrases = sorted({phrase for each in table.values() for phrase in each}, key=len, reverse=True)
    spaced = [phrase for phrase in phrases if not _UNSPACED.search(phrase)]
    unspaced = [phrase for phrase in phrases if _UNSPACED.search(phrase)]
    # a phrase that ends in a letter ends with its word; one that ends in a sign just ends
    parts = [rf"(?<!\w)(?:{'|'.join(spaced)})(?!(?<=\w)\w)"] if spaced else []
    return "|".join(parts + unspaced)
