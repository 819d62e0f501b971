"""Reads the messy texts and their line verdicts, and holds what cleaning makes of them beside."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handlers.reading.clean import Cleaned, clean
from handlers.reading.pieces import tokens_of


@dataclass(frozen=True)
class Judged:
    """One text as cleaned: wrong lines by kind, and the counts behind precision and recall."""

    name: str
    articles: list[Cleaned]
    wanted: list[dict[str, Any]]
    missed: list[str]
    lost: list[str]
    cut: int
    to_cut: int

    @property
    def precision(self) -> float:
        right = self.to_cut - len(self.missed)
        return right / (right + len(self.lost)) if right + len(self.lost) else 1.0

    @property
    def recall(self) -> float:
        return (self.to_cut - len(self.missed)) / self.to_cut if self.to_cut else 1.0


def words_f1(path: Path) -> float:
    """Give the F1 of the articles' words beside the lines to keep; `either` and heads are free."""
    verdicts = json.loads(path.read_text(encoding="utf-8"))["lines"]
    lines = path.with_suffix(".txt").read_text(encoding="utf-8").split("\n")
    kept, free = Counter[str](), Counter[str]()
    for row in verdicts:
        if row["verdict"] != "drop":
            into = kept if row["verdict"] == "keep" else free
            into.update(tokens_of(lines[row["line"] - 1]))
    articles, _ = clean("\n".join(lines))
    got = Counter(word for each in articles for word in tokens_of(each.text))
    both = (got & kept).total()
    return 2 * both / max(1, both + (got - kept - free).total() + kept.total())


def bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def judge(path: Path) -> Judged:
    """Clean the text beside a verdict file and compare, line by line."""
    verdicts = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    articles, removed = clean(text)
    cut = {each.line for each in removed}
    kept = [bare(each.text) for each in articles]
    heads = [bare(f"{each.title} {each.author or ''}") for each in articles]
    lines = text.split("\n")
    missed, lost = [], []
    for row in verdicts["lines"]:
        line = lines[row["line"] - 1]
        shown = f"{row['line']}: {line[:70]}"
        if row["verdict"] == "drop" and row["line"] not in cut:
            missed.append(shown)
        if row["verdict"] in ("title", "byline") and row["line"] in cut:
            lost.append(shown)
        if row["verdict"] == "keep":
            held = any(bare(line) in each for each in [*kept, *heads])
            if row["line"] in cut or not held:
                lost.append(shown)
    drops = sum(row["verdict"] == "drop" for row in verdicts["lines"])
    return Judged(path.stem, articles, verdicts["articles"], missed, lost, len(removed), drops)
