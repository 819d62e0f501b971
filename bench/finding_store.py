"""Measures what storing articles costs, beside a bare insert of the same rows in the same run.

python -m bench.finding_store FOLDER... [--articles N]

Articles of some 20 passages, made of the sets' texts, are stored one by one; embedding and reading
are not counted. Times are CPU time, and both files are written with `synchronous = normal`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlite_utils.utils import sqlite3

from bot.beir import load_set
from handlers.reading.chunk import chunk
from storage.records import NewArticle
from storage.sqlite import SqliteStore
from storage.terms import terms

WORDS = 2_800  # of an article
FIRST = 10  # articles before the clock starts
_ROWS = """select version_id, article_id, library_id, current, heading, start, "end", text, length,
                  language, c0
           from passages join passages_fts_content on passages_fts_content.id = passages.id
           order by passages.id"""
_BARE = (
    "create table versions (id integer primary key, text)",
    """create table passages (id integer primary key, version_id, article_id, library_id, current,
        heading, start, "end", text, length, language)""",
    """create virtual table found using fts5
        (words, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'")""",
)


def made(folders: Sequence[Path], count: int) -> list[NewArticle]:
    """Give articles, the same ones each time."""
    texts = [each.text for folder in folders for each in load_set(folder).documents]
    chosen, articles = random.Random(1), []
    for number in range(count):
        parts: list[str] = [f"Article {number}."]
        while sum(len(part.split()) for part in parts) < WORDS:
            parts.append(chosen.choice(texts))
        text = "\n\n".join(parts)
        articles.append(NewArticle(f"Article {number}", text, "en", chunk(text, "en")))
    return articles


async def stored(path: Path, articles: Sequence[NewArticle]) -> float:
    """Store the articles; give the milliseconds that each took."""
    store = SqliteStore(str(path))
    await store.open()
    await store._call(lambda: store._opened().execute("pragma synchronous = normal"))
    began = 0.0
    for at, article in enumerate(articles):
        if at == FIRST:
            began = time.process_time()
        await store.save("bench", [article], [], source="bench", by="bench")
    spent = time.process_time() - began
    await store.close()
    return spent * 1000 / (len(articles) - FIRST)


def bare(path: Path, rows: Sequence[tuple[Any, ...]], text: str) -> float:
    """Insert the rows of the same passages; give the milliseconds that each version took."""
    db = sqlite3.connect(path, isolation_level=None)
    for statement in ("pragma journal_mode = wal", "pragma synchronous = normal", *_BARE):
        db.execute(statement)
    marks = ", ".join("?" * 10)
    began, versions = time.process_time(), 0
    for version, part in groupby(rows, key=lambda row: row[0]):
        held = list(part)
        db.execute("begin immediate")
        db.execute("insert into versions values (?, ?)", [version, text])
        db.executemany(f"insert into passages values (null, {marks})", [row[:-1] for row in held])
        db.executemany("insert into found (words) values (?)", [row[-1:] for row in held])
        db.execute("commit")
        versions += 1
    db.close()
    return (time.process_time() - began) * 1000 / versions


async def main(arguments: argparse.Namespace) -> None:
    articles = made(arguments.folders, arguments.articles + FIRST)
    with tempfile.TemporaryDirectory() as folder:
        spent = await stored(Path(folder) / "ours.db", articles)
        rows = sqlite3.connect(Path(folder) / "ours.db").execute(_ROWS).fetchall()
        plain = bare(Path(folder) / "bare.db", rows, articles[0].text)
    began = time.process_time()
    for row in rows:
        terms(row[7], "en")
    taken = (time.process_time() - began) * 1000 / len(articles)
    figures = {"passages": len(rows) / len(articles), "save_ms": spent, "of_it_terms_ms": taken}
    figures |= {"bare_ms": plain, "ratio": spent / plain}
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    asyncio.run(main(parser.parse_args()))
