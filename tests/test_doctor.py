"""The doctor asks each platform whose its token is, and says what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.checks import Check, checks
from bot.settings import load
from tests.fakes.discord import discord_server
from tests.fakes.telegram import telegram_server
from tests.scenarios.worlds import DiscordWorld, TelegramWorld

WRONG = {"telegram": "100200300:AAWrongWrong", "discord": "a-wrong-token"}
NOBODY = "http://127.0.0.1:9/bot"


async def found(tmp_path: Path, given: dict[str, Any]) -> dict[str, Check]:
    settings = load(None, database_url=f"sqlite:///{tmp_path}/a.db", embeddings="none", **given)
    return {check.name: check async for check in checks(settings, "")}


async def test_a_right_token_is_that_of_an_account(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    async with telegram_server() as telegram, discord_server() as discord:
        given = TelegramWorld(telegram).settings() | DiscordWorld(discord).settings()
        said = await found(tmp_path, given)
        assert f"@{telegram.world.bot.username}" in said["telegram"].message
    assert {said[name].state for name in WRONG} == {"ok"}
    assert not [each for each in caplog.records if each.levelname != "DEBUG"]


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_token_fails_and_is_not_shown(tmp_path: Path, wrong: str):
    async with telegram_server(check=False) as telegram, discord_server() as discord:
        given = TelegramWorld(telegram).settings() | DiscordWorld(discord).settings()
        said = await found(tmp_path, given | {f"{wrong}_bot_token": WRONG[wrong]})
    assert {name for name, check in said.items() if check.state == "fail"} == {wrong}
    assert f"{wrong.upper()}_BOT_TOKEN" in said[wrong].message
    assert not any(WRONG[wrong] in check.message for check in said.values())


async def test_a_platform_that_nobody_reaches_is_a_warning(tmp_path: Path):
    given = {"telegram_bot_token": WRONG["telegram"], "telegram_base_url": NOBODY}
    said = (await found(tmp_path, given))["telegram"]
    assert (said.state, "network" in said.message) == ("warn", True)
    assert WRONG["telegram"] not in said.message


async def test_without_a_token_nobody_is_asked(tmp_path: Path):
    assert not set(WRONG) & set(await found(tmp_path, {}))
