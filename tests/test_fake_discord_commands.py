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
CHOICE = {"name": "a", "value": "a"}
COMPLETE = {"autocomplete": True}
SUB = {"type": 1, "name": "sub", "description": "d"}
GROUP = {"type": 2, "name": "group", "description": "d"}
LONG = OPTION | {"choices": [{"name": f"{n}" * 40, "value": "v" * 40} for n in range(10, 22)]}
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
    {"name": "ask", "description": "d", "options": [OPTION | {"max_length": 6001}]},
    {"name": "ask", "description": "d", "options": [OPTION | {"choices": [CHOICE], **COMPLETE}]},
    {"name": "ask", "description": "d", "options": [OPTION | {"type": 4, "choices": [CHOICE]}]},
    {"name": "ask", "description": "d", "options": [OPTION, SUB]},
    {"name": "ask", "description": "d", "options": [SUB | {"options": [SUB]}]},
    {"name": "ask", "description": "d", "options": [GROUP | {"options": [OPTION]}]},
    {"name": "ask", "description": "d", "options": [LONG | {"name": f"q{n}"} for n in range(9)]},
    {"name": "ask", "description": "d", "contexts": [3]},
    {"name": "ask", "description": "d", "integration_types": [2]},
    {"name": "ask", "description": "d", "type": 5},
    {"name": "Menu", "type": 3, "description": "none may be"},
]


@pytest.mark.parametrize("command", BAD)
async def test_a_bad_command_is_not_registered(
    fake: DiscordServer, call: Api, command: dict[str, Any]
):
    status, error = await call("PUT", f"/applications/{fake.bot.id}/commands", [command])
    assert (status, error["code"], list(error["errors"])) == (400, 50035, ["0"])
    assert fake.commands.known == {}


async def test_commands_may_be_nested_once_or_twice_and_no_more_than_a_hundred(
    fake: DiscordServer, general: Channel, call: Api
):
    path = f"/applications/{fake.bot.id}/commands"
    nested = GROUP | {"options": [SUB | {"options": [OPTION]}]}
    one = {"name": "ask", "description": "d", "options": [SUB, nested]}
    assert (await call("PUT", path, [one]))[0] == 200
    ann = fake.person("Ann", general)
    await ann.command("ask sub")
    await ann.command("ask group sub", "text")
    for name in ("ask", "ask nothing", "ask group"):
        with pytest.raises(NotOffered):
            await ann.command(name)
    many = [{"name": f"c{n}", "description": "d"} for n in range(101)]
    assert (await call("PUT", path, many[:100]))[0] == 200
    assert (await call("PUT", path, many))[1]["code"] == 50035


async def test_options_take_what_fits_them(fake: DiscordServer, general: Channel):
    options = [
        {"type": 4, "name": "count", "description": "d", "required": True},
        {"type": 3, "name": "kind", "description": "d", "choices": [CHOICE]},
        {"type": 5, "name": "loud", "description": "d"},
        {"type": 3, "name": "text", "description": "d", "max_length": 3},
    ]
    fake.commands.replace(0, [{"name": "ask", "description": "d", "options": options}])
    ann = fake.person("Ann", general)
    await ann.command("ask", "3", loud="yes", kind="a", text_="abc")
    for text, given, why in (
        ("three", {}, "takes a number"),
        ("3", {"kind": "b"}, "is one of"),
        ("3", {"text_": "long"}, "0 to 3 characters"),
    ):
        with pytest.raises(NotOffered, match=why):
            await ann.command("ask", text, **given)
    with pytest.raises(NotOffered, match="completes no option"):
        await ann.autocomplete("ask", "text", "a")


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
