"""The fake Discord's gateway against real discord.py: whatever happens to a socket or a session."""

from __future__ import annotations

import asyncio
import json
import zlib
from typing import Any

import aiohttp
import pytest

from tests.fakes.discord import DiscordServer, permissions
from tests.fakes.discord.client import running
from tests.fakes.discord.fixtures import call, fake, general
from tests.fakes.discord.world import Channel

__all__ = ["call", "fake", "general"]


async def test_a_bot_is_told_guilds_channels_roles_and_members(
    fake: DiscordServer, general: Channel
):
    ann = fake.person("Ann", general, manage=True)
    async with running(fake) as bot:
        guild = bot.guilds[0]
        assert [each.name for each in guild.text_channels] == ["general"]
        member = guild.get_member(ann.user.id)
        assert member
        assert member.guild_permissions.manage_guild
        fake.manage(general.guild, ann.user, False)
        await bot.event_of("member_update")
        assert not member.guild_permissions.manage_guild
        fake.channel(fake.guild("Second"), "news")
        await bot.event_of("guild_join")
        await bot.event_of("guild_channel_create")
        assert [each.name for each in bot.guilds[1].text_channels] == ["news"]
        fake.remove_bot(general.guild)
        assert (await bot.event_of("guild_remove")).name == "Newsroom"
    assert not fake.gateway.ready()


async def test_a_message_is_told_with_its_changes_and_its_end(
    fake: DiscordServer, general: Channel
):
    ann = fake.person("Ann", general)
    async with running(fake) as bot:
        said = await ann.say("see https://example.org/")
        fake.unfurl(general.messages[int(said)])
        preview = await bot.event_of("raw_message_edit")
        assert preview.data["content"] == "see https://example.org/"
        assert (preview.data["edited_timestamp"], len(preview.data["embeds"])) == (None, 1)
        await ann.edit(said, "corrected")
        assert (await bot.event_of("raw_message_edit", 2)).data["content"] == "corrected"
        await ann.react(said, "👍")
        assert (await bot.event_of("raw_reaction_add")).user_id == ann.user.id
        await ann.delete(said)
        assert (await bot.event_of("raw_message_delete")).message_id == int(said)


async def test_channels_and_threads_come_change_and_go(fake: DiscordServer, general: Channel):
    ann = fake.person("Ann", general)
    async with running(fake) as bot:
        thread = fake.thread(general.messages[int(await ann.say("x"))], "More", ann.user)
        assert (await bot.event_of("thread_create")).name == "More"
        fake.deny(general, permissions.SEND_MESSAGES)
        await bot.event_of("guild_channel_update")
        place = bot.get_channel(general.id)
        assert not place.permissions_for(place.guild.me).send_messages
        fake.delete_channel(thread)
        fake.delete_channel(general)
        assert (await bot.event_of("guild_channel_delete")).name == "general"
        assert len(bot.events("raw_thread_delete")) == 1


async def test_a_channel_that_the_bot_may_not_view_is_silent(fake: DiscordServer, general: Channel):
    ann = fake.person("Ann", general)
    async with running(fake) as bot:
        fake.deny(general, permissions.VIEW_CHANNEL)
        await ann.say("behind its back")
        fake.allow(general, permissions.VIEW_CHANNEL)
        await ann.say("to its face")
        assert (await bot.event_of("message")).content == "to its face"


async def test_what_was_missed_is_replayed_when_a_session_resumes(
    fake: DiscordServer, general: Channel
):
    ann = fake.person("Ann", general)
    async with running(fake) as bot:
        for number, breaking in enumerate(
            (
                fake.gateway.cut,
                fake.gateway.ask_to_reconnect,
                lambda: fake.gateway.invalidate(resumable=True),
                lambda: fake.gateway.close(4000),
            ),
            1,
        ):
            breaking()
            await ann.say(f"missed {number}")
            await fake.until(lambda n=number: fake.gateway.resumes == n)
            assert (await bot.event_of("message", number)).content == f"missed {number}"
    assert (fake.gateway.identifies, fake.gateway.connects) == (1, 5)


