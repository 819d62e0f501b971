"""Measures the honest no between languages, and finds the weights for it.

python -m bench.answers_abroad [--data FOLDER] [--limit N] [--fit]

XQuAD has the same texts and questions in six languages. A library of half of its articles in one
language (of twelve passages; with texts of other sets beside them) is asked in another: questions
of its own articles, and as many of the other half, which nothing there answers. Then questions of
other sets, some in languages that nothing was learnt from, which nothing there answers either.
Weights and limit were learnt on every other question of the first kind; the figures are of those
kept aside, at most so many a library with an answer and without. `--fit` learns them anew.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench.answers_no import DATA, Asked, Question, area_under_curve, ask_all, share
from bench.logistic import fit
from bench.remembered import Remembered
from bot.beir import load_set
from handlers.answering.evidence import FOREIGN
from handlers.answering.signs import Signs

NAMES = [name for name in FOREIGN if name not in ("mixed", "enough")]  # these hold one language
REFUSED = 0.09  # of the answerable with even numbers, by the limit
SMALL = 12  # passages
HALF = 120
# Language asked in, language of the library, and its size.
PAIRS = (
    *((one, "en", "half") for one in ("de", "zh", "ar", "ru")),
    *((one, "zh", "half") for one in ("en", "es", "ru")),
    *((one, "de", "half") for one in ("en", "zh", "ar")),
    *(("zh", "ru", "half"), ("es", "ru", "half"), ("en", "ar", "half")),
    *(("zh", "en", "small"), ("de", "en", "small"), ("en", "zh", "small"), ("ru", "ar", "small")),
    *(("zh", "en", "wide"), ("de", "en", "wide"), ("en", "zh", "wide")),
)
BESIDE = {"en": ("belebele-en", "mtrag-un"), "zh": ("drcd-dev",)}
OTHERS = (
    *(("jsquad-valid", each) for each in ("drcd-dev", "xquad-zh", "xquad-en", "belebele-en")),
    *(("drcd-dev", "xquad-en"), ("poquad", "norquad-news-val"), ("norquad-news-val", "xquad-de")),
    *((f"xquad-{each}", "belebele-en") for each in ("zh", "ru", "de")),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was asked of one library: the questions with even numbers, and those with odd ones."""

    name: str
    learnt_from: bool
    halves: tuple[list[Asked], list[Asked]]


async def of_pair(
    asking: str, held: str, size: str, arguments: argparse.Namespace, embedder: Remembered
) -> Judged:
    """Ask a library in one language of XQuAD in another."""
    folder = arguments.data / "retrieval"
    questions, texts = (load_set(folder / f"xquad-{each}") for each in (asking, held))
    own, others = texts.documents[:HALF], texts.documents[HALF:]
    if size == "small":
        own = own[:: HALF // SMALL]
    beside = BESIDE[held] if size == "wide" else ()
    documents = [*own, *(each for name in beside for each in load_set(folder / name).documents)]
    asked: tuple[list[Question], list[Question]] = ([], [])
    for answerable, part in ((True, own), (False, others)):
        ids = {each.id for each in part}
        fitting = [
            [each.text for each in queries if questions.judged[each.id].keys() <= ids]
            for queries in (questions.queries[::2], questions.queries[1::2])
        ]
        for half, found in zip(asked, fitting, strict=True):
            half += [(text, answerable) for text in thinned(found, arguments.limit)]
    got = [await ask_all(documents, half, embedder, words=False) for half in asked]
    return Judged(f"{asking} of {held}, {size}", True, (got[0], got[1]))


async def of_others(
    asking: str, library: str, arguments: argparse.Namespace, embedder: Remembered
) -> Judged:
    """Ask a library about other things in another language."""
    folder = arguments.data / "retrieval"
    queries = load_set(folder / asking).queries[1::2]
    asked = [(text, False) for text in thinned([each.text for each in queries], arguments.limit)]
    got = await ask_all(load_set(folder / library).documents, asked, embedder, words=False)
    return Judged(f"{asking} of {library}", False, ([], got))


def thinned(every: Sequence[str], limit: int) -> list[str]:
    """Give at most so many, evenly spread."""
    count = min(limit, len(every))
    return [every[at * len(every) // count] for at in range(count)]


def learnt(rows: Sequence[Asked]) -> dict[str, float]:
    """Give weights, with the limit that refuses as many of these as it should."""
    truth = np.array([each.answerable for each in rows])
    seen = np.array([[getattr(each.seen, name) for name in NAMES] for each in rows])
    weights = fit(seen, truth)[1:]
    least = float(np.quantile((seen @ weights)[truth], REFUSED))
    found = {name: round(weight, 2) for name, weight in zip(NAMES, weights.tolist(), strict=True)}
    return found | {"enough": round(-least, 2)}


def weighed(rows: Sequence[Asked], weights: dict[str, float]) -> list[Asked]:
    """Judge anew by these weights what was judged between languages."""
    return [
        replace(each, sure=_sum(weights, each.seen)) if each.seen and each.seen.foreign else each
        for each in rows
    ]


def _sum(weights: dict[str, float], seen: Signs) -> float:
    return weights["enough"] + sum(weights[name] * float(getattr(seen, name)) for name in NAMES)


def report(name: str, rows: Sequence[Asked]) -> None:
    """Print how many of the answerable are refused, of the others let through, and the area."""
    truth, sure = [each.answerable for each in rows], [each.sure for each in rows]
    figures = {
        "questions": name,
        "number": len(rows),
        "refused": share(rows, True, False),
        "let_through": share(rows, False, True),
        "area_under_roc": round(area_under_curve(truth, sure), 3) if any(truth) else None,
    }
    print(json.dumps({key: value for key, value in figures.items() if value is not None}))


async def main(arguments: argparse.Namespace) -> None:
    embedder = Remembered()
    try:
        every = [await of_pair(*each, arguments, embedder) for each in PAIRS]
        every += [await of_others(*each, arguments, embedder) for each in OTHERS]
    finally:
        await embedder.close()
    if arguments.fit:
        even = [row for each in every for row in each.halves[0]]
        weights = learnt([row for row in even if row.seen and row.seen.foreign])
        print(json.dumps(weights))
        every = [
            replace(each, halves=(each.halves[0], weighed(each.halves[1], weights)))
            for each in every
        ]
    for each in every:
        report(each.name, each.halves[1])
    for name, chosen in (("all pairs", True), ("all others", False)):
        report(
            name, [row for each in every if each.learnt_from is chosen for row in each.halves[1]]
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--limit", type=int, default=20)
    parser.add_argument("--fit", action="store_true")
    asyncio.run(main(parser.parse_args()))
