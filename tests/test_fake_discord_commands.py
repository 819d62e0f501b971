"""Which commands the fake Discord registers, and whom it offers them to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.discord import DiscordServer, NotOffered
from tests.fakes.discord.client import Api
from tests.fakes.discord.fixtures import call, fake, general
from tests.fakes.discord.world import Channel

__all__ = ["call", "fake", "general"]

OPTION = {"type": 3, "name": "q", "description": "d"}
BAD = [
    {"name": "Ask", "description": "d"},
    {"name": "two words", "description": "d"},
    {"name": "a" * 33, "description": "d"},
    {"name": "ask", "description": ""},
    {"name": "ask", "description": "d" * 101},
    {"name": "ask", "description": "d", "options": [OPTION, OPTION]},
    {"name": "ask", "description": "d", "options": [OPTION, OPTION | {"name": "r", "required": 1}]},
    {"name": "ask", "description": "d", "options": [OPTION | {"type": 12}]},
    {"name": "ask", "description": "d", "options": [OPTION | {"type": 11, "autocomplete": True}]},
    {"name": "ask", "description": "d", "options": [OPTION | {"description": ""}]},
    {"name": "ask", "description": "d", "options": [OPTION | {"name": f"q{n}"} for n in range(26)]},
    {
        "name": "ask",
        "description": "d",
        "options": [OPTION | {"choices": [{"name": str(n), "value": str(n)} for n in range(26)]}],
    },
    {"name": "ask", "description": "d", "contexts": [3]},
    {"name": "Menu", "type": 3, "description": "none may be"},
]


@pytest.mark.parametrize("command", BAD)
async def test_a_bad_command_is_not_registered(
    fake: DiscordServer, call: Api, command: dict[str, Any]
):
    status, error = await call("PUT", f"/applications/{fake.bot.id}/commands", [command])
    assert (status, error["code"], list(error["errors"])) == (400, 50035, ["0"])
    assert fake.commands.known == {}


async def test_commands_keep_their_ids_and_doubles_are_refused(fake: DiscordServer, call: Api):
    path = f"/applications/{fake.bot.id}/commands"
    one = {"name": "ask", "description": "d"}
    _, first = await call("PUT", path, [one])
    _, second = await call("PUT", path, [one | {"description": "e"}, {"name": "Ask", "type": 3}])
    assert (first[0]["id"], len(second)) == (second[0]["id"], 2)
    assert (await call("PUT", path, [one, one]))[0] == 400
    assert (await call("GET", path))[1] == second
    assert (await call("PUT", "/applications/1/commands", []))[1]["code"] == 10002


async def test_a_guild_has_commands_of_its_own(fake: DiscordServer, general: Channel, call: Api):
    assert general.guild
    path = f"/applications/{fake.bot.id}/guilds/{general.guild.id}/commands"
    assert (await call("PUT", path, [{"name": "ask", "description": "d"}]))[0] == 200
    await fake.person("Ann", general).command("ask")
    elsewhere = fake.channel(fake.guild("Second"))
    with pytest.raises(NotOffered, match="never synced"):
        await fake.person("Bob", elsewhere).command("ask")
    nowhere = f"/applications/{fake.bot.id}/guilds/1/commands"
    assert (await call("PUT", nowhere, []))[1]["code"] == 50001


async def test_a_menu_shows_only_what_was_synced_and_is_allowed(
    fake: DiscordServer, general: Channel
):
    ann, olga = fake.person("Ann", general), fake.person("Olga", general, owner=True)
    with pytest.raises(NotOffered, match="never synced"):
        await ann.command("ask")
    admin = {"name": "admin", "description": "d", "default_member_permissions": "32"}
    needy = {"name": "needy", "description": "d", "options": [OPTION | {"required": True}]}
    fake.commands.replace(0, [admin, needy | {"contexts": [0]}])
    for act, why in (
        (ann.command("admin"), "lacks permissions"),
        (ann.command("needy"), "without"),
        (ann.command("needy", "x", other="y"), "no option is called"),
        (ann.command("needy", "x", files=[("a", b"")]), "1 files"),
        (ann.at(fake.dm(ann.user)).command("needy", "x"), "not offered in a DM"),
    ):
        with pytest.raises(NotOffered, match=why):
            await act
    await olga.command("admin")
    assert general.guild
    general.guild.opened.add("admin")
    await ann.command("admin")
    fake.remove_bot(general.guild)
    with pytest.raises(NotOffered, match="not in Newsroom"):
        await ann.command("admin")
    assert len(fake.interactions.all) == 2
