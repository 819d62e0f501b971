"""Progress of long work on standard error, for a person who looks; a pipe gets none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from handlers.closing import closing
from handlers.markdown import one_line
from handlers.messages import Progress as Doing
from handlers.messages import Reply

LONGEST = 60


class Bar:
    """One bar that is told what is being done now; it is drawn on a terminal only."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None)

    def begin(self, text: str, total: int) -> None:
        """Start a new stretch of work; a total of 0 means that nobody knows."""
        self._progress.reset(self._task, total=total or None, description=one_line(text, LONGEST))

    def at(self, done: int, text: str = "") -> None:
        """Say how much is done, and what is being done now if that is another thing."""
        if text:
            self._progress.update(self._task, description=one_line(text, LONGEST))
        self._progress.update(self._task, completed=done)

    def say(self, text: str) -> None:
        """Write a line above the bar."""
        self._progress.console.print(Text(text))


@contextmanager
def bar() -> Iterator[Bar]:
    """Show a bar until the work ends; nothing of it stays on the screen."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        yield Bar(progress)


async def last(replies: AsyncIterator[Reply], shown: Bar) -> Reply | None:
    """Give the last picture of a reply, showing on the way what is being done."""
    reply: Reply | None = None
    async with closing(replies):
        async for reply in replies:
            if isinstance(reply, Doing):
                count = f" {reply.done}/{reply.total}" if reply.total else ""
                shown.at(0, reply.text + count)
    return reply
