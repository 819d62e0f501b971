"""What the fake Discord keeps from a bot that did not ask for it, or may not."""

from __future__ import annotations

import pytest

from tests.fakes.discord import DiscordServer
from tests.fakes.discord.client import INTENTS, api, discord, running
from tests.fakes.discord.fixtures import fake, general
from tests.fakes.discord.gateway import GUILD_MEMBERS, MESSAGE_CONTENT
from tests.fakes.discord.world import Channel

__all__ = ["fake", "general"]


def without(**names: bool) -> discord.Intents:
    intents = discord.Intents._from_value(INTENTS.value)
    for name, value in names.items():
        setattr(intents, name, value)
    return intents


async def test_without_the_members_intent_only_the_bot_itself_is_listed(
    fake: DiscordServer, general: Channel
):
    fake.person("Ann", general)
    async with running(fake, intents=without(members=False)) as bot:
        assert [each.name for each in bot.guilds[0].members] == ["Footnote"]


async def test_without_the_content_intent_only_what_is_meant_for_the_bot_is_readable(
    fake: DiscordServer, general: Channel
):
    ann, bob = fake.person("Ann", general), fake.person("Bob")
    async with running(fake, intents=without(message_content=False)) as bot:
        await ann.say("not for you", files=[("a.txt", b"")])
        await ann.mention("for you")
        await bob.say("in private")
        await bot.event_of("message", 3)
        texts = {each.author.global_name: [] for each in bot.events("message")}
        for each in bot.events("message"):
            texts[each.author.global_name].append(each.content)
        assert texts == {"Ann": ["", f"<@{fake.bot.id}> for you"], "Bob": ["in private"]}
        assert bot.events("message")[0].attachments == []


async def test_the_api_hides_content_too_where_the_intent_is_switched_off(
    fake: DiscordServer, general: Channel
):
    said = await fake.person("Ann", general).say("not for you")
    fake.gateway.allowed &= ~MESSAGE_CONTENT
    async with api(fake) as call:
        path = f"/channels/{general.id}/messages/{said}"
        assert (await call("GET", path))[1]["content"] == ""
        fake.gateway.allowed |= MESSAGE_CONTENT
        assert (await call("GET", path))[1]["content"] == "not for you"


@pytest.mark.parametrize("missing", [MESSAGE_CONTENT, GUILD_MEMBERS])
async def test_an_intent_that_is_not_switched_on_ends_the_bot(fake: DiscordServer, missing: int):
    fake.gateway.allowed &= ~missing
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(fake):
            pass
    assert fake.gateway.sessions == {}


async def test_events_that_no_intent_asks_for_are_not_sent(fake: DiscordServer, general: Channel):
    ann = fake.person("Ann", general)
    intents = without(messages=False, reactions=False)
    async with running(fake, intents=intents) as bot:
        await ann.react(await ann.say("silence"), "👍")
        fake.channel(general.guild, "later")
        await bot.event_of("guild_channel_create")
        assert bot.events("message") == bot.events("raw_reaction_add") == []
