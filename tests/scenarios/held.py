"""A model that stops in mid-answer, as often as it is asked, until a test lets it go on."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.fakes.openai_server import OpenAIServer, Script, chunk, head
from tests.process import ARTICLE, QUESTION
from tests.scenarios.stage import Stage

SAID = "They moved into the town because the woods around it were cut down in 1965 [1]. "
FED = "People leave food for them at the gate of the temple in the evening [1]. "
KIND = "Tanuki are small animals that live in the woods of Japan and look like raccoons [1]. "


class Held:
    """A model that says one sentence for each question, then waits until it is let go."""

    def __init__(self, *sentences: str, then: str = KIND) -> None:
        self.go = asyncio.Event()
        self.left = list(sentences)
        self.then = then

    def script(self) -> Script:
        async def play(writer: asyncio.StreamWriter) -> None:
            first = self.left.pop(0) if len(self.left) > 1 else self.left[0]
            writer.write(head() + chunk(first) + chunk(self.then[:20]))
            await writer.drain()
            await self.go.wait()
            writer.write(chunk(self.then[20:]) + chunk(None, "stop") + b"data: [DONE]\n\n")
            await writer.drain()

        return play


async def half_answered(stage: Stage, model: OpenAIServer) -> tuple[Held, Any, Any, Any]:
    """Give a held model, a person, their question, and the reply that has its first half."""
    held = Held(SAID)
    model.scripts[:] = [held.script()]
    person = stage.world.together("Ben Carr")
    await stage.give(person, ARTICLE)
    asked = await person.mention(QUESTION)
    return held, person, asked, await stage.replied(person, asked, "1965")
