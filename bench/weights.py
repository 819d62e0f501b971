"""Finds the weights of handlers/reading/choose.toml on one half of the pages with a known text.

    python -m bench.weights > handlers/reading/choose.toml

Logistic regression on whether a piece stands in the true text, each page weighing the same,
drawn towards a plain vote of the libraries. Pages whose address hashes to an even number are
learnt from; bench/reading.py reports the other half apart.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench.pages import Page, is_learnt_from, pages
from handlers.errors import Refused
from handlers.reading.align import align
from handlers.reading.choose import VOTERS, features, votes_of
from handlers.reading.hidden import drop_hidden
from handlers.reading.jsonld import said_of
from handlers.reading.pieces import pieces_of
from handlers.reading.tree import tree_of, unfold
from handlers.reading.voices import voices

DRAWN = 0.1  # how strongly towards the plain vote
MOST_TOKENS = 400  # a longer piece weighs no more
ROUNDS = 60


def learn(chosen: Sequence[Page]) -> dict[str, float]:
    """Give the weight of each feature."""
    rows, truths, loads, names = [], [], [], []
    for page in chosen:
        found = _rows(page)
        if found is None:
            continue
        table, truth, sizes = found
        names = list(table[0])
        rows += [list(row.values()) for row in table]
        truths += [share >= 0.5 for share in truth]
        whole = sum(size for size, share in zip(sizes, truth, strict=True) if share >= 0.5)
        loads += [min(size, MOST_TOKENS) / max(60, whole) for size in sizes]
    prior = {"bias": -4.0, **dict.fromkeys(VOTERS, 8.0 / len(VOTERS))}
    start = np.array([prior.get(name, 0.0) for name in names])
    load = np.array(loads) / sum(loads) * len(chosen)
    weights = _fit(np.array(rows), np.array(truths, float), load, start)
    return dict(zip(names, (round(float(each), 3) for each in weights), strict=True))


def _rows(page: Page) -> tuple[list[dict[str, float]], list[float], list[int]] | None:
    try:
        root = tree_of(page.html)
    except Refused:
        return None
    said = said_of(root)
    drop_hidden(root)
    unfold(root)
    pieces = pieces_of(root)
    tokens = [piece.tokens for piece in pieces]
    truth = align(tokens, page.text)
    if not any(share >= 0.5 for share in truth):
        return None
    votes = votes_of(pieces, voices(root))
    return features(pieces, votes, said.body), truth, [len(each) for each in tokens]


def _fit(rows: np.ndarray, truth: np.ndarray, load: np.ndarray, start: np.ndarray) -> np.ndarray:
    weights = start.copy()
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (load * (chance - truth)) + DRAWN * (weights - start)
        bend = (rows * (load * chance * (1 - chance))[:, None]).T @ rows
        weights -= np.linalg.solve(bend + DRAWN * np.eye(len(weights)), slope)
    return weights


if __name__ == "__main__":
    print("# Made by bench/weights.py from half of the pages with a known text; see there.")
    print("[weights]")
    for name, weight in learn([page for page in pages() if is_learnt_from(page.id)]).items():
        print(f"{name} = {weight}")
