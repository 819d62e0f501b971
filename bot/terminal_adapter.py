"""The same bot in a terminal: a chat with its owner, rich on a screen, plain in a pipe."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console
from rich.live import Live
from rich.text import Text

from bot import samples
from bot.app import App
from bot.here import Here
from bot.lines import at_terminal, next_line, terminal_kept
from bot.pasted import is_links
from bot.render import as_rich, write
from bot.screen import latest
from bot.sources import Named, handed, named
from handlers import phrases
from handlers.conversations import told_of
from handlers.courtesy import is_greeting, is_thanks
from handlers.messages import Answer, Reply
from handlers.reading.read import addresses_in

T = TypeVar("T")

PROMPT = "› "
GAP = 0.08  # seconds between two pictures: smooth to the eye, light on a slow terminal
LEAVE = ("/quit", "/exit", "/q")
TAKES_FILES = ("ingest", "extract")


class Interrupted(Exception):
    """Ctrl-C, while this was being waited for."""


@dataclass(slots=True)
class Chat:
    """One sitting: each line is a command or a question that may follow the one before."""

    app: App
    place: Here
    console: Console = field(default_factory=Console)
    conversation: str = ""
    about: tuple[int, ...] = ()  # the articles that the newest reply told of

    async def talk(self) -> int:
        """Answer line after line until the end of input, `/quit`, or Ctrl-C at the prompt."""
        try:
            with terminal_kept():
                await self._welcome()
                async with self.app.working():
                    await self._listen()
        except Interrupted:
            self._end_line()
            return 130
        return 0

    async def _listen(self) -> None:
        while (line := await interruptible(next_line(PROMPT))) is not None:
            text = line.strip()
            if text in LEAVE:
                return
            if text:
                await self._answer(text)
        self._end_line()

    def _end_line(self) -> None:
        """Leave the line of a prompt that was not answered."""
        if at_terminal():
            self.console.print()

    async def _welcome(self) -> None:
        if paths := await samples.offered(self.app, self.place):
            await self._offer(paths)
        if at_terminal():
            self.console.print(Text(phrases.WELCOME, style="dim"))

    async def _offer(self, paths: list[str]) -> None:
        """Ask on a screen; a pipe, that cannot be asked, gets the samples."""
        if at_terminal():
            said = await interruptible(next_line(phrases.offer_samples(len(paths))))
            if said is None or said.strip().lower()[:1] == "n":
                return
        else:
            sys.stderr.write(phrases.LOADING_SAMPLES + "\n")
        count = await interruptible(samples.take(self.app, self.place, paths))
        if at_terminal():
            self.console.print(Text(phrases.samples_loaded(count)))

    async def _answer(self, text: str) -> None:
        for replies in self._replies(text):
            try:
                await interruptible(self._show(replies))
            except Interrupted:
                self.console.print(Text(phrases.STOPPED, style="dim"))
                return

    def _replies(self, text: str) -> list[AsyncIterator[Reply]]:
        """Read a line: `/command words`, or a question. A folder gives a reply a file."""
        if not text.startswith("/"):
            return self._said(text)
        command, _, words = text[1:].partition(" ")
        if command in TAKES_FILES and words.strip():
            chosen = _sources(words.strip())
            return [handed(self.app.reply, self.place, command, one) for one in chosen]
        return [self.app.reply(self.place.request(command, words.strip()))]

    def _said(self, text: str) -> list[AsyncIterator[Reply]]:
        """Read words without a command as any chat does: links are stored, thanks get peace."""
        if is_links(text):
            links = named(addresses_in(text))
            return [handed(self.app.reply, self.place, "ingest", one) for one in links]
        if is_thanks(text):
            return []
        command = "help" if is_greeting(text) else "ask"
        request = self.place.request(command, text, after=self.conversation, about=self.about)
        return [self.app.reply(request)]

    async def _show(self, replies: AsyncIterator[Reply]) -> None:
        last: Reply | None = None
        screen = Live(console=self.console, transient=True, auto_refresh=False)
        with screen if self.console.is_terminal else nullcontext():
            async for picture in latest(replies, GAP if self.console.is_terminal else 0):
                screen.update(as_rich(picture), refresh=self.console.is_terminal)
                last = picture
        if isinstance(last, Answer):
            self.conversation = last.conversation
        if isinstance(last, Answer) or told_of(last):
            self.about = told_of(last)
        if last:
            write(self.console, last)
            self.console.file.write("\n")
            self.console.file.flush()


async def interruptible(work: Coroutine[Any, Any, T]) -> T:
    """Wait for some work; Ctrl-C cancels it alone and becomes `Interrupted`."""
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work)
    with suppress(NotImplementedError):  # Windows: there Ctrl-C ends the whole chat
        loop.add_signal_handler(signal.SIGINT, task.cancel)
    try:
        await asyncio.wait({task})
    finally:
        with suppress(NotImplementedError):
            loop.remove_signal_handler(signal.SIGINT)
        task.cancel()
    if task.cancelled():
        raise Interrupted
    return task.result()


def _sources(words: str) -> list[Named]:
    """Tell a path or an address, which may be in quotation marks, from a pasted text."""
    bare = words.strip("'\"")
    pasted = any(letter.isspace() for letter in bare) and not _exists(bare)
    return [Named("", words)] if pasted else list(named([bare]))


def _exists(path: str) -> bool:
    try:
        return Path(path).expanduser().exists()
    except (OSError, ValueError, RuntimeError):
        return False
