"""Measures how well an honest no is told from an answer, on questions with and without one.

python -m bench.answers_no [--data FOLDER] [--limit N] [--half tuned|aside] [--words]

NoMIRACL: each question with its own ten passages as the library; people said whether one of them
answers. The other sets: questions asked of their own library (`refused` should be low), and
questions that nothing there answers (`let_through` should be low): those marked so, and those of
another set. Weights and limits were chosen on the first, third, fifth … question of a set,
`tuned`; the others were kept aside. `--words` measures a library without vectors.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.finding_quality import LIBRARY, fill_store
from bench.remembered import Remembered
from bot.beir import Document, EvaluationSet, load_set
from handlers.answering.evidence import confidence
from handlers.answering.gather import gather
from handlers.answering.retrieve import Retriever
from handlers.answering.signs import Signs, signs
from storage.engines import open_store

DATA = Path(__file__).parents[2] / "shared" / "data"
OWN = (
    *(f"xquad-{language}" for language in ("en", "de", "es", "zh", "ru", "ar")),
    *("jsquad-valid", "drcd-dev", "poquad", "norquad-news-val"),
    *(f"xquad-x-{language}-en" for language in ("de", "es", "zh")),
)
# Questions of one set to the library of another, which knows nothing of their subjects.
OTHERS = (
    ("xquad-en", "belebele-en"),
    ("belebele-en", "xquad-en"),
    ("xquad-de", "belebele-de"),
    ("drcd-dev", "xquad-zh"),
    ("jsquad-valid", "drcd-dev"),
    ("poquad", "norquad-news-val"),
    ("xquad-zh", "belebele-en"),
    ("xquad-ru", "belebele-en"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, whether it has an answer there, how sure the bot is, and what it saw."""

    answerable: bool
    sure: float
    seen: Signs | None


Question = tuple[str, bool]


async def ask_all(
    documents: Sequence[Document], questions: Sequence[Question], embedder: Remembered, words: bool
) -> list[Asked]:
    """Ask questions of a library of these documents."""
    store = await open_store("sqlite://")
    used = None if words else embedder
    try:
        await fill_store(store, EvaluationSet("", tuple(documents), (), {}), used)
        retriever = Retriever(store, used)
        outcomes = []
        for text, answerable in questions:
            got = await gather(LIBRARY, text, store=store, retriever=retriever, embedder=used)
            seen = signs(got.found, got.ranked) if got.found.candidates else None
            outcomes.append(Asked(answerable, confidence(got.found, got.ranked), seen))
        return outcomes
    finally:
        await store.close()


def share(asked: Sequence[Asked], answerable: bool, answered: bool) -> float | None:
    """Give the share of the questions with an answer (or without) that were answered (or not)."""
    chosen = [each for each in asked if each.answerable is answerable]
    hits = sum((each.sure >= 0) is answered for each in chosen)
    return round(hits / len(chosen), 3) if chosen else None


def report(name: str, asked: Sequence[Asked], **more: object) -> None:
    """Print one line: how many of the answerable are refused, of the others let through."""
    row = {"set": name, "questions": len(asked), **more}
    row |= {"refused": share(asked, True, False), "let_through": share(asked, False, True)}
    print(json.dumps({key: value for key, value in row.items() if value is not None}), flush=True)


def areas(asked: Sequence[Asked]) -> dict[str, float]:
    """Give the area under the ROC curve of the highest cosine, of the words met, and of ours."""
    truth = [each.answerable for each in asked]
    scores = {
        "cosine": [each.seen.passage if each.seen else 0.0 for each in asked],
        "cosine_of_sentences_too": [each.seen.nearest if each.seen else 0.0 for each in asked],
        "words": [each.seen.met if each.seen else 0.0 for each in asked],
        "ours": [each.sure for each in asked],
    }
    return {name: round(area_under_curve(truth, values), 3) for name, values in scores.items()}


def area_under_curve(truth: Sequence[bool], scores: Sequence[float]) -> float:
    """Give how often a true one has the higher score of a pair; a tie counts half."""
    higher = [score for score, true in zip(scores, truth, strict=True) if true]
    lower = [score for score, true in zip(scores, truth, strict=True) if not true]
    won = sum((one > other) + 0.5 * (one == other) for one in higher for other in lower)
    return won / (len(higher) * len(lower)) if higher and lower else 0.5


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def half(every: Sequence[Any], arguments: argparse.Namespace) -> list[Any]:
    """Give one half, evenly thinned to at most the limit."""
    part = list(every[(arguments.half == "aside") :: 2])
    limit = arguments.limit
    return [part[at * len(part) // limit] for at in range(limit)] if 0 < limit < len(part) else part


async def nomiracl(arguments: argparse.Namespace, embedder: Remembered) -> None:
    """Measure on questions with ten passages each, per language and in all."""
    kept: dict[str, list[Asked]] = {}
    for row in half(rows(arguments.data / "answering" / "nomiracl-sample.jsonl"), arguments):
        documents = [Document(each["docid"], "", each["text"]) for each in row["passages"]]
        question = (row["question"], row["answerable"])
        kept.setdefault(row["lang"], []).extend(
            await ask_all(documents, [question], embedder, arguments.words)
        )
    kept["all"] = [each for asked in kept.values() for each in asked]
    for language, asked in kept.items():
        report(f"nomiracl-{language}", asked, **areas(asked))


async def sets(arguments: argparse.Namespace, embedder: Remembered) -> None:
    """Measure on whole libraries: their own questions, and those that nothing there answers."""
    folder = arguments.data / "retrieval"
    for name in OWN:
        chosen = load_set(folder / name)
        questions = [(each.text, True) for each in half(chosen.queries, arguments)]
        if (marked := folder / name / "unanswerable.jsonl").exists():
            questions += [(row["text"], False) for row in half(rows(marked), arguments)]
        report(name, await ask_all(chosen.documents, questions, embedder, arguments.words))
    chats = [
        (row["question"], row["answerability"] == "ANSWERABLE")
        for row in rows(folder / "mtrag-un" / "chat.jsonl")
        if row["answerability"] in ("ANSWERABLE", "UNANSWERABLE")
    ]
    corpus = load_set(folder / "mtrag-un").documents
    asked = await ask_all(corpus, half(chats, arguments), embedder, arguments.words)
    report("mtrag-un, last turns alone", asked)
    for asking, library in OTHERS:
        questions = [
            (each.text, False) for each in half(load_set(folder / asking).queries, arguments)
        ]
        documents = load_set(folder / library).documents
        asked = await ask_all(documents, questions, embedder, arguments.words)
        report(f"{asking} asked of {library}", asked)


async def main(arguments: argparse.Namespace) -> None:
    embedder = Remembered()
    try:
        await nomiracl(arguments, embedder)
        await sets(arguments, embedder)
    finally:
        await embedder.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--half", choices=("tuned", "aside"), default="aside")
    parser.add_argument("--words", action="store_true")
    asyncio.run(main(parser.parse_args()))
