"""Shows the newest picture of a reply, no faster than the platform likes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from bot.compose import compose, links_of
from handlers.closing import closing
from handlers.messages import Action, Draft, Progress, Reply


@dataclass(frozen=True, slots=True)
class Part:
    """Message `index` of a picture, as Markdown; empty where it is no longer needed.

    `links` are the addresses that may become links, `actions` the buttons under it. `final` means
    that no further picture is to come.
    """

    index: int
    markdown: str
    links: frozenset[str] = frozenset()
    actions: tuple[Action, ...] = ()
    final: bool = False


class Sheet(Protocol):
    """One reply on a platform: `limit` is that of a message, by `length`; `gap` is in seconds."""

    limit: int
    gap: float

    def length(self, markdown: str, links: frozenset[str]) -> int:
        """Give the length of a part as the platform counts it."""
        ...

    async def put(self, part: Part) -> None:
        """Show a part; one that is not final may be left out, a final one may not."""
        ...


async def latest(
    replies: AsyncIterator[Reply], gap: float, grace: float = 0.0
) -> AsyncIterator[Reply]:
    """Yield the newest picture at most every `gap` seconds, and always the last.

    The first is held back for `grace` seconds, so that a quick reply is shown in one piece. The
    handler is pulled at its own speed. Leaving early, or being cancelled, closes it.
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
            await asyncio.wait({pulling}, timeout=grace)
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


async def show(replies: AsyncIterator[Reply], sheet: Sheet, grace: float = 0.0) -> Reply | None:
    """Put each picture on a sheet as messages 0, 1, …; give the last picture.

    A message that did not change is not put again; one that a shorter picture no longer needs
    is put empty.
    """
    on_screen: list[Part] = []
    last: Reply | None = None
    async with closing(latest(replies, sheet.gap, grace)) as pictures:
        async for last in pictures:
            parts = parts_of(last, sheet)
            spare = [Part(each.index, "", final=True) for each in on_screen[len(parts) :]]
            for part in [*parts, *spare]:
                if part not in on_screen[part.index : part.index + 1]:
                    await sheet.put(part)
            on_screen = parts
    return last


def parts_of(reply: Reply, sheet: Sheet) -> list[Part]:
    """Cut a picture into messages; its buttons stand under the last."""
    links = links_of(reply)
    from bot.split import split  # noqa: PLC0415 - Markdown's parser: 30 ms, for chats only

    texts = split(compose(reply), sheet.limit, lambda text: sheet.length(text, links))
    final = not isinstance(reply, Progress | Draft)
    actions = getattr(reply, "actions", ())
    end = len(texts) - 1
    return [
        Part(at, text, links, actions if at == end else (), final) for at, text in enumerate(texts)
    ]
