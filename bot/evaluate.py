"""Measures finding and answering on a set in BEIR form, through the real pipeline."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.beir import Document, EvaluationSet, Query
from bot.metrics import ndcg, percentile, recall, reciprocal_rank
from handlers.answering.embed import Embedder
from handlers.answering.model import Model
from handlers.answering.retrieve import Retriever
from handlers.ask import ask
from handlers.embedding import EmbeddingWorker
from handlers.language import detect
from handlers.messages import Answer, Person, Place, Request
from handlers.reading.chunk import chunk
from storage.engines import open_store
from storage.records import NewArticle
from storage.store import Store

LIBRARY = "evaluation"
DEPTH = 100  # documents of a ranking that are judged
PASSAGES = 400  # passages that are looked at to find so many documents
BATCH = 50  # documents that are stored in one transaction

Ticked = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One question's outcome."""

    query: Query
    answer: Answer
    ranking: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A whole run: its figures as the command line prints them, and each question's outcome."""

    figures: dict[str, object]
    outcomes: tuple[Evaluated, ...]


async def evaluate(
    chosen: EvaluationSet, embedder: Embedder | None, model: Model | None, tick: Ticked
) -> Evaluation:
    """Build a throw-away library of the set, ask all its questions, and measure."""
    with tempfile.TemporaryDirectory(prefix="footnote-") as folder:
        store = await open_store(f"sqlite:///{Path(folder) / 'evaluation.db'}")
        try:
            began = time.perf_counter()
            documents = await _build(store, chosen, embedder, tick)
            took = time.perf_counter() - began
            passages = (await store.stats(LIBRARY, embedder.name if embedder else "")).passages
            outcomes = await _ask_all(store, chosen, documents, embedder, model, tick)
        finally:
            await store.close()
    figures = {"set": chosen.name, "docs": len(chosen.documents), **_figures(chosen, outcomes)}
    figures["passages_per_second"] = round(passages / took, 2) if took else 0.0
    return Evaluation(figures, outcomes)


async def _build(
    store: Store, chosen: EvaluationSet, embedder: Embedder | None, tick: Ticked
) -> dict[int, list[str]]:
    """Store and embed the documents; give the ids of those that each article stands for."""
    of_article: dict[int, list[str]] = {}
    for at in range(0, len(chosen.documents), BATCH):
        batch = chosen.documents[at : at + BATCH]
        new = [await asyncio.to_thread(_new_article, document) for document in batch]
        saved = await store.save(LIBRARY, new, [], source=chosen.name, by="evaluation")
        for document, kept in zip(batch, saved, strict=True):
            of_article.setdefault(kept.article, []).append(document.id)
        tick("documents", min(at + BATCH, len(chosen.documents)), len(chosen.documents))
    if embedder is not None:
        total = (await store.stats(LIBRARY, embedder.name)).passages
        worker = EmbeddingWorker(store, embedder)
        await worker.drain(lambda done: tick("embeddings", done, total))
    return of_article


def _new_article(document: Document) -> NewArticle:
    language = detect(f"{document.title}\n{document.text}")
    return NewArticle(document.title, document.text, language, chunk(document.text, language))


async def _ask_all(
    store: Store,
    chosen: EvaluationSet,
    documents: dict[int, list[str]],
    embedder: Embedder | None,
    model: Model | None,
    tick: Ticked,
) -> tuple[Evaluated, ...]:
    retriever = Retriever(store, embedder)
    outcomes = []
    for done, query in enumerate(chosen.queries, 1):
        found = await retriever.retrieve(LIBRARY, query.text, PASSAGES)
        scores: dict[str, float] = {}
        for candidate in found.candidates:
            for document in documents[candidate.passage.article]:
                scores.setdefault(document, candidate.score)
        answer = await _answer(store, retriever, embedder, model, query)
        outcomes.append(Evaluated(query, answer, tuple(scores.items())[:DEPTH]))
        tick("questions", done, len(chosen.queries))
    return tuple(outcomes)


async def _answer(
    store: Store,
    retriever: Retriever,
    embedder: Embedder | None,
    model: Model | None,
    query: Query,
) -> Answer:
    request = Request("ask", query.text, Person("evaluation"), Place("evaluation"), library=LIBRARY)
    replies = ask(request, store=store, retriever=retriever, embedder=embedder, model=model)
    last = [reply async for reply in replies][-1]
    if not isinstance(last, Answer):
        raise TypeError(f"ask ended in {type(last).__name__}")
    return last


def _figures(chosen: EvaluationSet, outcomes: Sequence[Evaluated]) -> dict[str, object]:
    rankings = [([document for document, _ in each.ranking], each.query.id) for each in outcomes]
    judged = [(ranking, chosen.judged[query]) for ranking, query in rankings]
    milliseconds = [each.answer.seconds.total * 1000 for each in outcomes]
    figures: dict[str, object] = {
        "queries": len(outcomes),
        "ndcg@10": _mean([ndcg(*pair, 10) for pair in judged]),
        "recall@10": _mean([recall(*pair, 10) for pair in judged]),
        "recall@100": _mean([recall(*pair, 100) for pair in judged]),
        "mrr@10": _mean([reciprocal_rank(*pair, 10) for pair in judged]),
    }
    known = [each for each in outcomes if each.query.answers]
    if known:
        figures["answer_coverage"] = _mean([_covered(each, None) for each in known])
        figures["first_quote_coverage"] = _mean([_covered(each, 1) for each in known])
    figures["answered"] = _mean([float(each.answer.answered) for each in outcomes])
    figures["p50_ms"] = round(percentile(milliseconds, 0.5), 1)
    figures["p95_ms"] = round(percentile(milliseconds, 0.95), 1)
    return figures


def _mean(values: Sequence[float]) -> float:
    return round(statistics.fmean(values), 4) if values else 0.0


def _covered(outcome: Evaluated, quotes: int | None) -> float:
    """1 where a known answer stands in one of the first `quotes` quotes shown, else 0."""
    shown = [_plain(source.quote) for source in outcome.answer.sources[:quotes]]
    wanted = [_plain(answer) for answer in outcome.query.answers]
    return float(any(answer in quote for answer in wanted for quote in shown))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
