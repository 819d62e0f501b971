"""Keeps the child processes that read, warm: two at most, each ended when it takes too long."""

from __future__ import annotations

import asyncio
import json
import os
import struct
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import IO, Any

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.messages import ReadArticle, Reading
from handlers.reading.outline import Outline, outline_from
from storage.records import Removed

MOST = 2  # children; on more cores than two, reading still leaves room for answering
SECONDS = 9.0  # of the clock on the wall, for one job
STARTING = 60.0  # for a child that begins: on a busy machine loading its libraries takes long
FATTEST = 420 * 1024 * 1024  # bytes: a child that has held more is replaced, so memory stays flat
JOBS = 1_000  # after which a child is replaced
_KEPT = ("LANG", "LC_ALL", "PATH", "SYSTEMROOT", "TZ")  # of the environment: no secret among it


@dataclass(frozen=True, slots=True)
class Job:
    """One source to read. Without a `name` the data are a text in UTF-8 that was pasted.

    `said` is what a feed says of an entry whose own HTML the data are.
    """

    source: str
    data: bytes
    name: str | None
    charset: str | None = None
    url: str | None = None
    said: dict[str, str | None] | None = None


class Workers:
    """Hands each job to a child that is free. Every refusal is a `Refused`."""

    def __init__(self, most: int = MOST, seconds: float = SECONDS) -> None:
        self._most = most
        self._seconds = seconds
        self._idle: list[_Child] = []
        self._turns: tuple[asyncio.AbstractEventLoop, asyncio.Semaphore] | None = None

    @property
    def memory(self) -> list[int]:
        """Bytes that each waiting child has at most held so far."""
        return [child.memory for child in self._idle]

    async def run(self, job: Job) -> Reading:
        """Read one source in a child; one that fails or takes too long is replaced."""
        return _reading((await self._told(job, "reading"))["reading"])

    async def outline(self, job: Job) -> Outline:
        """Read in a child what a feed, a sitemap or a page (its `url`) leads to."""
        return outline_from((await self._told(job, "outline"))["outline"])

    async def _told(self, job: Job, wanted: str) -> dict[str, Any]:
        async with self._turn():
            child = self._idle.pop() if self._idle else _Child()
            try:
                told = await asyncio.to_thread(child.ask, job, wanted, self._seconds)
            except asyncio.CancelledError:
                child.end()
                raise
            if child.is_good:
                self._idle.append(child)
        if wanted not in told:
            raise Refused(Code(told["code"]), told["reason"])
        return told

    async def close(self) -> None:
        """End the children that wait for work."""
        while self._idle:
            await asyncio.to_thread(self._idle.pop().end)

    def _turn(self) -> asyncio.Semaphore:
        """Give the queue of the loop that runs: a semaphore belongs to one loop."""
        loop = asyncio.get_running_loop()
        if self._turns is None or self._turns[0] is not loop:
            self._turns = loop, asyncio.Semaphore(self._most)
        return self._turns[1]


@cache
def shared() -> Workers:
    """Give the workers of this process, the same each time."""
    return Workers()


class _Child:
    """One child process, started at once and ended with whoever holds it."""

    def __init__(self) -> None:
        environment = {name: value for name in _KEPT if (value := os.environ.get(name))}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "handlers.reading.work"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._finalizer = weakref.finalize(self, _end, self._process)
        self._is_ready = False
        self._jobs = 0
        self.memory = 0

    @property
    def is_good(self) -> bool:
        """Whether it can take another job; one that cannot is ended."""
        good = self._finalizer.alive and self._process.poll() is None
        if good and (self.memory > FATTEST or self._jobs >= JOBS):
            self.end()
            return False
        return good

    def end(self) -> None:
        self._finalizer()

    def ask(self, job: Job, wanted: str, seconds: float) -> dict[str, Any]:
        """Have one job done; blocks. A child that says nothing in time is ended."""
        try:
            if not self._is_ready:
                with self._ended_after(STARTING):
                    self._answer()  # it says nothing, which says that it is ready
                self._is_ready = True
            with self._ended_after(seconds):
                self._give(job, wanted)
                told: dict[str, Any] = json.loads(self._answer())
        except TimeoutError:
            self.end()
            return {"code": Code.TIMEOUT, "reason": phrases.TOO_HARD}
        except (OSError, EOFError, ValueError):
            self.end()
            return {"code": Code.BROKEN, "reason": phrases.BROKEN_FILE}
        self._jobs += 1
        self.memory = int(told.get("memory", 0))
        return told

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[None]:
        """Kill the child when the time is up. `TimeoutError`: that, or its seconds of CPU were."""
        clock = threading.Timer(seconds, self._process.kill)
        clock.start()
        try:
            yield
        except (OSError, EOFError, ValueError) as fault:
            self._process.kill()
            if not clock.is_alive() or self._process.wait() in (-9, -24):
                raise TimeoutError from fault
            raise
        finally:
            clock.cancel()

    def _give(self, job: Job, wanted: str) -> None:
        jobs = self._process.stdin
        if jobs is None:
            raise EOFError
        head = {
            "wanted": wanted,
            "source": job.source,
            "name": job.name,
            "charset": job.charset,
            "url": job.url,
            "said": job.said,
        }
        for part in (json.dumps(head).encode(), job.data):
            jobs.write(struct.pack(">Q", len(part)))
            jobs.write(part)
        jobs.flush()

    def _answer(self) -> bytes:
        answers = self._process.stdout
        if answers is None:
            raise EOFError
        (size,) = struct.unpack(">Q", _exactly(answers, 8))
        return _exactly(answers, size)


def _exactly(answers: IO[bytes], size: int) -> bytes:
    data = answers.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # what it was still to be told
                continue


def _reading(told: dict[str, Any]) -> Reading:
    return Reading(
        told["source"],
        tuple(ReadArticle(**each) for each in told["articles"]),
        tuple(Removed(**each) for each in told["removed"]),
        walled=told["walled"],
    )
