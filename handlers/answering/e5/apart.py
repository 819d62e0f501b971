"""Embeds passages in processes of their own that give way to everything else on the machine."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from handlers.errors import ModelFault

Vector = NDArray[np.float32]

SECONDS = 120.0  # for one piece of work; a text takes 0.03 s, by the wheel's own engine 0.3 s
PIECE = 4  # texts that go to a process at a time
_LENGTH = struct.Struct("<II")


class Crew:
    """Some processes that embed passages, started when there is work.

    A process that dies or hangs is a `ModelFault`; the next work starts another one.
    """

    def __init__(self, size: int) -> None:
        self._free: asyncio.Queue[_Hand] = asyncio.Queue()
        self._hands = [_Hand() for _ in range(size)]
        for hand in self._hands:
            self._free.put_nowait(hand)

    async def passages(self, texts: Sequence[str]) -> Vector:
        """Give one row for each text. Raises `ModelFault`."""
        pieces = [list(texts[at : at + PIECE]) for at in range(0, len(texts), PIECE)]
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._embedded(piece)) for piece in pieces]
        except* ModelFault as faults:
            raise ModelFault(str(faults.exceptions[0])) from faults
        rows = [task.result() for task in tasks]
        return np.concatenate(rows) if rows else np.empty((0, 0), np.float32)

    async def close(self) -> None:
        for hand in self._hands:
            await hand.stop()

    async def _embedded(self, piece: list[str]) -> Vector:
        hand = await self._free.get()
        try:
            return await hand.embedded(piece)
        finally:
            self._free.put_nowait(hand)


class _Hand:
    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None

    async def embedded(self, texts: list[str]) -> Vector:
        try:
            async with asyncio.timeout(SECONDS):
                return await self._asked(texts)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as fault:
            await self.stop()
            raise ModelFault("the embedder's process broke off") from fault
        except BaseException:  # what is left of an answer must not meet the next question
            await self.stop()
            raise

    async def _asked(self, texts: list[str]) -> Vector:
        process = self._process or await self._started()
        assert process.stdin and process.stdout  # noqa: S101 - both are pipes
        asked = json.dumps(texts).encode()
        process.stdin.write(_LENGTH.pack(len(asked), 0) + asked)
        await process.stdin.drain()
        rows, width = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
        if rows != len(texts):
            raise ModelFault("the local embedder does not run")
        answer = await process.stdout.readexactly(4 * rows * width)
        return np.frombuffer(answer, np.float32).reshape(rows, width).copy()

    async def _started(self) -> asyncio.subprocess.Process:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", __name__),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        return self._process

    async def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def give_way() -> None:
    """Let everything else on this machine go first, as far as the system knows how."""
    if hasattr(os, "nice"):
        os.nice(19)
    if hasattr(os, "SCHED_IDLE"):
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def main() -> None:
    """Answer pieces of work on standard input until it ends, as it does with the parent."""
    from handlers.answering.e5.local import open_engine  # noqa: PLC0415 - the parent needs none

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    give_way()
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    engine = open_engine()
    while texts := _read(sys.stdin.buffer):
        rows = np.ascontiguousarray(engine.passage(texts), np.float32)
        out.write(_LENGTH.pack(*rows.shape) + rows.tobytes())
        out.flush()


def _read(pipe: BinaryIO) -> list[str]:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return []
    length, _ = _LENGTH.unpack(head)
    return list(json.loads(pipe.read(length)))


if __name__ == "__main__":
    main()
