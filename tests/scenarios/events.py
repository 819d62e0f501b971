"""What a platform sends that no person meant: made-up keys, the same thing twice, old messages."""

from __future__ import annotations

import time
from typing import Any

from tests.fakes.discord.component_form import buttons
from tests.fakes.discord.interactions import COMPONENT
from tests.fakes.telegram.presses import Press
from tests.fakes.telegram.world import now
from tests.human import Bubble
from tests.scenarios.stage import Stage
from tests.scenarios.worlds import DiscordWorld, TelegramWorld


def key_of(stage: Stage, person: Any, bubble: Bubble, label: str) -> str:
    """Give what a platform sends where a button is pressed."""
    if isinstance(stage.world, TelegramWorld):
        rows = person.place.alive(int(bubble.id)).json["reply_markup"]["inline_keyboard"]
        found = [each["callback_data"] for row in rows for each in row if each["text"] == label]
    else:
        under = buttons(person.channel.messages[int(bubble.id)].components)
        found = [each["custom_id"] for each in under if each["label"] == label]
    return str(found[0])


async def press(stage: Stage, person: Any, bubble: Bubble, key: str) -> str:
    """Press a button with any key under a message; give what the person alone was told for it."""
    if isinstance(stage.world, TelegramWorld):
        return await _press_on_telegram(person, bubble, key)
    data = {"custom_id": key, "component_type": 2, "id": 1}
    message = person.channel.messages[int(bubble.id)]
    fake = stage.world.fake
    one = fake.interactions.begin(COMPONENT, person.user, person.channel, data, message)
    await fake.until(lambda: one.followups or one.silence)
    told = one.followups[-1] if one.followups else None
    return told.content if told and told.only is person.user else one.silence


async def _press_on_telegram(person: Any, bubble: Bubble, key: str) -> str:
    fake = person.fake
    made = Press(str(4_900_000_000 + fake.world.number()), now())
    fake.presses[made.id] = made
    query = {
        "id": made.id,
        "from": person.user.json(),
        "message": person.place.alive(int(bubble.id)).json,
        "chat_instance": "1",
        "data": key,
    }
    assert fake.mail.post("callback_query", query)
    await fake.until(lambda: made.done)
    return str(made.text)


def twice(stage: Stage) -> None:
    """Send the bot the last update again; Discord does so only as `twice_from_now` says."""
    if isinstance(stage.world, TelegramWorld):
        fake = stage.world.fake
        fake.mail.again(max(fake.mail.sent))


def twice_from_now(stage: Stage, event: str) -> None:
    """Send the bot Discord's next event of a kind twice."""
    if isinstance(stage.world, DiscordWorld):
        stage.world.fake.gateway.deliver_twice(event)


async def write(stage: Stage, person: Any, text: str, *, ago: float, named: bool = False) -> str:
    """Write a message that the platform says was written `ago` seconds ago; give its id."""
    speak = person.mention if named else person.say
    if isinstance(stage.world, TelegramWorld):
        return str(await speak(text, date=int(time.time() - ago)))
    clock = stage.world.fake.clock
    clock.moved -= ago
    try:
        return str(await speak(text))
    finally:
        clock.moved += ago
