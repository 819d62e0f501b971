"""Measures the proof of a model's sentences: what it keeps, and what untrue it lets through.

python -m bench.answers_proof [--answers N]

Four rows of figures: scores of support on Climate-FEVER's claims (fitted on the rows with an even
number, reported on the odd ones); the proof itself there; the proof of sentences that people wrote
as answers (MT-RAG-UN), in their own passages and in the most similar other ones; and the pairs of
tests/proof_pairs.py. Beside them the proof by words alone, and plain baselines.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from bench.logistic import Numbers, Truth, area, balanced, fit, let_through, score, threshold
from bench.remembered import Remembered
from handlers.answering.candidates import Candidate
from handlers.answering.cite import Cited, complete
from handlers.answering.embed import Embedder
from handlers.answering.prove import prove
from handlers.answering.statement import state
from tests.passages import candidate
from tests.proof_pairs import NEAR_MISSES, SUPPORTED
from tests.shared import DATA

CLAIMS = DATA / "answering" / "climatefever-pairs.jsonl"
ANSWERS = DATA / "retrieval" / "mtrag-un"
KEPT = 0.9
OTHERS = 3  # most similar passages of other answers
FEATURES = (
    "cosine", "question to passage", "question to question", "question to title and passage",
    "words", "missing numbers", "missing names", "denied", "length", "length of source",
)  # fmt: skip
Pair = tuple[str, str, str, str]


def rows(path: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


async def features(claims: Sequence[dict[str, Any]], embedder: Remembered) -> Numbers:
    """Give what speaks for each claim, in the order of `FEATURES`."""
    said = [row["claim"] for row in claims]
    stood = [row["source"] for row in claims]
    titled = [f"{row['title']}. {row['source']}" for row in claims]
    as_passage, stored = await embedder.passages(said), await embedder.passages(stood)
    with_title = await embedder.passages(titled)
    asked = np.stack([await embedder.question(text) for text in said])
    source_asked = np.stack([await embedder.question(text) for text in stood])
    cosines = [
        (one * other).sum(1)
        for one, other in (
            (as_passage, stored), (asked, stored), (asked, source_asked), (asked, with_title),
        )
    ]  # fmt: skip
    checks = np.array([_checks(row) for row in claims])
    return np.c_[np.stack(cosines, 1), checks].astype(np.float64)


def _checks(row: dict[str, Any]) -> list[float]:
    statement, source = state(row["claim"], "en"), state(row["source"], "en")
    missing = [each.split()[0] for each in statement.missing(source, row["title"])]
    return [
        statement.overlap(source),
        missing.count("number") + missing.count("day"),
        missing.count("name"),
        statement.contradicted_by(source),
        float(np.log1p(len(statement.words))),
        float(np.log1p(len(source.words))),
    ]


def judged(name: str, values: Numbers, truth: Truth) -> dict[str, object]:
    """Choose a threshold on the even rows, and report on the odd ones."""
    even = np.arange(len(truth)) % 2 == 0
    least = threshold(values[even], truth[even])
    odd, true = values[~even], truth[~even]
    return {
        "score": name,
        "balanced_accuracy": round(balanced(odd >= least, true), 3),
        "area_under_roc": round(area(odd, true), 3),
        f"untrue_let_through_at_{KEPT}": round(let_through(odd, true, KEPT), 3),
    }


async def scores(claims: Sequence[dict[str, Any]], embedder: Remembered) -> None:
    """Print how well each score parts supported claims from others."""
    truth = np.array([row["label"] == "supported" for row in claims])
    given = await features(claims, embedder)
    even = np.arange(len(truth)) % 2 == 0
    weights = fit(given[even], truth[even])
    named = dict(zip(("constant", *FEATURES), weights.round(2).tolist(), strict=True))
    for name in ("words", "cosine"):
        print(json.dumps(judged(name, given[:, FEATURES.index(name)], truth)))
    print(json.dumps({**judged("all of it", score(weights, given), truth), "weights": named}))


async def proven(
    sentence: str, language: str, passages: Sequence[Candidate], embedder: Embedder | None
) -> bool:
    cited = Cited(sentence, tuple(range(1, len(passages) + 1)))
    return await prove(cited, language, passages, embedder) is not None


async def strict(claims: Sequence[dict[str, Any]], embedder: Remembered) -> None:
    """Print what the proof keeps of the odd claims, and what it lets through."""
    for name, used in (("words alone", None), ("as it is", embedder)):
        odd = claims[1::2]
        passed = [
            await proven(
                each["claim"], "en", [candidate(each["source"], title=each["title"])], used
            )
            for each in odd
        ]
        true = [each["label"] == "supported" for each in odd]
        print(json.dumps({"proof": name, "of": "Climate-FEVER, odd rows", **_counts(passed, true)}))


def _counts(passed: Sequence[bool], true: Sequence[bool]) -> dict[str, object]:
    good, bad = np.array(passed), np.array(true)
    return {
        "kept": f"{(good & bad).sum()} of {bad.sum()}",
        "let_through": f"{(good & ~bad).sum()} of {(~bad).sum()}",
        "balanced_accuracy": round(balanced(good, bad), 3),
    }


async def answers(most: int, embedder: Remembered) -> None:
    """Print what is kept of people's answers, each sentence in its own passages and in others."""
    texts = {row["_id"]: row["text"] for row in rows(ANSWERS / "corpus.jsonl")}
    kinds = {row["_id"]: str(row["answerability"]) for row in rows(ANSWERS / "chat.jsonl")}
    own: dict[str, list[str]] = {}
    for line in (ANSWERS / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, passage, _ = line.split("\t")
        own.setdefault(query, []).append(passage)
    asked = [row for row in rows(ANSWERS / "queries.jsonl") if _answerable(kinds.get(row["_id"]))]
    names = list(texts)
    vectors = await embedder.passages([texts[name][:700] for name in names])
    for name, used in (("words alone", None), ("as it is", embedder)):
        passed, true = [], []
        for row in asked[1::2][:most]:
            for cited in complete(row["answers"][0], "en", final=True)[0][:6]:
                near = vectors @ (await embedder.passages([cited.text]))[0]
                order = [names[at] for at in np.argsort(-near)]
                others = [each for each in order if each not in own[row["_id"]]][:OTHERS]
                for label, chosen in ((True, own[row["_id"]][:4]), (False, others)):
                    passages = [candidate(texts[each]) for each in chosen]
                    passed.append(await proven(cited.text, "en", passages, used))
                    true.append(label)
        print(json.dumps({"proof": name, "of": "MT-RAG-UN, odd answers", **_counts(passed, true)}))


def _answerable(kind: str | None) -> bool:
    return bool(kind) and "ANSWERABLE" in str(kind) and "UN" not in str(kind)


async def pairs(embedder: Embedder) -> None:
    """Print what passes of our own pairs, in one language and between two."""
    for name, same in (("one language", True), ("two languages", False)):
        for kind, chosen in (("faithful", SUPPORTED), ("near misses", NEAR_MISSES)):
            mine: list[Pair] = [each for each in chosen if (each[0] == each[2]) == same]
            passed = [
                await proven(said, language, [candidate(text, other)], embedder)
                for language, said, other, text in mine
            ]
            print(json.dumps({"pairs": name, kind: len(mine), "proven": sum(passed)}))


async def measured(most: int) -> None:
    """Print all figures, a JSON object a line."""
    embedder = Remembered()
    try:
        claims = rows(CLAIMS)
        await scores(claims, embedder)
        await strict(claims, embedder)
        await pairs(embedder)
        if most:
            await answers(most, embedder)
    finally:
        await embedder.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=60)
    asyncio.run(measured(parser.parse_args().answers))
