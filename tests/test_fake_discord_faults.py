"""Limits, errors, silence and broken lines of the fake Discord, when a test says so."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from tests.fakes.discord import DiscordServer
from tests.fakes.discord.client import Api, discord, running
from tests.fakes.discord.fixtures import call, fake, general
from tests.fakes.discord.world import Channel

__all__ = ["call", "fake", "general"]


async def test_limits_are_waited_out_and_a_ban_is_not(fake: DiscordServer, general: Channel):
    send = "POST /channels/{channel}/messages"
    async with running(fake) as bot:
        place = await bot.fetch_channel(general.id)
        fake.fail(send, status=429, retry_after=0.05, times=2)
        await place.send("patient")
        fake.fail(send, status=429, retry_after=0.05, everywhere=True)
        await place.send("patient again")
        fake.fail(send, status=429, cloudflare=True)
        with pytest.raises(discord.HTTPException, match="429"):
            await place.send("banned")
    statuses = [each.status for each in fake.calls if each.name == send]
    assert statuses == [429, 429, 200, 429, 200, 429]
    assert len(general.messages) == 2


async def test_errors_silence_and_broken_lines_happen_when_a_test_says_so(
    fake: DiscordServer, general: Channel, call: Api
):
    fake.fail("POST */messages", status=503)
    assert (await call.send(general, content="x"))[0] == 503
    fake.fail("POST */messages", drop=True)
    with pytest.raises(aiohttp.ClientError):
        await call.send(general, content="x")
    fake.fail("POST */messages", hang=True)
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(call.send(general, content="x"), 0.1)
    assert general.messages == {}
    fake.fail("POST */messages", status=502, after=True)
    assert (await call.send(general, content="took effect"))[0] == 502
    assert [each.content for each in general.messages.values()] == ["took effect"]
    await fake.down()
    with pytest.raises(aiohttp.ClientError):
        await call.send(general, content="x")
    await fake.up()
    assert (await call.send(general, content="back"))[0] == 200


async def test_a_limit_is_told_in_headers_before_it_is_hit(
    fake: DiscordServer, general: Channel, call: Api
):
    fake.rest.limits["POST /channels/{channel}/messages"] = (2, 0.2)
    left = []
    for _ in range(3):
        status, body = await call.send(general, content="x")
        left.append((status, call.headers["X-RateLimit-Remaining"]))
    assert left == [(200, "1"), (200, "0"), (429, "0")]
    assert (0 < body["retry_after"] <= 0.2, body["global"]) == (True, False)
    other = fake.channel(fake.guild())
    assert (await call.send(other, content="another channel"))[0] == 200
    await asyncio.sleep(body["retry_after"])
    assert (await call.send(general, content="x"))[0] == 200


async def test_the_limits_that_bots_observe_can_be_kept(
    fake: DiscordServer, general: Channel, call: Api
):
    fake.limit()
    sent = [await call.send(general, content="x") for _ in range(6)]
    assert [status for status, _ in sent] == [200] * 5 + [429]
    assert 4 < sent[-1][1]["retry_after"] <= 5
