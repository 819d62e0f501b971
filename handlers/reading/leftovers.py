"""The phrases of leftover lines, compiled, and the sizes that all rules about them share."""

from __future__ import annotations

from pathlib import Path

from handlers.lexicon import load, opening, pattern, whole
from handlers.phrases import Cut

TABLES = load(Path(__file__).with_name("boilerplate.toml"))
WHOLE = {name: whole(table) for name, table in TABLES["whole"].items()}
OPENS = {name: opening(table) for name, table in TABLES["opens"].items()}
HOLDS = {name: pattern(table) for name, table in TABLES["holds"].items()}

Found = dict[int, Cut]  # why a line goes, by its place

SHORT = 12  # words that a leftover label, credit or notice has at most
LONGEST = 500  # characters that such a line has at most
PROSE = 10  # words of a sentence that belongs to a story
