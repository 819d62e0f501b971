"""An answer of twenty thousand characters: in several messages, and nothing of it lost."""

from __future__ import annotations

import asyncio
import re

from tests.fakes.openai_server import OpenAIServer, chunk, head
from tests.human import Bubble
from tests.scenarios.stage import Stage

TOWNS = (
    "Ostley", "Marden", "Coldharbour", "Vane", "Brisk", "Quill",
    "Arden", "Holm", "Wick", "Thane", "Elstead", "Fyfield",
)  # fmt: skip
BOOKS = {
    "first": [TOWNS[at : at + 4] for at in (0, 4, 8)],
    "second": [TOWNS[at::3] for at in (0, 1, 2)],
}
THINGS = ("barleyharvesters", "coppersmithapprentices", "lanternmakerassistants", "saltmerchants")
PLACES = ("marketplace", "embankment", "observatory", "slaughterhouse", "schoolhouse", "harbourage")
QUESTION = "What did the council count after the harvest?"
IN_ALL = 20_000


def sentence(town: str) -> str:
    """Give a long sentence that no other town's is like."""
    counted = ", ".join(f"{town}{place} {thing}" for place in PLACES for thing in THINGS)
    return (
        f"After the harvest the council of {town} counted people in {town}: {counted}."[:620] + "."
    )


def articles() -> list[str]:
    """Give the sentences four to an article, each in two articles, beside different others."""
    found = []
    for copy, groups in BOOKS.items():
        for towns in groups:
            rows = "\n\n".join(sentence(town) for town in towns)
            found.append(f"# The {copy} book of {towns[0]}\n\n{rows}\n\nThis is the {copy} book.")
    return found


def citing(model: OpenAIServer, whole: asyncio.Event):
    """Say each town's sentence with the number of each passage that holds it."""

    async def play(writer: asyncio.StreamWriter) -> None:
        system, user = (each["content"] for each in model.requests[-1]["messages"])
        shown = user.replace(system.split("joined by ")[1][0], " ")
        titles = re.findall(r"^\[(\d+)\]\s+The (\w+) book of (\w+)", shown, re.MULTILINE)
        writer.write(head())
        for town in TOWNS:
            books = [
                (copy, each[0]) for copy, all_ in BOOKS.items() for each in all_ if town in each
            ]
            cited = "".join(f"[{n}]" for n, copy, first in titles if (copy, first) in books)
            writer.write(chunk(f"{sentence(town)[:-1]} {cited}. "))
            await writer.drain()
        writer.write(chunk(None, "stop") + b"data: [DONE]\n\n")
        whole.set()

    return play


def bare(text: str) -> str:
    return "".join(text.split())


async def test_nothing_is_lost_each_part_fits_and_the_last_has_the_buttons(
    stage: Stage, model: OpenAIServer
):
    whole = asyncio.Event()
    model.scripts[:] = [citing(model, whole)]
    person = stage.world.together("Ben Carr")
    await stage.give(person, *articles())
    asked = await person.mention(QUESTION)
    await asyncio.wait_for(whole.wait(), 20)
    await stage.world.fake.until(lambda: any(each.buttons for each in person.bubbles()))
    await stage.quiet()
    parts: list[Bubble] = list(person.bubbles())
    assert sum(len(each.text) for each in parts) >= IN_ALL
    assert all(len(each.text.encode("utf-16-le")) // 2 <= stage.world.limit for each in parts)
    read = bare("".join(each.text for each in parts))
    for town in TOWNS:
        assert read.count(bare(sentence(town)[:-1])) == 3, f"{town}: once said, twice quoted"
    for n in range(1, 25):
        assert read.count(f"[{n}]") == 2
    assert [each.buttons for each in parts[:-1]] == [()] * (len(parts) - 1)
    assert parts[-1].buttons == (*(f"Quote {n}" for n in range(1, 6)), "👍", "👎")
    assert parts[0].reply_to == asked
    assert [each.pings for each in parts] == [()] * len(parts)
