"""Takes what a platform sends, loses none of it, and sees that each is answered once."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

from bot.clerk import Clerk, Undeliverable
from storage.records import Letter
from storage.store import Store

AT_ONCE = 12  # answers being made at a time; the rest wait in the inbox
IN_A_PLACE = 3  # of them, so that one busy place, held up by its limits, keeps no other waiting
STALE = 3_600.0  # seconds; who asked longer ago has gone on
TRIES = 3  # a letter that brings the bot down three times is given up
QUIET = 1.2  # seconds without a further part before a bundle counts as whole
FAREWELL = 4.0  # seconds for answers under way to end when the bot stops

log = logging.getLogger(__name__)


class Desk:
    """One platform's inbox at work. Letters are stored before `take` returns.

    A person's letters in a place are answered one after the other, all others side by side.
    """

    def __init__(
        self,
        store: Store,
        platform: str,
        clerk: Clerk,
        clock: Callable[[], float] = time.time,
        *,
        quiet: float = QUIET,
        farewell: float = FAREWELL,
    ) -> None:
        self._store = store
        self._platform = platform
        self._clerk = clerk
        self._clock = clock
        self._quiet = quiet
        self._farewell = farewell
        self._room = asyncio.Semaphore(AT_ONCE)
        self._rooms: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: dict[asyncio.Task[None], list[Letter]] = {}
        self._bundles: dict[str, list[Letter]] = {}
        self._late: dict[str, float] = {}

    async def resume(self) -> None:
        """Go on with what was not answered when the bot stopped."""
        await self.begin(await self.left())

    async def left(self) -> list[Letter]:
        """Give what was not answered when the bot stopped; asked for before anything comes in."""
        return await self._store.waiting(self._platform)

    async def take(self, letters: Sequence[Letter]) -> None:
        """Store letters and begin to answer those that are new; raises `StoreError`."""
        await self.begin(await self.keep(letters))

    async def keep(self, letters: Sequence[Letter]) -> list[Letter]:
        """Store letters and give those that are new; raises `StoreError`."""
        return await self._store.receive(letters)

    async def retract(self, message: str) -> Sequence[str]:
        """Stop answering a message that is gone; give the messages that answered it so far.

        What was answered already stays as it is. For platforms whose ids are unique in all places.
        """
        stopped = await self._stop(message)
        if not stopped:
            return ()
        letter = await self._store.letter(self._platform, message)
        if letter is not None:
            await self._store.answered([letter])
        for each in stopped:
            if each.message != message:
                self._start(each)
        return letter.reply if letter else ()

    async def close(self) -> None:
        """Let answers under way end for a moment; the rest is answered at the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self._farewell)
        await self._cancel(list(self._tasks))

    async def begin(self, letters: Sequence[Letter]) -> None:
        """Begin to answer letters that were kept."""
        for letter in letters:
            stopped = await self._stop(letter.message, letter.place)
            for each in stopped or [letter]:
                self._start(letter if each.message == letter.message else each)

    def _start(self, letter: Letter) -> None:
        late = self._clock() - letter.sent > STALE
        bundle = f"late {letter.place}" if late else self._clerk.bundle(letter, self._bundles)
        if bundle and bundle in self._bundles:
            self._bundles[bundle].append(letter)
            return
        letters = [letter]
        if bundle:
            self._bundles[bundle] = letters
        work = self._refuse_all if late else self._work
        self._spawn(work(letters, bundle), letters)

    def _spawn(self, work: Coroutine[Any, Any, None], letters: list[Letter]) -> None:
        task = asyncio.create_task(work)
        self._tasks[task] = letters
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        letters = self._tasks.pop(task)
        self._bundles = {key: held for key, held in self._bundles.items() if held is not letters}
        if not task.cancelled() and (fault := task.exception()):
            log.error("an answer broke off; it is tried again at the next start", exc_info=fault)

    async def _stop(self, message: str, place: str = "") -> list[Letter]:
        """Cancel what is being done about a message that changed or is gone.

        Gives the letters that were being answered there: its own, and others of its bundle.
        """
        stopped = {
            task: letters
            for task, letters in self._tasks.items()
            if any(
                message and each.message == message and place in ("", each.place)
                for each in letters
            )
        }
        await self._cancel(list(stopped))
        return [each for letters in stopped.values() for each in letters]

    async def _cancel(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, letters: list[Letter], bundle: str) -> None:
        first = letters[0]
        lock = self._locks.setdefault(f"{first.place} {first.person}", asyncio.Lock())
        room = self._rooms.setdefault(first.place, asyncio.Semaphore(IN_A_PLACE))
        whole = asyncio.create_task(self._whole(letters, bundle))
        try:
            async with lock:
                await whole
                async with room, self._room:
                    if self._clock() - first.sent > STALE:
                        await self._refuse(letters)
                    else:
                        await self._answer(letters)
        finally:
            whole.cancel()
            await asyncio.gather(whole, return_exceptions=True)

    async def _whole(self, letters: list[Letter], bundle: str) -> None:
        """Wait until no further part of a bundle comes."""
        held = 0
        while bundle and held < len(letters):
            held = len(letters)
            await asyncio.sleep(self._quiet)
        self._bundles.pop(bundle, None)

    async def _answer(self, letters: list[Letter]) -> None:
        first = letters[0]
        attempt = await self._store.attempt(first)
        if attempt.tries > TRIES:
            log.error("gave up on a letter after %d tries: %s", TRIES, first.key)
        else:
            letters[0] = replace(first, tries=attempt.tries, reply=attempt.reply)
            try:
                await self._clerk.answer(letters)
            except Undeliverable as why:
                log.info("could not answer in %s: %s", first.place, why)
            except asyncio.CancelledError:
                await self._store.spare(first)  # stopped, not brought down: no try of its own
                raise
        await self._store.answered(letters)

    async def _refuse_all(self, letters: list[Letter], bundle: str) -> None:
        """Turn away what waited too long in a place, once all of it has come in."""
        await self._whole(letters, bundle)
        await self._refuse(letters)

    async def _refuse(self, letters: list[Letter]) -> None:
        """Say once in a place, for a while, that it is too late for what waited there."""
        place, now = letters[-1].place, self._clock()
        if now - self._late.get(place, -STALE) >= STALE:
            self._late[place] = now
            try:
                await self._clerk.too_old(letters[-1], len(letters))
            except Undeliverable as why:
                log.info("could not answer in %s: %s", place, why)
        await self._store.answered(letters)
