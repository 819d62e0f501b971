"""Ends an iterator that is not read to its end, so that what it holds is let go at once."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

T = TypeVar("T")


@asynccontextmanager
async def closing(replies: AsyncIterator[T]) -> AsyncIterator[AsyncIterator[T]]:
    """Lend an iterator; a generator among them is closed on the way out, whatever happened."""
    try:
        yield replies
    finally:
        if isinstance(replies, AsyncGenerator):
            await replies.aclose()