async def test_a_session_that_is_gone_cannot_be_resumed(fake: DiscordServer, general: Channel):
    ann = fake.person("Ann", general)
    async with running(fake) as bot:
        fake.gateway.invalidate()
        await fake.until(lambda: fake.gateway.identifies == 2 and fake.gateway.ready())
        await ann.say("heard")
        assert (await bot.event_of("message")).content == "heard"
    assert fake.gateway.resumes == 0


async def test_a_forgotten_session_is_told_to_identify_again(fake: DiscordServer):
    async with running(fake):
        pipe = next(iter(fake.gateway.sessions.values())).pipe
        fake.gateway.forget()
        assert pipe
        pipe.cut()
        await fake.until(lambda: fake.gateway.identifies == 2)
    assert fake.gateway.resumes == 1


async def test_the_server_comes_back_on_the_same_port_with_its_sessions(
    fake: DiscordServer, general: Channel
):
    ann, port = fake.person("Ann", general), fake.port
    async with running(fake) as bot:
        await fake.down()
        await ann.say("while you were away")
        await fake.up()
        assert fake.port == port
        assert (await bot.event_of("message")).content == "while you were away"
    assert (fake.gateway.identifies, fake.gateway.resumes) == (1, 1)


async def test_without_acknowledgements_the_bot_reconnects(fake: DiscordServer):
    fake.gateway.interval, fake.gateway.zombie = 0.05, True
    async with running(fake, heartbeat_timeout=0.2):
        await fake.until(lambda: fake.gateway.resumes)
        fake.gateway.zombie = False
        beats = fake.gateway.heartbeats
        await fake.until(lambda: fake.gateway.heartbeats > beats + 2)


async def test_an_event_can_come_twice(fake: DiscordServer, general: Channel):
    ann = fake.person("Ann", general)
    async with running(fake) as bot:
        fake.gateway.deliver_twice("MESSAGE_CREATE")
        said = await ann.say("once")
        await bot.event_of("message", 2)
        await ann.say("again")
        await bot.event_of("message", 3)
        assert [str(each.id) for each in bot.events("message")[:2]] == [said, said]


async def hello(fake: DiscordServer, query: str) -> tuple[int, Any]:
    address = f"https://gateway.discord.gg/?v=10&encoding=json{query}"
    async with (
        aiohttp.ClientSession(connector=fake.connector()) as session,
        session.ws_connect(address) as socket,
    ):
        await socket.send_json({"op": 2, "d": {"token": "wrong", "intents": 0}})
        first = await socket.receive()
        closing = await socket.receive()
    data = first.data
    if isinstance(data, bytes):
        assert data.endswith(b"\x00\x00\xff\xff")
        data = zlib.decompressobj().decompress(data)
    return json.loads(data)["op"], closing.data


async def test_a_wrong_token_closes_the_socket_plain_or_compressed(fake: DiscordServer):
    assert await hello(fake, "") == (10, 4004)
    assert await hello(fake, "&compress=zlib-stream") == (10, 4004)


@pytest.mark.parametrize(("code", "kept"), [(1000, 0), (1001, 0), (4000, 1)])
async def test_a_client_that_says_goodbye_ends_its_session(
    fake: DiscordServer, code: int, kept: int
):
    async with (
        aiohttp.ClientSession(connector=fake.connector()) as session,
        session.ws_connect("https://gateway.discord.gg/?v=10") as socket,
    ):
        await socket.send_json({"op": 2, "d": {"token": fake.token, "intents": 0}})
        await socket.receive()
        assert (await socket.receive_json())["t"] == "READY"
        await socket.close(code=code)
    await fake.until(lambda: fake.gateway.close_codes == [code])
    assert len(fake.gateway.sessions) == kept


async def test_the_first_connect_can_fail(fake: DiscordServer):
    fake.gateway.refuse = 1
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await hello(fake, "")
    assert await hello(fake, "") == (10, 4004)


async def test_guilds_are_told_to_their_shard(fake: DiscordServer):
    fake.gateway.shards = 2
    channels = []
    for name in "abcd":
        channels.append(fake.channel(fake.guild(name)))
        await asyncio.sleep(0.002)  # ids differ by the millisecond, and so shards do
    async with running(fake) as bot:
        for channel in channels:
            await fake.person("Ann", channel).say("hello")
        await bot.event_of("message", 4)
        for message in bot.events("message"):
            assert message.guild.shard_id == (message.guild.id >> 22) % 2
    assert fake.gateway.identifies == 2
