"""Whom a message of the bot's pings in the fake Discord."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.discord import DiscordServer, permissions
from tests.fakes.discord.client import Api
from tests.fakes.discord.fixtures import call, fake, general
from tests.fakes.discord.world import Channel

__all__ = ["call", "fake", "general"]


async def answered(fake: DiscordServer, general: Channel, call: Api, text: str, **body: Any):
    bob = fake.person("Bob", general)
    ann = fake.person("Ann", general)
    assert general.guild
    role = fake.role(general.guild, "Editors")
    fake.give(general.guild, ann.user, role)
    names = {"ann": f"<@{ann.user.id}>", "bob": f"<@!{bob.user.id}>", "role": f"<@&{role.id}>"}
    for key, value in names.items():
        text = text.replace(f"{{{key}}}", value)
    allowed = body.get("allowed_mentions") or {}
    if "users" in allowed:
        body["allowed_mentions"] = {"users": [str(bob.user.id)]}
    said = await bob.say("a question")
    reference = {"message_id": said}
    status, message = await call.send(general, content=text, message_reference=reference, **body)
    assert status == 200
    names = {user.key: user.name.split()[0] for user in fake.world.users.values()}
    (bubble,) = [each for each in ann.bubbles() if each.id == message["id"]]
    return role, message, " ".join(sorted(names[each] for each in bubble.pings))


@pytest.mark.parametrize(
    ("text", "allowed", "pinged"),
    [
        ("{ann} {role} @everyone", None, "Ann Bob"),  # naming everyone takes a permission
        ("nobody", None, "Bob"),  # the reply itself
        ("{ann} @everyone {role}", {}, ""),  # what is left out of the object is off
        ("{ann}", {"parse": []}, ""),
        ("{ann}", {"parse": [], "replied_user": True}, "Bob"),
        ("{ann}", {"parse": ["users"], "replied_user": False}, "Ann"),
        ("{ann}", {"parse": ["roles", "everyone"]}, ""),
        ("{ann} {bob}", {"users": "bob's id"}, "Bob"),
        ("{ann}", {"users": "bob's id"}, ""),
        ("`{ann}` ```\n{ann}\n```", {"parse": ["users"]}, ""),
        ("\\{ann}", {"parse": ["users"]}, "Ann"),
    ],
)
async def test_a_message_pings_whom_allowed_mentions_allows(
    fake: DiscordServer,
    general: Channel,
    call: Api,
    text: str,
    allowed: dict[str, Any] | None,
    pinged: str,
):
    body = {} if allowed is None else {"allowed_mentions": allowed}
    assert (await answered(fake, general, call, text, **body))[2] == pinged


async def test_with_the_permission_everyone_and_roles_are_pinged(
    fake: DiscordServer, general: Channel, call: Api
):
    fake.allow(general, permissions.MENTION_EVERYONE)
    role, message, pinged = await answered(fake, general, call, "{role}")
    assert (message["mention_roles"], pinged) == ([str(role.id)], "Ann Bob")
    quiet = {"parse": ["users"]}
    assert (await answered(fake, general, call, "@everyone", allowed_mentions=quiet))[2] == ""
    _, message, pinged = await answered(fake, general, call, "@here")
    assert (message["mention_everyone"], pinged) == (True, "Ann Ann Ann Bob Bob Bob Owner")


async def test_an_edit_pings_nobody(fake: DiscordServer, general: Channel, call: Api):
    ann = fake.person("Ann", general)
    _, message = await call.send(general, content="x")
    path = f"/channels/{general.id}/messages/{message['id']}"
    _, message = await call("PATCH", path, {"content": f"<@{ann.user.id}>"})
    assert [each["id"] for each in message["mentions"]] == [str(ann.user.id)]
    assert (ann.bubbles()[0].pings, ann.bubbles()[0].text) == ((), "@Ann")
