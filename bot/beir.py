"""Reads an evaluation set in BEIR form: corpus.jsonl, queries.jsonl, qrels.tsv."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handlers import phrases
from handlers.errors import BadUsage


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a corpus."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """One question, with the short answers that are known for it."""

    id: str
    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """A whole set. `judged` holds, for each question, the gain of each relevant document."""

    name: str
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]
    judged: dict[str, dict[str, float]]


def load_set(folder: Path, limit: int | None = None) -> EvaluationSet:
    """Read a set; with `limit`, about that many of its judged questions, evenly spread.

    Raises `BadUsage` where the folder is no such set.
    """
    try:
        documents = tuple(_documents(folder / "corpus.jsonl"))
        judged = _judged(folder / "qrels.tsv")
        queries = [each for each in _queries(folder / "queries.jsonl") if each.id in judged]
    except FileNotFoundError as missing:
        raise BadUsage(phrases.not_a_set(str(folder), Path(missing.filename).name)) from missing
    except (ValueError, KeyError) as fault:
        raise BadUsage(phrases.broken_set(str(folder), str(fault))) from fault
    if limit and limit < len(queries):
        queries = [queries[at * len(queries) // limit] for at in range(limit)]
    return EvaluationSet(folder.resolve().name, documents, tuple(queries), judged)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _documents(path: Path) -> Iterator[Document]:
    for row in _rows(path):
        yield Document(str(row["_id"]), row.get("title") or "", row["text"])


def _queries(path: Path) -> Iterator[Query]:
    for row in _rows(path):
        yield Query(str(row["_id"]), row["text"], tuple(row.get("answers") or ()))


def _judged(path: Path) -> dict[str, dict[str, float]]:
    judged: dict[str, dict[str, float]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            query, document, gain = line.rstrip("\n").split("\t")[:3]
            if gain.replace(".", "", 1).isdigit() and float(gain) > 0:
                judged.setdefault(query, {})[document] = float(gain)
    return judged
