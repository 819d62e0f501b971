"""Measures the honest no in the question's own language, and finds the weights for it.

python -m bench.answers_known [--data FOLDER] [--limit N] [--fit]

Libraries of three kinds: half of a set's passages, asked about them and about the other half, of
which it knows nothing; every second passage, so that the subject is there and the answer is not;
three passages, as a library begins. Weights and limit are learnt on questions with even numbers;
the figures are of the odd ones, at most so many a library with an answer and without.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from bench.answers_abroad import Judged, report, thinned
from bench.answers_no import DATA, Asked, Question, ask_all
from bench.logistic import fit
from bench.remembered import Remembered
from bot.beir import Document, EvaluationSet, load_set
from handlers.answering.evidence import KNOWN

NAMES = [name for name in KNOWN if name != "enough"]
LET_THROUGH = 0.17  # of questions with even numbers about another half, by the limit
XQUAD = tuple(f"xquad-{language}" for language in ("en", "de", "es", "ru", "ar", "zh"))
SETS = (*XQUAD, "jsquad-valid", "drcd-dev")
FEW, LIBRARIES = 3, 40

Halves = tuple[list[Question], list[Question]]


def asked_of(
    chosen: EvaluationSet, own: Sequence[Document], others: Sequence[Document], limit: int
) -> Halves:
    """Give the even and the odd questions about passages of the library, and about others."""
    asked: Halves = ([], [])
    for answerable, part in ((True, own), (False, others)):
        ids = {each.id for each in part}
        for at, half in enumerate(asked):
            fitting = [
                each.text for each in chosen.queries[at::2] if chosen.judged[each.id].keys() <= ids
            ]
            half += [(text, answerable) for text in thinned(fitting, limit)]
    return asked


def libraries(
    chosen: EvaluationSet, kind: str, limit: int
) -> Iterator[tuple[Sequence[Document], Halves]]:
    """Give the libraries of one kind with what is asked of them."""
    every = chosen.documents
    middle = len(every) // 2
    if kind == "half":
        own, others = every[:middle], every[middle:]
    else:
        own, others = every[::2], every[1::2]
    if kind != "few":
        yield own, asked_of(chosen, own, others, limit)
        return
    for at in range(0, middle - FEW, max(FEW, middle // LIBRARIES)):
        few, far = every[at : at + FEW], every[at + middle : at + middle + FEW]
        yield few, asked_of(chosen, few, far, max(1, limit // LIBRARIES))


async def of_kind(
    name: str, kind: str, arguments: argparse.Namespace, embedder: Remembered
) -> Judged:
    """Ask all libraries of one kind that a set gives."""
    chosen = load_set(arguments.data / "retrieval" / name)
    got: tuple[list[Asked], list[Asked]] = ([], [])
    for documents, halves in libraries(chosen, kind, arguments.limit):
        for rows, questions in zip(got, halves, strict=True):
            rows += await ask_all(documents, questions, embedder, words=False)
    return Judged(f"{name}, {kind}", kind == "half", got)


def learnt(every: Sequence[Judged]) -> dict[str, float]:
    """Give weights, with the limit that lets through as many about the other half as it should."""
    rows = [row for each in every for row in each.halves[0] if _is_own(row)]
    weights = fit(_seen(rows), np.array([row.answerable for row in rows]))[1:]
    beyond = [row for each in every if each.learnt_from for row in each.halves[0]]
    nothing = [row for row in beyond if _is_own(row) and not row.answerable]
    least = float(np.quantile(_seen(nothing) @ weights, 1 - LET_THROUGH))
    found = {name: round(weight, 2) for name, weight in zip(NAMES, weights.tolist(), strict=True)}
    return found | {"enough": round(-least, 2)}


def _is_own(row: Asked) -> bool:
    return row.seen is not None and not row.seen.foreign


def _seen(rows: Sequence[Asked]) -> np.ndarray:
    return np.array([[float(getattr(row.seen, name)) for name in NAMES] for row in rows])


async def main(arguments: argparse.Namespace) -> None:
    embedder = Remembered()
    kinds = [(name, "half") for name in SETS]
    kinds += [(name, kind) for kind in ("second", "few") for name in XQUAD]
    try:
        every = [await of_kind(*each, arguments, embedder) for each in kinds]
    finally:
        await embedder.close()
    for each in every:
        report(each.name, each.halves[1])
    for kind in ("half", "second", "few"):
        rows = [row for each in every if each.name.endswith(kind) for row in each.halves[1]]
        report(f"all, {kind}", rows)
    if arguments.fit:
        print(json.dumps(learnt(every)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--limit", type=int, default=80)
    parser.add_argument("--fit", action="store_true")
    asyncio.run(main(parser.parse_args()))
