"""A person at the terminal, for scenarios that run there too: the bot's own requests and words."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace

from bot.app import App
from bot.here import OWNER, TERMINAL
from bot.render import as_text
from handlers.conversations import told_of
from handlers.messages import Answer, Request, Upload
from tests.human import Bubble


class TerminalPerson:
    """Implements `tests.human.Human`: there is one person, who is the owner, and no waiting."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.id, self.chat = OWNER.id, TERMINAL.id
        self._bubbles: list[Bubble] = []
        self._actions: dict[str, dict[str, tuple[str, str]]] = {}
        self._conversation = ""
        self._about: tuple[int, ...] = ()

    async def say(self, text: str, *, to: str | None = None) -> str:
        if text.startswith("/"):
            name, _, rest = text[1:].partition(" ")
            return await self.command(name, rest)
        return await self.command("ask", text)

    async def mention(self, text: str, *, to: str | None = None) -> str:
        return await self.say(text)

    async def command(self, name: str, text: str = "", *, to: str | None = None) -> str:
        after = self._conversation if name == "ask" else ""
        about = self._about if name == "ask" else ()
        return await self._shown(Request(name, text, OWNER, TERMINAL, after=after, about=about))

    async def upload(self, *files: tuple[str, bytes], command: str = "ingest") -> str:
        uploads = tuple(Upload(name, data) for name, data in files)
        return await self._shown(Request(command, "", OWNER, TERMINAL, uploads))

    async def click(self, bubble: Bubble, label: str) -> str:
        command, text = self._actions[bubble.id][label]
        return await self._shown(Request(command, text, OWNER, TERMINAL))

    async def edit(self, message: str, text: str) -> None:
        raise NotImplementedError("a line that was sent stays in a terminal")

    async def delete(self, message: str) -> None:
        raise NotImplementedError("a line that was sent stays in a terminal")

    async def see(self, *words: str, seconds: float = 15.0) -> Bubble:
        last = self._bubbles[-1]
        assert all(word in last.text for word in words), f"{words} are not in: {last.text}"
        return last

    def bubbles(self) -> Sequence[Bubble]:
        return self._bubbles

    async def _shown(self, request: Request) -> str:
        *_, last = [picture async for picture in self.app.reply(request)]
        if isinstance(last, Answer):
            self._conversation = last.conversation
        if isinstance(last, Answer) or told_of(last):
            self._about = told_of(last)
        number = str(len(self._bubbles))
        actions = {each.label: (each.command, each.text) for each in getattr(last, "actions", ())}
        self._actions[number] = actions
        text = as_text(last)
        links = tuple(re.findall(r"https?://\S+", text))
        shown = Bubble(number, self.chat, "bot", text, text, tuple(actions), links=links)
        self._bubbles.append(replace(shown, times=(time.monotonic(),)))
        return number
