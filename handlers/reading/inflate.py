"""Unpacks a page as it comes in, a bounded piece at a time."""

from __future__ import annotations

import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator

from handlers import phrases
from handlers.errors import Code, Refused

PIECE = 256 * 1024  # bytes, as inflated
ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})  # names of RFC 9110
_GZIP = b"\x1f\x8b"


async def inflated(parts: AsyncIterator[bytes], encoding: str) -> AsyncGenerator[bytes, None]:
    """Give a body, sent in one of `ENCODINGS`, in pieces; raises `Refused` for a broken one."""
    if encoding in ("", "identity"):
        async for part in parts:
            yield part
        return
    members = _Members(is_gzip=encoding.endswith("gzip"))
    try:
        async for part in parts:
            for piece in members.pieces(part):
                yield piece
    except zlib.error as fault:
        raise Refused(Code.BROKEN, phrases.BROKEN_PAGE) from fault
    if members.is_cut_off:
        raise Refused(Code.BROKEN, phrases.BROKEN_PAGE)


class _Members:
    """What is left of a packed body: a gzip of several members (RFC 1952), or one deflate."""

    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._held = b""  # the first byte of a member, which alone does not tell its kind
        self._began = False
        self._inflater = zlib.decompressobj()
        self._is_open = False

    @property
    def is_cut_off(self) -> bool:
        return self._is_open or (bool(self._held) and not self._began)

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """Unpack the next part; raises `zlib.error`. Padding behind the last member is dropped."""
        while True:
            if not self._is_open:
                packed, self._held = self._held + packed, b""
                if len(packed) < 2:
                    self._held = packed
                    return
                if self._began and not (self._is_gzip and packed.startswith(_GZIP)):
                    return
                self._open(packed)
            piece = self._inflater.decompress(packed, PIECE)
            if piece:
                yield piece
            if self._inflater.eof:
                self._is_open = False
                packed = self._inflater.unused_data
                continue
            packed = self._inflater.unconsumed_tail
            if not packed and len(piece) < PIECE:
                return

    def _open(self, packed: bytes) -> None:
        window = zlib.MAX_WBITS | 16
        if not self._is_gzip:
            # many send deflate without zlib's two bytes, which a multiple of 31 gives away
            is_zlib = packed[0] & 15 == 8 and int.from_bytes(packed[:2], "big") % 31 == 0
            window = zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS
        self._inflater = zlib.decompressobj(window)
        self._is_open = self._began = True
