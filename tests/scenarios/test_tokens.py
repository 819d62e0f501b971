"""A wrong token costs its own platform alone, and one clear line."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from bot.app import open_app
from bot.platforms import adapters
from bot.settings import load
from bot.supervise import supervise
from tests.fakes.discord import discord_server
from tests.fakes.telegram import telegram_server
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.stage import Stage
from tests.scenarios.worlds import DiscordWorld, TelegramWorld

WRONG = {"telegram": "100200300:AAWrongWrong", "discord": "a-wrong-token"}


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_token_is_said_in_one_line_and_the_other_platform_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, wrong: str
):
    async with telegram_server() as telegram, discord_server() as discord:
        worlds = {"telegram": TelegramWorld(telegram), "discord": DiscordWorld(discord)}
        both = worlds["telegram"].settings() | worlds["discord"].settings()
        more = {**both, f"{wrong}_bot_token": WRONG[wrong]}
        world = worlds["discord" if wrong == "telegram" else "telegram"]
        stage = Stage(world, tmp_path, more)
        await stage.start()
        ben = world.together("Ben Carr")
        await stage.give(ben, ARTICLE)
        await ben.mention(QUESTION)
        await ben.see(REASON)
        await stage.stop()
    errors = [each for each in caplog.records if each.levelno >= logging.WARNING]
    said = [each.getMessage() for each in errors if each.name.startswith("bot")]
    assert len(said) == 1, said
    assert f"{wrong.upper()}_BOT_TOKEN" in said[0]
    assert WRONG[wrong] not in caplog.text
    assert errors[-1].exc_info is None


async def test_with_no_right_token_at_all_the_bot_ends(tmp_path: Path):
    async with telegram_server(check=False) as telegram, discord_server() as discord:
        both = TelegramWorld(telegram).settings() | DiscordWorld(discord).settings()
        both |= {f"{name}_bot_token": token for name, token in WRONG.items()}
        settings = load(None, database_url=f"sqlite:///{tmp_path}/a.db", embeddings="none", **both)
        async with asyncio.timeout(10), open_app(settings) as app:
            await supervise(adapters(app))
