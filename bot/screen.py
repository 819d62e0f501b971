"""Shows the newest picture of a reply, no faster than the platform likes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from bot.compose import compose
from bot.split import Length, split
from handlers.closing import closing
from handlers.messages import Reply

Put = Callable[[int, str], Awaitable[None]]


async def latest(replies: AsyncIterator[Reply], gap: float) -> AsyncIterator[Reply]:
    """Yield the newest picture at most every `gap` seconds, and always the last.

    The handler is pulled at its own speed. Leaving early, or being cancelled, closes it.
    """
    newest: list[Reply] = []
    fresh = asyncio.Event()

    async def pull() -> None:
        async for reply in replies:
            newest[:] = [reply]
            fresh.set()

    async with closing(replies):
        pulling = asyncio.create_task(pull())
        pulling.add_done_callback(lambda _: fresh.set())
        try:
            while newest or not pulling.done():
                await fresh.wait()
                fresh.clear()
                if not newest:
                    continue
                yield newest.pop()
                await _gap(gap, pulling, newest)
            await pulling
        finally:
            pulling.cancel()
            await asyncio.gather(pulling, return_exceptions=True)


async def _gap(gap: float, pulling: asyncio.Task[None], newest: list[Reply]) -> None:
    """Wait before the next picture; where none can come any more, not to the end."""
    loop = asyncio.get_running_loop()
    end = loop.time() + gap
    await asyncio.wait({pulling}, timeout=gap)
    if newest:
        await asyncio.sleep(end - loop.time())


async def show(
    replies: AsyncIterator[Reply], put: Put, *, limit: int, gap: float, length: Length = len
) -> Reply | None:
    """Put each picture on a platform as messages 0, 1, …; give the last picture.

    A message that did not change is not put again; one that a shorter picture no longer needs
    is put empty.
    """
    on_screen: list[str] = []
    last: Reply | None = None
    async with closing(latest(replies, gap)) as pictures:
        async for last in pictures:
            parts = split(compose(last), limit, length)
            parts += [""] * (len(on_screen) - len(parts))
            for index, part in enumerate(parts):
                if index >= len(on_screen) or on_screen[index] != part:
                    await put(index, part)
            on_screen = parts
    return last
