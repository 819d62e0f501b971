"""Large libraries: the copies beside the file agree with it, follow it, and can be lost."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import numpy as np
import pytest

from storage import changes, wordindex
from storage.codes import Codes
from storage.records import NewArticle, Span
from storage.sqlite import SqliteStore
from storage.vectors import Query, Stored, Vectors, pack

WORDS = ["river", "bridge", "council", "market", "baker", "kiln", "winter", "harbour", "tunnel"]
WORDS += ["garden", "school", "letter"]


def article(number: int) -> NewArticle:
    text = f"{number} " + " ".join(
        WORDS[(number * place) % len(WORDS)] for place in range(3, 3 + 5 + number % 7)
    )
    return NewArticle(f"No {number}", text, "en", (Span(0, len(text)),))


async def opened(path: Path, large: int) -> SqliteStore:
    store = SqliteStore(str(path), large=large)
    await store.open()
    return store


async def beside(store: SqliteStore) -> bool:
    """Whether the index beside the file is what answers now."""
    index = store._indexes["main"]
    return await store._call(lambda: index._beside.ready(store._opened(), 10**9, 0)) is not None


async def test_the_top_ten_of_the_index_beside_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    small = await opened(path, 10_000)
    await small.save("main", [article(n) for n in range(400)], [], source="s", by="m")
    large = await opened(path, 0)
    for asked in (["river", "kiln"], ["letter"], ["council market"], ["harbour", "zzz", "winter"]):
        expected = await small.by_words("main", asked, 10)
        assert [hit.score for hit in await large.by_words("main", asked, 10)] == pytest.approx(
            [hit.score for hit in expected]
        )
        assert await large.document_frequencies("main", asked) == (
            await small.document_frequencies("main", asked)
        )
    assert await beside(large)
    await small.close()
    await large.close()


async def test_what_another_process_stores_is_found_at_once(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    mine, other = await opened(path, 0), await opened(path, 0)
    await mine.save("main", [article(1)], [], source="s", by="m")
    assert len(await mine.by_words("main", ["bridge", "market"], 9)) == 1
    await other.save("main", [article(2), article(3)], [], source="s", by="m")
    assert len(await mine.by_words("main", ["No"], 9)) == 3
    assert len(await other.by_words("main", ["No"], 9)) == 3
    assert await beside(mine)
    await mine.close()
    await other.close()


async def test_a_lost_or_damaged_index_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    store = await opened(path, 0)
    await store.save("main", [article(n) for n in range(30)], [], source="s", by="m")
    wanted = await store.by_words("main", ["river"], 9)
    await store.close()
    (folder,) = (tmp_path / "l.db-words").iterdir()
    (folder / "meta.json").write_text("{")
    store = await opened(path, 0)
    assert await store.by_words("main", ["river"], 9) == wanted
    await store.close()
    shutil.rmtree(tmp_path / "l.db-words")
    store = await opened(path, 0)
    assert await store.by_words("main", ["river"], 9) == wanted
    await store.close()


async def test_a_large_index_is_made_in_the_background_while_the_file_answers(
    tmp_path: Path,
) -> None:
    path = tmp_path / "l.db"
    store = await opened(path, 0)
    new = [article(n) for n in range(wordindex.AT_ONCE + 100)]
    await store.save("main", new, [], source="s", by="m")
    first = await store.by_words("main", ["kiln", "garden"], 10)
    index = store._indexes["main"]
    assert index._beside._making is not None
    async with asyncio.timeout(60):
        await asyncio.to_thread(index._beside._making.join)
    assert await beside(store)
    again = await store.by_words("main", ["kiln", "garden"], 10)
    assert [hit.score for hit in again] == pytest.approx([hit.score for hit in first])
    await store.close()


async def test_changes_long_past_are_forgotten_and_copies_that_missed_them_made_anew(
    tmp_path: Path,
) -> None:
    path = tmp_path / "l.db"
    mine, other = await opened(path, 0), await opened(path, 0)
    await mine.save("main", [article(1)], [], source="s", by="m")
    assert len(await mine.by_words("main", ["No"], 9)) == 1
    await other.save("main", [article(n) for n in range(2, 30)], [], source="s", by="m")
    await other._call(lambda: changes.prune(other._opened(), 5))
    held = await other._call(
        lambda: other._opened().execute("select count(*) from changes").fetchone()[0]
    )
    assert held == 5
    assert len(await mine.by_words("main", ["No"], 99)) == 29
    assert await mine.languages("main") == {"en": 29}
    await mine.close()
    await other.close()


async def test_nothing_of_the_forgotten_stays_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    store = await opened(path, 0)
    secret = NewArticle("x", "the zanzibarian secret", "en", (Span(0, 22),))
    (saved,) = await store.save("main", [secret], [], source="s", by="m")
    await store.save("main", [article(1)], [], source="s", by="m")
    assert len(await store.by_words("main", ["zanzibarian"], 9)) == 1
    await store.forget("main", saved.article, by="m")
    assert await store.by_words("main", ["zanzibarian"], 9) == []
    await store.close()
    for file in (tmp_path / "l.db-words").rglob("*"):
        assert file.is_dir() or b"zanzibar" not in file.read_bytes()


def made(count: int, seed: int) -> Stored:
    """Rows as embedders give them: all of them near one another."""
    rng = np.random.default_rng(seed)
    rows = rng.standard_normal((count, 384)).astype(np.float32) + 2
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    languages = ["en" if n % 3 else "de" for n in range(count)]
    ids = [seed * 100_000 + n for n in range(count)]
    return Stored(ids, languages, [pack(row) for row in rows])


class File:
    """Stored vectors by their ids, as the file gives them."""

    def __init__(self, stored: Stored) -> None:
        self._rows = dict(
            zip(stored.ids, zip(stored.languages, stored.blobs, strict=True), strict=True)
        )

    def add(self, stored: Stored) -> None:
        self._rows |= File(stored)._rows

    def stored(self, ids: list[int]) -> Stored:
        return Stored.of((each, *self._rows[each]) for each in ids if each in self._rows)

    def blobs(self, ids: list[int]) -> dict[int, bytes]:
        return {each: self._rows[each][1] for each in ids if each in self._rows}


def test_coded_vectors_find_what_all_of_them_find_and_follow_changes() -> None:
    first, later = made(4_000, 1), made(500, 2)
    file = File(first)
    codes, full = Codes([first], {"en": 2_667, "de": 1_333}, file), Vectors(first)
    gone = first.ids[100:300]
    file.add(later)
    for each in (codes, full):
        each.change(gone, later)
    assert len(codes) == 4_000 - 200 + 500
    rng = np.random.default_rng(3)
    met = 0
    for _ in range(50):
        asked = rng.standard_normal(384).astype(np.float32) + 2
        query = Query(asked / np.linalg.norm(asked))
        wanted = [hit.passage for hit in full.nearest(query, 10)]
        found = [hit.passage for hit in codes.nearest(query, 10)]
        assert not set(found) & set(gone)
        met += len(set(wanted) & set(found))
    assert met >= 0.98 * 500


def test_coded_vectors_score_what_is_asked_for_besides() -> None:
    first = made(1_000, 1)
    codes = Codes([first], {"en": 667, "de": 333}, File(first))
    query = Query(np.full(384, 384**-0.5, np.float32))
    hits = codes.nearest(query, 2, [first.ids[7], 999_999])
    assert len(hits) in (2, 3)
    assert first.ids[7] in {hit.passage for hit in hits}
