"""Evaluation: the field's measures, sets read strictly, one set through the real pipeline."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from bot.beir import load_set
from bot.evaluate import evaluate
from bot.metrics import ndcg, percentile, recall, reciprocal_rank
from handlers.answering.embed import LocalEmbedder
from handlers.errors import BadUsage

DOCUMENTS = {
    "d1": ("The Kiln", "The kiln at Marden was lit again in June. It burns birch wood."),
    "d2": ("The Mill", "The mill at Ostley closed in March 2019 after 140 years."),
    "d3": ("", "Der Markt in Wiesenau öffnet am Samstag um sieben Uhr."),
}
QUERIES = {
    "q1": ("When was the kiln at Marden lit?", ["in June"]),
    "q2": ("When did the mill at Ostley close?", ["March 2019"]),
    "q3": ("Wann öffnet der Markt in Wiesenau?", ["sieben Uhr"]),
    "q4": ("not judged", []),
}


def written(folder: Path) -> Path:
    corpus = [{"_id": id_, "title": t, "text": text} for id_, (t, text) in DOCUMENTS.items()]
    queries = [{"_id": id_, "text": text, "answers": a} for id_, (text, a) in QUERIES.items()]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines)
    (folder / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\nq3\td3\t1\nq4\td1\t0\n"
    )
    return folder


def test_measures_are_those_of_the_field() -> None:
    gains = {"a": 2.0, "b": 1.0}
    assert ndcg(["a", "b"], gains, 10) == 1
    assert ndcg(["x", "a"], gains, 10) == pytest.approx((2 / math.log2(3)) / (2 + 1 / math.log2(3)))
    assert ndcg(["x", "a"], gains, 1) == 0
    assert recall(["x", "a", "b"], gains, 2) == 0.5
    assert reciprocal_rank(["x", "a"], gains, 10) == 0.5
    assert reciprocal_rank(["x"], gains, 10) == 0
    assert [percentile([3, 1, 2, 4], share) for share in (0.5, 0.95, 0)] == [2, 4, 1]
    assert percentile([], 0.5) == 0


def test_a_set_is_read_with_its_judged_questions_only(tmp_path: Path) -> None:
    chosen = load_set(written(tmp_path))
    assert [query.id for query in chosen.queries] == ["q1", "q2", "q3"]
    assert chosen.judged["q2"] == {"d2": 1.0}
    assert [query.id for query in load_set(tmp_path, 2).queries] == ["q1", "q2"]


def test_what_is_no_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match=r"corpus\.jsonl"):
        load_set(tmp_path)
    (written(tmp_path) / "corpus.jsonl").write_text('{"_id": "d1"}\n')
    with pytest.raises(BadUsage, match="can't be read"):
        load_set(tmp_path)


async def test_a_small_set_goes_through_the_real_pipeline(tmp_path: Path) -> None:
    embedder = LocalEmbedder()
    seen: list[str] = []
    try:
        result = await evaluate(
            load_set(written(tmp_path)), embedder, None, lambda what, *_: seen.append(what)
        )
    finally:
        await embedder.close()
    figures = result.figures
    assert list(figures) == [
        "set", "docs", "queries", "ndcg@10", "recall@10", "recall@100", "mrr@10",
        "answer_coverage", "first_quote_coverage", "answered", "p50_ms", "p95_ms",
        "passages_per_second",
    ]  # fmt: skip
    assert (figures["set"], figures["docs"], figures["queries"]) == (tmp_path.name, 3, 3)
    assert figures["ndcg@10"] == figures["recall@10"] == figures["mrr@10"] == 1
    assert figures["answer_coverage"] == figures["answered"] == 1
    assert {"documents", "embeddings", "questions"} <= set(seen)
    assert [each.ranking[0][0] for each in result.outcomes] == ["d1", "d2", "d3"]
