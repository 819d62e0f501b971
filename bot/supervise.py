"""Keeps platforms running side by side: one that fails is started again, the other goes on."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before a platform is started again
SOUND = 300.0  # seconds after which a fault is taken for a new one

log = logging.getLogger(__name__)

Serve = Callable[[], Coroutine[Any, Any, None]]


class Hopeless(Exception):
    """Starting again will not help; the message says what the operator has to change."""


async def supervise(platforms: Mapping[str, Serve], *, first_pause: float = FIRST_PAUSE) -> None:
    """Run all until cancelled; returns only where none of them can run any more."""
    kept = [asyncio.create_task(_kept(*each, first_pause)) for each in platforms.items()]
    try:
        if kept:
            await asyncio.wait(kept)
    finally:  # all of them to their end: a gather that is cancelled ends with the first
        for task in kept:
            task.cancel()
        await asyncio.gather(*kept, return_exceptions=True)


async def _kept(name: str, serve: Serve, first_pause: float) -> None:
    """Run one platform; whatever ends it, it is started again after a growing pause."""
    pause = first_pause
    while True:
        began = time.monotonic()
        fault = await _ended(serve)
        if isinstance(fault, Hopeless):
            log.error("%s stops: %s", name, fault)
            return
        if time.monotonic() - began > SOUND:
            pause = first_pause
        log.warning("%s failed and starts again in %.0f s: %r", name, pause, fault, exc_info=fault)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _ended(serve: Serve) -> BaseException | None:
    """Run a platform to its end and give the fault that ended it."""
    task = asyncio.create_task(serve())
    try:
        await asyncio.wait({task})
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    return None if task.cancelled() else task.exception()
