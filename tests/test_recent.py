"""Vectors of texts embedded lately are kept, within a bound."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest
from numpy.typing import NDArray

from handlers.answering.recent import OVERHEAD, Recent

WIDTH = 4
ROOM = 3 * (WIDTH * 4 + OVERHEAD)  # bytes of three rows


class Maker:
    """Makes a row for each text, and notes which texts it was given."""

    def __init__(self) -> None:
        self.given: list[list[str]] = []

    async def __call__(self, texts: list[str]) -> NDArray[np.float32]:
        self.given.append(texts)
        await asyncio.sleep(0)
        return np.array([[len(text), *text.encode()[:3]] for text in texts], np.float32)


async def test_a_text_is_embedded_once_and_its_row_stays_the_same() -> None:
    recent, make = Recent(), Maker()
    first = await recent.rows(["one", "two"], make)
    again = await recent.rows(["two", "new", "one", "two"], make)
    assert make.given == [["one", "two"], ["new"]]
    assert (again[[2, 0, 3]] == first[[0, 1, 1]]).all()


async def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    recent, make = Recent(ROOM), Maker()
    await recent.rows(["aaa", "bbb", "ccc"], make)
    await recent.rows(["aaa"], make)
    await recent.rows(["ddd"], make)
    assert len(recent) == 3
    await recent.rows(["aaa", "ccc", "ddd"], make)
    assert make.given == [["aaa", "bbb", "ccc"], ["ddd"]]
    await recent.rows(["bbb"], make)
    assert make.given[-1] == ["bbb"]


async def test_more_texts_than_there_is_room_for_are_all_given() -> None:
    recent, make = Recent(ROOM), Maker()
    texts = [f"{n:03}" for n in range(50)]
    rows = await recent.rows(texts, make)
    assert rows.shape == (50, WIDTH)
    assert len(recent) == 3


async def test_two_questions_at_once_for_the_same_text_both_get_it() -> None:
    recent, make = Recent(ROOM), Maker()
    one, two = await asyncio.gather(recent.rows(["abc"], make), recent.rows(["abc"], make))
    assert (one == two).all()
    assert len(recent) == 1


async def test_a_fault_keeps_nothing() -> None:
    recent = Recent()

    async def fails(texts: list[str]) -> NDArray[np.float32]:
        raise OSError("no engine")

    with pytest.raises(OSError, match="no engine"):
        await recent.rows(["abc"], fails)
    assert len(recent) == 0
    assert len(await recent.rows(["abc"], Maker())) == 1
