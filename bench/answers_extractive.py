"""Measures answers made of the articles' own sentences, beside a plain ranker of sentences.

python -m bench.answers_extractive FOLDER... [--half tuned|aside] [--limit N]

Sets in BEIR form whose questions have `answers`; the first, third, fifth … question of a set was
used to choose weights and limits, the others were kept aside. A line a set: how often an answer
stands in the quotes shown, in the first alone and in the best sentence alone, whether or not there
is an honest no; the same with it (`asked`: there is none); how much is shown; the processor time of
a question (median; `first_ms`: of the first forty, while next to no sentence is known yet). The
plain ranker is BM25 and cosine, half and half, plus half the passage's score; it shows the three
best sentences as far as 600 characters go.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.finding_quality import LIBRARY, fill_store, halves
from bench.remembered import Remembered
from bot.beir import EvaluationSet, Query, load_set
from handlers.answering.embed import LocalEmbedder
from handlers.answering.extractive import CHARACTERS, QUOTES, extract
from handlers.answering.features import BY_WORDS, Numbers, by_words
from handlers.answering.gather import Evidence, gather
from handlers.answering.pool import pooled
from handlers.answering.rank import PASSAGES
from handlers.answering.retrieve import Retriever
from handlers.answering.sources import number
from storage.engines import open_store
from storage.store import Store

COLD = 40  # questions


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question was shown, and what the plain ranker would show."""

    shown: tuple[str, ...]
    best: str
    answered: bool
    plain: tuple[str, ...]
    milliseconds: float


async def measured(chosen: EvaluationSet, queries: Sequence[Query]) -> dict[str, object]:
    """Give the figures of these questions of a set."""
    store, remembered, local = await open_store("sqlite://"), Remembered(), LocalEmbedder()
    try:
        await fill_store(store, chosen, remembered)
        await local.question("loads the engine")
        outcomes = [await _outcome(store, local, remembered, query) for query in queries]
    finally:
        await remembered.close()
        await local.close()
        await store.close()
    return _figures(queries, outcomes)


async def _outcome(
    store: Store, local: LocalEmbedder, remembered: Remembered, query: Query
) -> Outcome:
    began = time.process_time()
    retriever = Retriever(store, local)
    evidence = await gather(LIBRARY, query.text, store=store, retriever=retriever, embedder=local)
    answered = evidence.is_enough
    _, sources = number(extract(evidence.ranked, evidence.kind, evidence.versions))
    took = (time.process_time() - began) * 1000
    shown = tuple(source.quote for source in sources)
    best = evidence.ranked[0].quote if evidence.ranked else ""
    return Outcome(shown, best, answered, await _plainly(evidence, remembered), took)


async def _plainly(evidence: Evidence, embedder: Remembered) -> tuple[str, ...]:
    """Give the sentences that a plain ranker would show."""
    found = evidence.found
    texts = {source: version.text for source, version in evidence.versions.items()}
    pool = pooled(found.candidates[:PASSAGES], texts)
    if not pool or found.vector is None:
        return ()
    bm25 = by_words(found, evidence.kind, pool)[:, BY_WORDS.index("rare")]
    cosines = await embedder.passages([each.text for each in pool]) @ found.vector
    passages = np.array([each.candidate.score for each in pool])
    scores = 0.5 * _scaled(bm25) + 0.5 * _scaled(cosines) + 0.5 * passages
    shown: list[str] = []
    for at in np.argsort(-scores, kind="stable")[:QUOTES]:
        if not shown or sum(map(len, shown)) + len(pool[at].text) <= CHARACTERS:
            shown.append(pool[at].text)
    return tuple(shown)


def _scaled(scores: Numbers) -> Numbers:
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def _figures(queries: Sequence[Query], outcomes: Sequence[Outcome]) -> dict[str, object]:
    pairs = list(zip(queries, outcomes, strict=True))
    times = [each.milliseconds for each in outcomes]
    return {
        "questions": len(pairs),
        "coverage": _mean([_holds(query, each.shown[:QUOTES]) for query, each in pairs]),
        "first": _mean([_holds(query, each.shown[:1]) for query, each in pairs]),
        "best_sentence": _mean([_holds(query, [each.best]) for query, each in pairs]),
        "asked": _mean([each.answered for each in outcomes]),
        "asked_coverage": _mean(
            [each.answered and _holds(query, each.shown[:QUOTES]) for query, each in pairs]
        ),
        "asked_first": _mean(
            [each.answered and _holds(query, each.shown[:1]) for query, each in pairs]
        ),
        "quotes": _mean([len(each.shown) for each in outcomes]),
        "characters": round(statistics.fmean(sum(map(len, each.shown)) for each in outcomes)),
        "first_characters": round(statistics.fmean(len(each.shown[0]) for each in outcomes)),
        "plain_coverage": _mean([_holds(query, each.plain) for query, each in pairs]),
        "plain_first": _mean([_holds(query, each.plain[:1]) for query, each in pairs]),
        "plain_characters": round(statistics.fmean(sum(map(len, each.plain)) for each in outcomes)),
        "p50_ms": round(statistics.median(times), 1),
        "first_ms": round(statistics.median(times[:COLD]), 1),
    }


def _mean(values: Sequence[float]) -> float:
    return round(statistics.fmean(values), 3)


def _holds(query: Query, quotes: Sequence[str]) -> bool:
    shown = [_plain(quote) for quote in quotes]
    return any(_plain(answer) in quote for answer in query.answers for quote in shown)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


async def main(arguments: argparse.Namespace) -> None:
    for folder in arguments.folders:
        chosen = load_set(folder)
        queries = [
            query for query in halves(chosen, arguments.half, arguments.limit) if query.answers
        ]
        row = {"set": chosen.name, "half": arguments.half, **await measured(chosen, queries)}
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--half", choices=("tuned", "aside"), default="aside")
    parser.add_argument("--limit", type=int, default=0)
    asyncio.run(main(parser.parse_args()))
