"""Fixtures for tests of the fake Discord itself: import those that a file needs."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes.discord.client import Api, api
from tests.fakes.discord.server import DiscordServer, discord_server
from tests.fakes.discord.world import Channel


@pytest.fixture
async def fake() -> AsyncIterator[DiscordServer]:
    async with discord_server() as served:
        yield served
    assert served.unhandled == []


@pytest.fixture
def general(fake: DiscordServer) -> Channel:
    return fake.channel(fake.guild())


@pytest.fixture
async def call(fake: DiscordServer) -> AsyncIterator[Api]:
    async with api(fake) as client:
        yield client
