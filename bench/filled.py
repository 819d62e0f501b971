"""Fills a library's file with a made corpus, in bulk."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bench.corpus import PER_ARTICLE, Corpus, vectors
from storage.connection import connect, immediate
from storage.vectors import pack

Vector = NDArray[np.float32]

LIBRARY, EMBEDDER = "bench", "bench"
PART = 20_000
QUESTIONS = 200


def fill(path: Path, size: int, folders: list[Path], real: Vector) -> None:
    """Make the file, and beside it the questions that its passages answer."""
    corpus = Corpus(folders)
    db = connect(str(path))
    db.execute("pragma synchronous = off")
    db.execute("insert into libraries (id, name) values (1, ?)", [LIBRARY])
    every = max(1, size // QUESTIONS)
    asked: list[str] = []
    for at, rows in zip(range(0, size, PART), vectors(real, size, part=PART), strict=True):
        with immediate(db):
            asked += _part(db, corpus, at, rows, every)
    db.execute("insert into passages_fts (passages_fts) values ('optimize')")
    db.close()
    path.with_suffix(".json").write_text(json.dumps(asked[:QUESTIONS]))


def _part(db: Database, corpus: Corpus, at: int, rows: Vector, every: int) -> list[str]:
    made = list(corpus.passages(len(rows)))
    ids = range(at + 1, at + 1 + len(made))
    articles = sorted({(each - 1) // PER_ARTICLE + 1 for each in ids})
    db.conn.executemany(
        """insert or ignore into articles (id, library_id, title, language, added, added_by,
           version) values (?, 1, 'Made', 'en', '2026-01-01', 'bench', 1)""",
        [(each,) for each in articles],
    )
    db.conn.executemany(
        """insert or ignore into versions (id, article_id, number, text, hash, source, fetched)
           values (?, ?, 1, '', '', 'bench', '2026-01-01')""",
        [(each, each) for each in articles],
    )
    db.conn.executemany(
        """insert into passages (id, version_id, article_id, library_id, current, heading, start,
           "end", text, length, language) values (?, ?, ?, 1, 1, '', 0, ?, ?, ?, 'en')""",
        [
            (each, article, article, len(one.text), one.text, len(one.terms))
            for each, one in zip(ids, made, strict=True)
            for article in [(each - 1) // PER_ARTICLE + 1]
        ],
    )
    db.conn.executemany(
        "insert into passages_fts (rowid, words) values (?, ?)",
        [(each, " ".join(one.terms)) for each, one in zip(ids, made, strict=True)],
    )
    db.conn.executemany(
        "insert into embeddings (passage_id, embedder, vector) values (?, ?, ?)",
        [(each, EMBEDDER, pack(row)) for each, row in zip(ids, rows, strict=True)],
    )
    return [one.question for each, one in zip(ids, made, strict=True) if each % every == 0]
