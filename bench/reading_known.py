"""Measures how well articles that tell the same are found, and what that takes.

    python -m bench.reading_known [choose] [pairs] [store] [speed]

One JSON line for each figure; without an argument, all of them. Pairs are made of the pages with a
known text (bench/known_pairs.py). `choose`: the thresholds that part all pairs of the even articles
best. `pairs`: precision, recall and F1 of the odd ones, every two different stories told apart.
`store`: the same through a library: all odd stories stored, then what others made of them, each
linked or not. `speed`: milliseconds of CPU that a link takes in a library of 10,000 articles.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

from sqlite_utils import Database

from bench.known_pairs import EXTRACTORS, Told, different, stories
from storage.connection import connect, immediate
from storage.engines import open_store
from storage.known import alike, learn
from storage.libraries import library_id
from storage.records import NewArticle, Span
from storage.sketch import SAME, overlap, sketch

Result = dict[str, object]

MANY = 10_000
MADE = 800  # words of a made article
AGAIN = 0.01  # share of articles that another one repeats
LEAST_FOUND = 0.5  # of a story's lines; an extractor that finds less has found something else


def halves() -> tuple[list[Told], list[Told]]:
    """Give the even stories, that thresholds are chosen on, and the odd ones."""
    every = stories()
    return list(every[::2]), list(every[1::2])


def versions(told: Told) -> Iterator[tuple[str, str]]:
    """Give a story as others have it; what an extractor found instead of it is left out."""
    for name, text in told.others.items():
        if name not in EXTRACTORS or _found(told.text, text) >= LEAST_FOUND:
            yield name, text


def _found(text: str, other: str) -> float:
    """Give the share of a text's lines that stand in another letter for letter, spaces aside."""
    whole = _bare(other)
    lines = [_bare(line) for line in text.splitlines() if line.strip()]
    return sum(len(line) for line in lines if line in whole) / max(1, sum(map(len, lines)))


def _bare(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def scores(told: Sequence[Told]) -> tuple[dict[str, list[float]], list[float]]:
    """Give the overlaps of the same stories, by how they were made, and of different ones."""
    drawn = {each.id: sketch(each.text) for each in told}
    same: dict[str, list[float]] = {}
    for each in told:
        for name, text in versions(each):
            same.setdefault(name, []).append(overlap(drawn[each.id], sketch(text)))
    apart = [overlap(drawn[one.id], drawn[other.id]) for one, other in different(told)]
    return same, apart


def judged(found: int, missed: int, wrong: int) -> Result:
    precision, recall = found / max(1, found + wrong), found / max(1, found + missed)
    both = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4)}


def choose() -> Iterator[Result]:
    same, apart = scores(halves()[0])
    every = [score for each in same.values() for score in each]
    for at in range(10, 60, 5):
        least = at / 100
        found = sum(score >= least for score in every)
        wrong = sum(score >= least for score in apart)
        yield {"least": least, **judged(found, len(every) - found, wrong)}
    yield {"lowest of the same": round(min(every), 3), "highest of others": round(max(apart), 3)}


def pairs() -> Iterator[Result]:
    told = halves()[1]
    for name in ("all", *sorted({each.set for each in told})):
        part = [each for each in told if name in ("all", each.set)]
        same, apart = scores(part)
        every = [score for each in same.values() for score in each]
        found, wrong = sum(each >= SAME for each in every), sum(each >= SAME for each in apart)
        missed = {
            kind: sum(score < SAME for score in each)
            for kind, each in same.items()
            if min(each) < SAME
        }
        yield {
            "pairs": name, "stories": len(part), "same": len(every), "different": len(apart),
            **judged(found, len(every) - found, wrong), "missed": missed, "wrong": wrong,
        }  # fmt: skip
    near = [
        overlap(sketch(one.text), sketch(other.text))
        for one, other in different(stories())
        if one.site == other.site
    ]
    yield {"different, of one site": len(near), "highest": round(max(near), 3)}


async def _stored(path: Path) -> tuple[int, int, list[tuple[str, ...]]]:
    """Store stories and what others made of them; give links found and missed, and wrong ones."""
    store = await open_store(str(path))
    of: dict[int, str] = {}
    found = missed = 0
    wrong: list[tuple[str, ...]] = []
    for each in halves()[1]:
        of[(await store.save("b", [_new(each.text)], [], source="s", by="b"))[0].article] = each.id
    for each in halves()[1]:
        for name, text in versions(each):
            (saved,) = await store.save("b", [_new(text)], [], source="s", by="b")
            told = {of[other] for other in saved.also}
            is_known = each.id in told or of.get(saved.article) == each.id
            found, missed = found + is_known, missed + (not is_known)
            wrong += [(each.id, name, *sorted(told - {each.id}))] if told - {each.id} else []
            of.setdefault(saved.article, each.id)
    await store.close()
    return found, missed, wrong


def _new(text: str) -> NewArticle:
    return NewArticle("A title", text, "en", (Span(0, len(text)),))


def stored() -> Iterator[Result]:
    with TemporaryDirectory() as folder:
        found, missed, wrong = asyncio.run(_stored(Path(folder) / "b.db"))
    yield {"through": "a library", **judged(found, missed, len(wrong)), "wrong": wrong}


def speed() -> Iterator[Result]:
    """Articles of words drawn from all stories; one in a hundred repeats one before it."""
    spaced = (each.text for each in stories() if each.set == "benchmark")
    words = [word for text in spaced for word in text.split()]
    chance = random.Random(1)
    texts: list[str] = []
    with TemporaryDirectory() as folder:
        db = connect(str(Path(folder) / "b.db"))
        db.execute("pragma synchronous = off")
        owner = library_id(db, "b")
        spent = 0.0
        for number in range(1, MANY + 1):
            again = texts and chance.random() < AGAIN
            texts.append(chance.choice(texts) if again else " ".join(chance.choices(words, k=MADE)))
            db.execute(
                """insert into articles (id, library_id, title, language, added, added_by, version)
                   values (?, ?, 'Made', 'en', '2026-01-01', 'bench', 1)""",
                [number, owner],
            )
            begun = time.process_time()
            with immediate(db):
                learn(db, owner, number, texts[-1])
            spent += time.process_time() - begun
        sketching, looking = _parts(db, owner, texts[-1000:])
        size = db.execute("pragma page_count").fetchone()[0] * 4096
        links = db.execute("select count(*) from alike").fetchone()[0]
        db.close()
    yield {
        "articles": MANY, "ms to sketch": sketching, "ms to look up": looking,
        "ms in all": round(1000 * spent / MANY, 3), "kib each": round(size / MANY / 1024, 2),
        "links": links,
    }  # fmt: skip


def _parts(db: Database, owner: int, texts: Sequence[str]) -> tuple[float, float]:
    """Give the milliseconds that a sketch takes, and that looking it up takes."""
    begun = time.process_time()
    drawn = [sketch(text) for text in texts]
    between = time.process_time()
    for each in drawn:
        alike(db, owner, 0, each)
    ended = time.process_time()
    each_ms = 1000 / len(texts)
    return round((between - begun) * each_ms, 3), round((ended - between) * each_ms, 3)


MEASURES: dict[str, Callable[[], Iterator[Result]]] = {
    "choose": choose,
    "pairs": pairs,
    "store": stored,
    "speed": speed,
}

if __name__ == "__main__":
    for wanted in sys.argv[1:] or MEASURES:
        for result in MEASURES[wanted]():
            print(json.dumps({"measure": wanted, **result}, ensure_ascii=False), flush=True)
