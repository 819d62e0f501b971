"""After an outage: what is recent is answered once each, what is old gets one honest word."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot import discord_adapter, telegram_adapter
from bot.app import App
from bot.supervise import Serve
from bot.telegram_line import Limits
from handlers import phrases
from tests.human import Bubble
from tests.scenarios.events import write
from tests.scenarios.stage import Stage, staged
from tests.scenarios.worlds import TelegramWorld

FACTS = {
    "Who painted the ceiling?": "The ceiling was painted by Odilo.",
    "Who built the ferry?": "The ferry was built by Ansgar.",
    "What does the baker sell?": "The baker sells loaves of rye.",
    "Where do herons nest?": "Herons nest on top of the rusty crane.",
    "Who dug the well?": "The well was dug by Leopold.",
    "Who repaired the organ?": "The organ was repaired by Walburga.",
    "What did the gardener plant?": "The gardener planted quinces.",
    "Where do tanuki sleep?": "Tanuki sleep under the station.",
}
QUESTIONS = tuple(FACTS)
HOURS = 3 * 3600.0
# A group's minute takes two seconds here, a second a twentieth.
QUICK = Limits(private=((1, 0.05),), group=((1, 0.05), (20, 2.0)), all=((80, 1.0),))


def serving(app: App) -> Mapping[str, Serve]:
    if app.settings.telegram_bot_token:
        return {"Telegram": partial(telegram_adapter.serve, app, limits=QUICK)}
    return {"Discord": partial(discord_adapter.serve, app)}


@pytest.fixture(params=("telegram", "discord"))
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot on a platform that turns away whoever speaks too often."""
    async with staged(request.param, tmp_path, serving=serving) as made:
        fake: Any = made.world.fake
        if isinstance(made.world, TelegramWorld):
            flood = fake.flood
            flood.strict, flood.private_gap, flood.window = True, 0.05, 2.0
            flood.most_a_second, flood.private_counts_edits = 100, True
        else:
            fake.rest.limits["POST /channels/{channel}/messages"] = (5, 0.25)
        yield made


async def away(stage: Stage) -> None:
    """Let the platform keep what is said from now on."""
    if isinstance(stage.world, TelegramWorld):
        await stage.stop()
    else:
        stage.world.fake.gateway.cut()


async def back(stage: Stage) -> None:
    if isinstance(stage.world, TelegramWorld):
        await stage.start()
    else:
        await stage.world.fake.until(lambda: stage.world.fake.gateway.resumes, 30)


def refused(stage: Stage) -> int:
    fake: Any = stage.world.fake
    if isinstance(stage.world, TelegramWorld):
        return int(fake.flood.refused)
    return sum(call.status == 429 for call in fake.calls)


def answers(person: Any) -> list[Bubble]:
    return [each for each in person.bubbles() if not each.streaming]


def told(bubbles: list[Bubble]) -> list[str]:
    """Give the questions that bubbles answer."""
    return [question for each in bubbles for question in QUESTIONS if FACTS[question] in each.text]


async def lead(stage: Stage, *people: Any) -> None:
    """Let the places of people use one library."""
    await stage.give(people[0], "# Notes of the parish\n\n" + "\n\n".join(FACTS.values()))
    library = stage.world.place(people[0])
    for each in people:
        await stage.app.store.bind(stage.world.place(each), library, by="test")


async def test_300_waiting_messages_after_an_outage(stage: Stage):
    alone = [stage.world.alone(f"Solo {n}") for n in range(15)]
    crowd = [stage.world.together(f"Crowd {n}", chat="Busy") for n in range(12)]
    others = [stage.world.together(f"Other {n}", chat="Calm") for n in range(3)]
    gone = [stage.world.alone(f"Gone {n}") for n in range(4)]
    await lead(stage, *alone, crowd[0], others[0], *gone)
    before = refused(stage)
    await away(stage)
    for person in gone:
        for question in QUESTIONS[:7]:
            await write(stage, person, question, ago=HOURS)
    for question in QUESTIONS[:6]:
        for person in crowd:
            await write(stage, person, question, ago=90, named=True)
    for question in QUESTIONS:
        for person in alone:
            await write(stage, person, question, ago=60)
    asked = {}
    for person in others:
        for question in QUESTIONS:
            asked[await write(stage, person, question, ago=30, named=True)] = question
    began = time.monotonic()
    await back(stage)
    await others[2].see(FACTS[QUESTIONS[-1]], seconds=30)
    calm = time.monotonic() - began
    await stage.quiet(60)
    busy = time.monotonic() - began
    for person in alone:
        assert told(answers(person)) == list(QUESTIONS), "each once, in the order asked"
    calm_ones = answers(others[0])
    assert sorted((each.reply_to, told([each])) for each in calm_ones) == sorted(
        (message, [question]) for message, question in asked.items()
    )
    assert sorted(told(answers(crowd[0]))) == sorted(QUESTIONS[:6] * len(crowd))
    for person in gone:
        assert [each.text for each in answers(person)] == [phrases.too_old(7)]
    assert refused(stage) == before, "the platform had to turn the bot away"
    if isinstance(stage.world, TelegramWorld):
        assert calm < busy - 1, "a calm group waited for a busy one's limits"


async def test_old_messages_in_a_group_get_one_word_and_the_recent_one_its_answer(stage: Stage):
    ada, ben = (stage.world.together(name, chat="Old") for name in ("Ada Bell", "Ben Carr"))
    await lead(stage, ada)
    await away(stage)
    for person in (ada, ben, ada):
        last = await write(stage, person, "Who dug the well?", ago=HOURS, named=True)
    new = await write(stage, ben, "What does the baker sell?", ago=60, named=True)
    await back(stage)
    await ben.see("rye")
    old = await ben.see(phrases.too_old(3))
    await stage.quiet()
    assert {each.reply_to for each in answers(ada)} == {last, new}
    assert old.reply_to == last
    assert len(answers(ada)) == 2
