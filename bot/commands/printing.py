"""Prints what a reply came to: JSON lines for machines, text for people, one line for a failure."""

from __future__ import annotations

from collections.abc import AsyncIterator

import typer
from rich.console import Console

from bot.commands.options import failed
from bot.commands.spoken import in_shell, speaks, spoken
from bot.json_lines import line, objects
from bot.progress import bar, last
from bot.render import write
from handlers.messages import Failure, Reply


async def finish(replies: AsyncIterator[Reply], *, json: bool, told: bool = False) -> int:
    """Wait for a reply, print it, and give the exit status.

    `told` prints a failure as an object too, for commands that promise one.
    """
    with bar() as shown:
        reply = await last(replies, shown)
    reply = spoken(reply) if reply else None
    if isinstance(reply, Failure):
        if json and told:
            emit(reply)
        return failed(reply)
    if reply and json:
        emit(reply)
    elif reply:
        show(reply)
    return 0


def show(reply: Reply) -> None:
    """Print a reply for a person, with the commands that a shell has."""
    write(Console(), reply, in_shell if speaks(reply) else str)


def emit(reply: Reply) -> None:
    """Print a reply as JSON lines."""
    for value in objects(reply):
        typer.echo(line(value))
