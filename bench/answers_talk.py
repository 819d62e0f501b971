"""Measures what answers make of sources that differ, and of questions that go on from others.

python -m bench.answers_talk [disagreement] [shown] [alarms] [followups]    (all by default)

One JSON object a line. What was chosen was chosen on the other half: of tests/disagreement the odd
numbers, of MT-RAG the even places.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.finding_quality import fill_store
from bench.remembered import Remembered
from bench.talk_pairs import pairs, shown_rows
from bot.beir import EvaluationSet, load_set
from handlers.answering.disagree import Kind, Said, disagreement
from handlers.answering.extractive import extract
from handlers.answering.followup import leans, read_after
from handlers.answering.gather import gather
from handlers.answering.in_context import found_for
from handlers.answering.question import asks
from handlers.answering.retrieve import Retriever
from handlers.answering.sides import ALIKE, with_sides
from handlers.answering.statement import state
from handlers.embedding import EmbeddingWorker
from handlers.language import detect
from handlers.reading.chunk import chunk
from storage.engines import open_store
from storage.records import NewArticle, Question

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("FOOTNOTE_DATA") or ROOT.parent / "shared") / "data" / "retrieval"
ALARMS = {
    "xquad-en": 100,
    "xquad-de": 50,
    "xquad-es": 40,
    "belebele-en": 80,
    "norquad-news-val": 60,
}
TOP = 10
Json = dict[str, Any]
Judge = Callable[[Json], bool]


@dataclass(frozen=True, slots=True)
class Score:
    """How often "they differ" was right, and how many of those that differ were found."""

    pairs: int
    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def row(self) -> Json:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        return {
            "pairs": self.pairs,
            "right": self.right,
            "wrong": self.wrong,
            "missed": self.missed,
            "precision": round(precision, 3),
            "recall": round(recall, 3),
        }


def said(pair: Json, side: str) -> Said:
    return Said(pair[side]["text"], pair["language"], pair[side]["published"])


def judged(pair: Json) -> Kind | None:
    question = pair["question"]
    return disagreement(question, asks(question), said(pair, "a"), said(pair, "b"))


def numbers_differ(pair: Json) -> bool:
    """The plainest baseline: each text holds a number that the other lacks."""
    one, other = (state(pair[side]["text"], pair["language"]).numbers for side in ("a", "b"))
    lacks = [not any(a.met_by(b) for b in other) for a in one]
    return any(lacks) and any(not any(b.met_by(a) for a in one) for b in other)


def score(part: Sequence[Json], judge: Judge) -> Score:
    outcomes = [(pair["kind"] != "different", judge(pair)) for pair in part]
    counts = (outcomes.count(each) for each in ((True, True), (False, True), (True, False)))
    return Score(len(part), *counts)


async def disagreement_rows(embedder: Remembered) -> list[Json]:
    every = pairs()
    near = {pair["id"]: await _cosine(embedder, pair) for pair in every}
    chosen, held = every[::2], every[1::2]
    bounds = [at / 1000 for at in range(860, 960, 5)]

    def both(bound: float) -> Judge:
        return lambda pair: numbers_differ(pair) and near[pair["id"]] >= bound

    bound = max(bounds, key=lambda each: score(chosen, both(each)).f1)
    judges: dict[str, Judge] = {
        "ours": lambda pair: judged(pair) is not None and near[pair["id"]] >= ALIKE,
        "ours, without an embedder": lambda pair: judged(pair) is not None,
        "any number differs": numbers_differ,
        f"a number differs, cosine {bound}": both(bound),
    }
    rows = [{"judge": name, **score(held, judge).row()} for name, judge in judges.items()]
    return [*rows, *_by_kind(held, judges["ours"]), *_by_language(held, judges["ours"])]


def _by_kind(held: Sequence[Json], judge: Judge) -> list[Json]:
    rows = []
    for kind in ("number", "opposite", "corrected", "different"):
        part = [pair for pair in held if pair["kind"] == kind]
        named = [judged(pair) for pair in part if judge(pair)]
        right = sum(each is not None and each.value == kind for each in named)
        rows.append({"kind": kind, "pairs": len(part), "differ": len(named), "as_that": right})
    return rows


def _by_language(held: Sequence[Json], judge: Judge) -> list[Json]:
    by_language: dict[str, list[Json]] = {}
    for pair in held:
        by_language.setdefault(pair["language"], []).append(pair)
    return [{"language": name, **score(part, judge).row()} for name, part in by_language.items()]


async def _cosine(embedder: Remembered, pair: Json) -> float:
    one, other = await embedder.passages([pair["a"]["text"], pair["b"]["text"]])
    return float(one @ other)


async def alarms(embedder: Remembered, name: str, count: int) -> Json:
    """Count answers from articles about different things that say that sources differ."""
    chosen = load_set(DATA / name, count)
    store = await open_store("sqlite://")
    try:
        articles = [_dated(each.title, each.text, at) for at, each in enumerate(chosen.documents)]
        await store.save("bench", articles, [], source="bench", by="bench")
        await EmbeddingWorker(store, embedder).drain()
        retriever, answered, differ = Retriever(store, embedder), 0, 0
        for query in chosen.queries[1::2]:
            evidence = await gather(
                "bench", query.text, store=store, retriever=retriever, embedder=embedder
            )
            if evidence.is_enough:
                claims = extract(evidence.ranked, evidence.kind, evidence.versions)
                answered += 1
                differ += (
                    await with_sides(query.text, evidence, claims, embedder)
                ).kind is not None
        return {"set": name, "answered": answered, "said_to_differ": differ}
    finally:
        await store.close()


def _dated(title: str, text: str, at: int) -> NewArticle:
    """Make an article with a day of its own, so that one can seem to correct another."""
    language = detect(f"{title}\n{text}")
    day = (date(2019, 1, 1) + timedelta(days=at * 37 % 1500)).isoformat()
    return NewArticle(title, text, language, chunk(text, language), published=day)


class Chats:
    """MT-RAG's conversations over the passages that answer them."""

    def __init__(self, retriever: Retriever, documents: dict[int, list[str]]) -> None:
        self._retriever = retriever
        self._documents = documents

    async def asked(self, question: str, before: Sequence[str]) -> list[int]:
        """Give the first articles for a question after others, as an answer would get them."""
        history = [Question("bench", "c", "p", each, True) for each in before]
        read = read_after(question, history)
        found, _ = await found_for("bench", read, self._retriever, TOP * 2)
        return [each.passage.article for each in found.candidates]

    async def plain(self, question: str) -> list[int]:
        found = await self._retriever.retrieve("bench", question, TOP * 2)
        return [each.passage.article for each in found.candidates]

    async def each_way(self, question: str, before: Sequence[str]) -> dict[str, list[int]]:
        carried = f"{before[-1]} {question}"
        return {
            "raw": await self.plain(question),
            "always the question before": await self.plain(carried),
            "the question before where it leans": await self.plain(
                carried if leans(question) else question
            ),
            "ours": await self.asked(question, before),
        }

    def recall(self, articles: Sequence[int], relevant: set[str]) -> float:
        first = list(dict.fromkeys(articles))[:TOP]
        got = {each for article in first for each in self._documents[article]}
        return len(got & relevant) / len(relevant)


