"""Standard input: lines that a person types, or that a pipe brings."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar, cast

try:  # where there is no readline or termios (Windows), lines are read without history
    import readline
    import termios
except ImportError:  # pragma: no cover
    readline = termios = None  # type: ignore[assignment]

LONGEST = 1 << 20  # bytes of a line from a pipe; the rest of it is dropped
HISTORY = 500  # lines of this session that the arrow keys bring back
STDIN = 0
_CHUNK = 1 << 16

T = TypeVar("T")
_pending = bytearray()  # what the pipe has brought behind the last line


def at_terminal() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


async def next_line(prompt: str = "") -> str | None:
    """Give the next line without its end, or `None` where there are no more."""
    if at_terminal():
        return await unwaited(lambda: _typed(prompt))
    return await unwaited(_piped)


async def unwaited(read: Callable[[], T]) -> T:
    """Read on a daemon thread: nothing can interrupt a read, and no exit must wait for one.

    What is read must not be `sys.stdin` itself: Python locks it while it is read, and aborts
    where it finds the lock taken at exit.
    """
    loop = asyncio.get_running_loop()
    result: asyncio.Future[T] = loop.create_future()

    def settle(value: T | None, fault: OSError | None) -> None:
        if result.done():
            return
        if fault:
            result.set_exception(fault)
        else:
            result.set_result(cast(T, value))

    def work() -> None:
        value, fault = None, None
        try:
            value = read()
        except OSError as error:
            fault = error
        with suppress(RuntimeError):  # the loop has ended before the line came
            loop.call_soon_threadsafe(settle, value, fault)

    threading.Thread(target=work, daemon=True, name="reading").start()
    return await result


def rest_of_stdin(most: int) -> bytes:
    """Read standard input to its end, or to one byte more than `most`."""
    found = bytearray()
    while len(found) <= most and (chunk := os.read(STDIN, _CHUNK)):
        found += chunk
    return bytes(found[: most + 1])


@contextmanager
def terminal_kept() -> Iterator[None]:
    """Give the terminal back as it was: a line still being read leaves it without echo."""
    if not at_terminal() or termios is None:
        yield
        return
    readline.set_history_length(HISTORY)
    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _typed(prompt: str) -> str | None:
    try:
        return input(prompt)
    except (EOFError, UnicodeDecodeError) as fault:
        return "" if isinstance(fault, UnicodeDecodeError) else None


def _piped() -> str | None:
    """Take the next line off what the pipe brings; a last one may lack its end."""
    if sys.stdin is None:
        return None
    while b"\n" not in _pending and (chunk := os.read(STDIN, _CHUNK)):
        _pending.extend(chunk)
        del _pending[LONGEST : max(LONGEST, _pending.rfind(b"\n"))]
    if not _pending:
        return None
    line, _, rest = bytes(_pending).partition(b"\n")
    _pending[:] = rest
    return line.decode("utf-8", "replace").rstrip("\r")
