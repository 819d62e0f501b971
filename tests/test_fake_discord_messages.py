"""Which messages the fake Discord refuses, and how it says so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.discord.client import Api
from tests.fakes.discord.fixtures import call, fake, general
from tests.fakes.discord.world import Channel

__all__ = ["call", "fake", "general"]


def faults(errors: dict[str, Any]) -> set[str]:
    """The paths of a tree of errors, each with its code."""
    found = set()
    for key, value in errors.items():
        if key == "_errors":
            found |= {each["code"] for each in value}
        else:
            found |= {f"{key}/{rest}" for rest in faults(value)}
    return found


def row(*labels: str, **more: Any) -> dict[str, Any]:
    buttons = [{"type": 2, "style": 1, "label": each, "custom_id": each, **more} for each in labels]
    return {"type": 1, "components": buttons}


BAD = [
    ({"content": "x" * 2001}, {"content/BASE_TYPE_MAX_LENGTH"}),
    ({"content": 5}, {"content/STRING_TYPE_CONVERT"}),
    ({"content": "x", "nonce": "n" * 26}, {"nonce/BASE_TYPE_MAX_LENGTH"}),
    ({"content": "x", "flags": 64}, {"flags/MESSAGE_FLAGS_INVALID"}),
    (
        {"content": "x", "components": [row(str(n)) for n in range(6)]},
        {"components/BASE_TYPE_BAD_LENGTH"},
    ),
    (
        {"content": "x", "components": [row(*"abcdef")]},
        {"components/0/components/BASE_TYPE_BAD_LENGTH"},
    ),
    (
        {"content": "x", "components": [row("l" * 81, custom_id="c" * 101)]},
        {
            "components/0/components/0/label/BASE_TYPE_MAX_LENGTH",
            "components/0/components/0/custom_id/BASE_TYPE_MAX_LENGTH",
        },
    ),
    (
        {"content": "x", "components": [row("a", "b", custom_id="same")]},
        {"components/COMPONENT_CUSTOM_ID_DUPLICATED"},
    ),
    (
        {"content": "x", "components": [row("a", style=5, url="ftp://x", custom_id=None)]},
        {"components/0/components/0/url/URL_TYPE_INVALID_SCHEME"},
    ),
    (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        {"allowed_mentions/MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"},
    ),
    (
        {"content": "x", "flags": 1 << 15, "components": [{"type": 10, "content": "y"}]},
        {"content/MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"},
    ),
    (
        {"content": "x", "components": [{"type": 1, "components": []}, {"type": 2}]},
        {"components/0/components/BASE_TYPE_BAD_LENGTH", "components/1/type/BASE_TYPE_CHOICES"},
    ),
    (
        {"content": "x", "components": [row("", style=7)]},
        {
            "components/0/components/0/style/BASE_TYPE_CHOICES",
            "components/0/components/0/BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
            "components/0/components/0/custom_id/BASE_TYPE_BAD_LENGTH",
        },
    ),
    (
        {"content": "x", "components": [row("a", style=5, url="https://e.org")]},
        {"components/0/components/0/BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE"},
    ),
    (
        {"flags": 1 << 15, "components": [{"type": 10, "content": "y" * 2001}] * 2},
        {"components/COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"},
    ),
    (
        {"flags": 1 << 15, "components": [{"type": 10, "content": "y"}] * 41},
        {"components/COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"},
    ),
    (
        {"flags": 1 << 15, "components": [{"type": 17, "components": [{"type": 2}]}]},
        {"components/0/components/0/type/BASE_TYPE_CHOICES"},
    ),
    ({"content": "x", "embeds": [{"title": "t"}] * 11}, {"embeds/BASE_TYPE_MAX_LENGTH"}),
    (
        {"embeds": [{"fields": [{"name": "n"}], "footer": {"text": "f" * 2049}}]},
        {
            "embeds/0/fields/0/value/BASE_TYPE_REQUIRED",
            "embeds/0/footer/text/BASE_TYPE_MAX_LENGTH",
        },
    ),
    ({"content": "x", "attachments": [{"id": 0}]}, {"attachments/0/id/ATTACHMENT_NOT_FOUND"}),
    (
        {"content": "x", "allowed_mentions": {"parse": ["all"]}},
        {"allowed_mentions/parse/0/BASE_TYPE_CHOICES"},
    ),
    (
        {"content": "x", "allowed_mentions": {"users": ["1"] * 101}},
        {"allowed_mentions/users/BASE_TYPE_MAX_LENGTH"},
    ),
    ({"embeds": [{"title": "t" * 257}]}, {"embeds/0/title/BASE_TYPE_MAX_LENGTH"}),
    ({"embeds": [{"description": "d" * 4000}] * 2}, {"embeds/MAX_EMBED_SIZE_EXCEEDED"}),
    (
        {"content": "x", "message_reference": {"message_id": "1"}},
        {"message_reference/REPLIES_UNKNOWN_MESSAGE"},
    ),
]


@pytest.mark.parametrize(("body", "wrong"), BAD)
async def test_a_bad_message_is_refused_with_what_is_wrong_where(
    general: Channel, call: Api, body: dict[str, Any], wrong: set[str]
):
    status, error = await call.send(general, **body)
    assert (status, error["code"]) == (400, 50035)
    assert faults(error["errors"]) == wrong
    assert general.messages == {}


async def test_messages_at_the_limits_pass_and_are_stripped(general: Channel, call: Api):
    components = [row(*(f"{n}{m}".ljust(80, "x") for m in range(5))) for n in range(5)]
    status, message = await call.send(general, content=f"\n {'x' * 1997} ", components=components)
    assert (status, message["content"]) == (200, "x" * 1997)
    assert (await call.send(general, content=" \n\t"))[1]["code"] == 50006
    gone = {"message_id": "1", "fail_if_not_exists": False}
    assert (await call.send(general, content="x", message_reference=gone))[0] == 200
    path = f"/channels/{general.id}/messages/{message['id']}"
    assert (await call("PATCH", path, {"content": "", "components": []}))[1]["code"] == 50006


async def test_a_message_of_components_stays_one(general: Channel, call: Api):
    shown = [{"type": 10, "content": "shown"}]
    _, message = await call.send(general, flags=1 << 15, components=shown)
    path = f"/channels/{general.id}/messages/{message['id']}"
    status, error = await call("PATCH", path, {"content": "plain", "flags": 0})
    assert (status, list(error["errors"])) == (400, ["content"])
    status, message = await call("PATCH", path, {"components": shown, "flags": 4})
    assert (status, message["flags"]) == (200, 1 << 15 | 4)


async def test_a_body_that_is_no_json_is_refused(general: Channel, call: Api):
    address = f"https://discord.com/api/v10/channels/{general.id}/messages"
    headers = {"Authorization": f"Bot {call.fake.token}", "Content-Type": "application/json"}
    async with call.session.post(address, data=b"{not json", headers=headers) as response:
        assert (response.status, (await response.json())["code"]) == (400, 50109)


async def test_a_nonce_makes_a_second_try_harmless_only_if_enforced(general: Channel, call: Api):
    first = await call.send(general, content="x", nonce="n", enforce_nonce=True)
    assert await call.send(general, content="x", nonce="n", enforce_nonce=True) == first
    assert (await call.send(general, content="x", nonce="n"))[1]["id"] != first[1]["id"]
    assert len(general.messages) == 2