async def followup_rows(embedder: Remembered) -> list[Json]:
    chosen = load_set(DATA / "mtrag-un")
    store = await open_store("sqlite://")
    try:
        documents = await fill_store(store, chosen, embedder)
        chats = Chats(Retriever(store, embedder), documents)
        return [*await _judged_chats(chats, chosen), *await _rewritten_chats(chats)]
    finally:
        await store.close()


async def _judged_chats(chats: Chats, chosen: EvaluationSet) -> list[Json]:
    """Give recall@10 of the passages that people judged; no rewrites by people are there."""
    kept: dict[str, list[float]] = {}
    rows = [row for row in _rows("queries.jsonl") if row["history"]]
    rows = [row for row in rows if row["_id"] in chosen.judged]
    for row in rows[1::2]:
        before = [turn["text"] for turn in row["history"] if turn["speaker"] == "user"]
        for name, articles in (await chats.each_way(row["text"].strip(), before)).items():
            recall = chats.recall(articles, set(chosen.judged[row["_id"]]))
            kept.setdefault(name, []).append(recall)
    return [
        {"recall@10": name, "questions": len(each), "value": round(statistics.fmean(each), 3)}
        for name, each in kept.items()
    ]


async def _rewritten_chats(chats: Chats) -> list[Json]:
    """Give the share of the best five for a person's rewrite that are found without it."""
    kept: dict[str, list[float]] = {}
    rows = [row for row in _rows("rewrite.jsonl") if "\n|user|" in row["questions"]]
    for row in rows[1::2]:
        *before, question = (_bare(each) for each in row["questions"].split("\n|user|"))
        wanted = list(dict.fromkeys(await chats.plain(_bare(row["rewrite"]))))[:5]
        for name, articles in (await chats.each_way(question, before)).items():
            first = set(list(dict.fromkeys(articles))[:TOP])
            kept.setdefault(name, []).append(len(first & set(wanted)) / len(wanted))
    return [
        {"as_rewritten": name, "questions": len(each), "value": round(statistics.fmean(each), 3)}
        for name, each in kept.items()
    ]


def _rows(name: str) -> list[Json]:
    lines = (DATA / "mtrag-un" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _bare(text: str) -> str:
    return text.replace("|user|:", "").strip()


async def main(wanted: set[str]) -> None:
    embedder = Remembered()
    try:
        if "disagreement" in wanted:
            for row in await disagreement_rows(embedder):
                print(json.dumps(row, ensure_ascii=False), flush=True)
        if "shown" in wanted:
            for row in await shown_rows(embedder):
                print(json.dumps(row, ensure_ascii=False), flush=True)
        if "alarms" in wanted:
            for name, count in ALARMS.items():
                print(json.dumps(await alarms(embedder, name, 2 * count)), flush=True)
        if "followups" in wanted:
            for row in await followup_rows(embedder):
                print(json.dumps(row), flush=True)
    finally:
        await embedder.close()


if __name__ == "__main__":
    asyncio.run(main(set(sys.argv[1:]) or {"disagreement", "shown", "alarms", "followups"}))
