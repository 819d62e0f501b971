"""Packed pages come out as they were, in bounded pieces, or not at all."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import AsyncIterator, Callable
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.errors import Code, Refused
from handlers.reading.inflate import ENCODINGS, PIECE, inflated


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


PACKERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("identity", bytes),
    ("", bytes),
]
CUTS = st.lists(st.integers(0, 400), max_size=8)
KINDS = pytest.mark.parametrize(
    ("encoding", "pack"), PACKERS, ids=["gzip", "x-gzip", "zlib", "raw", "identity", "none"]
)


async def unpacked(packed: bytes, encoding: str, cuts: list[int] | None = None) -> list[bytes]:
    places = [0, *sorted(cuts or []), len(packed)]

    async def parts() -> AsyncIterator[bytes]:
        for start, end in pairwise(places):
            yield packed[start:end]

    return [piece async for piece in inflated(parts(), encoding)]


@KINDS
@given(body=st.binary(max_size=300), cuts=CUTS)
async def test_what_was_packed_comes_out_wherever_it_is_cut_in_parts(
    encoding: str, pack: Callable[[bytes], bytes], body: bytes, cuts: list[int]
) -> None:
    assert b"".join(await unpacked(pack(body), encoding, cuts)) == body


@given(bodies=st.lists(st.binary(max_size=40), min_size=1, max_size=4), cuts=CUTS)
async def test_a_gzip_of_several_members_comes_out_whole(
    bodies: list[bytes], cuts: list[int]
) -> None:
    packed = b"".join(map(gzip.compress, bodies))
    assert b"".join(await unpacked(packed, "gzip", cuts)) == b"".join(bodies)


@pytest.mark.parametrize("padding", [b"\0", b"\0" * 512, b"<!-- x -->"])
@pytest.mark.parametrize(("encoding", "pack"), PACKERS[:4])
async def test_what_stands_behind_the_end_is_dropped(
    padding: bytes, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    assert b"".join(await unpacked(pack(b"story") + padding, encoding)) == b"story"


@pytest.mark.parametrize(("encoding", "pack"), PACKERS[:4])
async def test_a_page_that_breaks_off_is_not_taken_for_a_whole_one(
    encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    packed = pack(b"The kiln at Marden was lit again on Monday.")
    for end in range(1, len(packed)):
        with pytest.raises(Refused) as caught:
            await unpacked(packed[:end], encoding)
        assert caught.value.code is Code.BROKEN
    assert await unpacked(b"", encoding) == []


async def test_a_second_member_that_breaks_off_is_missed() -> None:
    second = gzip.compress(b"and the council agreed")
    for end in range(2, len(second)):
        with pytest.raises(Refused):
            await unpacked(gzip.compress(b"story") + second[:end], "gzip")


@given(st.binary(max_size=80), st.sampled_from(sorted(ENCODINGS)), CUTS)
@example(b"\x1f\x8b", "gzip", [1])
@example(b"\x78", "deflate", [])
async def test_any_bytes_come_out_or_are_refused(
    packed: bytes, encoding: str, cuts: list[int]
) -> None:
    try:
        await unpacked(packed, encoding, cuts)
    except Refused as no:
        assert no.code is Code.BROKEN


@pytest.mark.parametrize(("encoding", "pack"), PACKERS[:4])
async def test_no_piece_is_larger_than_a_piece(
    encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    body = bytes(PIECE * 9 + 1)
    pieces = await unpacked(pack(body), encoding)
    assert b"".join(pieces) == body
    assert max(map(len, pieces)) == PIECE
