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

MILLS = ("Arden", "Bexley", "Corfe", "Dunmow", "Elstead", "Fyfield", "Godney", "Hythe")
ARTICLE = "# Mills\n\n" + "\n\n".join(
    f"The mill of {name} was built in {1801 + at} by a monk." for at, name in enumerate(MILLS)
)
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


def mills(bubbles: list[Bubble]) -> list[str]:
    """Give which mill each bubble tells of."""
    return [name for each in bubbles for name in MILLS if f"of {name} was built" in each.text]


async def lead(stage: Stage, *people: Any) -> None:
    """Let the places of people use one library."""
    await stage.give(people[0], ARTICLE)
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
        for name in MILLS[:7]:
            await write(stage, person, f"When was the mill of {name} built?", ago=HOURS)
    for name in MILLS[:6]:
        for person in crowd:
            await write(stage, person, f"When was the mill of {name} built?", ago=90, named=True)
    for name in MILLS:
        for person in alone:
            await write(stage, person, f"When was the mill of {name} built?", ago=60)
    asked = {}
    for person in others:
        for name in MILLS:
            text = f"When was the mill of {name} built?"
            asked[await write(stage, person, text, ago=30, named=True)] = name
    began = time.monotonic()
    await back(stage)
    await others[0].see(MILLS[-1], seconds=30)
    calm = time.monotonic() - began
    await stage.quiet(60)
    busy = time.monotonic() - began
    for person in alone:
        assert mills(answers(person)) == list(MILLS), "each once, in the order asked"
    told = {each.reply_to: each for each in answers(others[0])}
    assert {key: mills([each]) for key, each in told.items()} == {
        key: [name] for key, name in asked.items()
    }
    assert len(answers(others[0])) == len(asked)
    assert sorted(mills(answers(crowd[0]))) == sorted(MILLS[:6] * len(crowd))
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
        last = await write(
            stage, person, "When was the mill of Corfe built?", ago=HOURS, named=True
        )
    new = await write(stage, ben, "When was the mill of Hythe built?", ago=60, named=True)
    await back(stage)
    await ben.see("1808")
    old = await ben.see(phrases.too_old(3))
    await stage.quiet()
    assert {each.reply_to for each in answers(ada)} == {last, new}
    assert old.reply_to == last
    assert len(answers(ada)) == 2
