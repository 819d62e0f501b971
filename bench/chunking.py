"""Measures our passages beside those of two library splitters, in BM25 alone.

    python -m bench.chunking

On the Norwegian news set and on the project's own long documents (bench/chunking.json): nDCG@10 of
the documents by their best passage, and how often an answer stands in the first 600 words of the
passages found. The libraries' pieces may have as many characters as ours have on average, or twice.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
from langchain_text_splitters import RecursiveCharacterTextSplitter
from semantic_text_splitter import MarkdownSplitter

from handlers.reading.chunk import chunk
from tests.shared import DATA

ROOT = Path(__file__).parents[1]
NEWS = DATA / "retrieval" / "norquad-news-val"
SHOWN = 600  # words

Passage = tuple[int, str]  # the number of its document, its text
Question = tuple[str, int, list[str]]
Splitter = Callable[[str, str], list[str]]


def ours(text: str, language: str) -> list[str]:
    return [text[span.start : span.end] for span in chunk(text, language)]


def ours_under_headings(text: str, language: str) -> list[str]:
    return [f"{span.heading}\n{text[span.start : span.end]}" for span in chunk(text, language)]


def splitters(size: int) -> dict[str, Splitter]:
    """Give the libraries' splitters for pieces of at most `size` characters."""
    recursive = RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=0)
    semantic = MarkdownSplitter(size)
    return {
        f"langchain recursive, {size}": lambda text, _: recursive.split_text(text),
        f"semantic-text-splitter, {size}": lambda text, _: semantic.chunks(text),
    }


def news() -> tuple[list[str], list[Question]]:
    rows = [json.loads(line) for line in (NEWS / "corpus.jsonl").read_text("utf-8").splitlines()]
    number = {row["_id"]: at for at, row in enumerate(rows)}
    right = dict(
        line.split("\t")[:2] for line in (NEWS / "qrels.tsv").read_text("utf-8").splitlines()[1:]
    )
    asked = [json.loads(line) for line in (NEWS / "queries.jsonl").read_text("utf-8").splitlines()]
    questions = [
        (row["text"], number[right[row["_id"]]], row["answers"])
        for row in asked
        if right.get(row["_id"]) in number
    ]
    return [row["text"] for row in rows], questions


def own() -> tuple[list[str], list[Question]]:
    rows = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    paths = sorted(
        path for folder in ("docs", "docs/decisions") for path in (ROOT / folder).glob("*.md")
    )
    names = [path.relative_to(ROOT).as_posix() for path in paths]
    questions = [(row["question"], names.index(row["document"]), [row["answer"]]) for row in rows]
    return [path.read_text("utf-8") for path in paths], questions


def measure(
    texts: Sequence[str], questions: Sequence[Question], split: Splitter, language: str
) -> dict[str, float]:
    passages = [(at, piece) for at, text in enumerate(texts) for piece in split(text, language)]
    index = bm25s.BM25()
    tokens = [re.findall(r"\w+", piece.lower()) for _, piece in passages]
    index.index(tokens, show_progress=False)
    gain = covered = 0.0
    for question, right, answers in questions:
        scores = index.get_scores(re.findall(r"\w+", question.lower()))
        order = sorted(range(len(passages)), key=lambda at: -scores[at])
        ranked = list(dict.fromkeys(passages[at][0] for at in order[:200]))
        rank = ranked.index(right) if right in ranked[:10] else None
        gain += 1 / math.log2(rank + 2) if rank is not None else 0
        covered += _covers([passages[at] for at in order[:40]], right, answers)
    count = len(questions)
    words = sum(len(each) for each in tokens) / len(passages)
    return {
        "passages": len(passages),
        "words": round(words),
        "ndcg@10": round(gain / count, 3),
        f"answer_in_{SHOWN}_words": round(covered / count, 3),
    }


def _covers(found: Sequence[Passage], right: int, answers: Sequence[str]) -> bool:
    left = SHOWN
    for document, piece in found:
        piece = " ".join(piece.split())
        if document == right and any(" ".join(each.split()) in piece for each in answers):
            return True
        left -= len(piece.split())
        if left <= 0:
            return False
    return False


def main() -> None:
    for name, (texts, questions), language in (
        ("norquad-news-val", news(), "no"),
        ("own documents", own(), "en"),
    ):
        mine = [len(piece) for text in texts for piece in ours(text, language)]
        size = round(sum(mine) / len(mine) / 50) * 50
        ways: dict[str, Splitter] = {
            "ours": ours,
            "ours under headings": ours_under_headings,
            **splitters(size),
            **splitters(2 * size),
        }
        for way, split in ways.items():
            told = {"set": name, "by": way, **measure(texts, questions, split, language)}
            print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
