"""A second opinion on the fake Discord and its clients: the schemas of Discord's own API.

Each recorded call is held against them, what was sent and what was answered.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.fakes.discord.rest import Call
from tests.oracle.npm_schemas import OracleUnavailable, schemas

SCRIPT = Path(__file__).with_name("discord_schemas.mjs")
PINS = {
    "discord-api-spec": (
        "10.0.266135",
        "sha512-i3VwDwUqN6xFQtXbxIUgdzGrXNef/AaSJLx2MyP5lKu4NKc2Pd3p2zW7eUurHeQUMoIh27DXt1ODUoCJLgsW7g==",
    ),
    "zod": (
        "4.6.7",
        "sha512-g8W2D2kU6a8untc053fX1uVBKzM7yqAxW/3zwk83+6RyF2+SKOuV+c0wBDhUwzV1PaGapmZH+rmcUzPf+3CGwg==",
    ),
}
MESSAGES = "/channels/{channel}/messages"
MESSAGE = MESSAGES + "/{message}"
HOOK = "/webhooks/{app}/{token}"
COMMANDS = ("/applications/{app}/commands", "/applications/{app}/guilds/{guild}/commands")
CALLBACK = "POST /interactions/{interaction}/{token}/callback"
SENT = {
    f"POST {MESSAGES}": "MessageCreateRequest",
    f"PATCH {MESSAGE}": "MessageEditRequestPartial",
    f"POST {MESSAGE}/threads": "CreateTextThreadWithMessageRequest",
    "POST /users/@me/channels": "CreatePrivateChannelRequest",
    f"POST {HOOK}": "IncomingWebhookRequestPartial",
    f"PATCH {HOOK}/messages/{{message}}": "IncomingWebhookUpdateRequestPartial",
    **{f"PUT {path}": "[ApplicationCommandUpdateRequest" for path in COMMANDS},
}
CALLBACKS = {
    4: "CreateMessageInteractionCallbackRequest",
    5: "CreateMessageInteractionCallbackRequest",
    6: "UpdateMessageInteractionCallbackRequest",
    7: "UpdateMessageInteractionCallbackRequest",
    8: "ApplicationCommandAutocompleteCallbackRequest",
    9: "ModalInteractionCallbackRequest",
}
ANSWERED = {
    "GET /gateway": "GatewayResponse",
    "GET /gateway/bot": "GatewayBotResponse",
    "GET /users/@me": "UserPIIResponse",
    "GET /users/{user}": "UserResponse",
    "GET /applications/@me": "PrivateApplicationResponse",
    "GET /oauth2/applications/@me": "PrivateApplicationResponse",
    "POST /users/@me/channels": "PrivateChannelResponse",
    "GET /guilds/{guild}": "GuildWithCountsResponse",
    "GET /guilds/{guild}/members/{member}": "GuildMemberResponse",
    f"GET {MESSAGES}": "[MessageResponse",
    f"POST {MESSAGES}": "MessageResponse",
    f"GET {MESSAGE}": "MessageResponse",
    f"PATCH {MESSAGE}": "MessageResponse",
    f"POST {MESSAGE}/threads": "CreatedThreadResponse",
    f"POST {HOOK}": "MessageResponse",
    f"GET {HOOK}/messages/{{message}}": "MessageResponse",
    f"PATCH {HOOK}/messages/{{message}}": "MessageResponse",
    CALLBACK: "InteractionCallbackResponse",
    **{
        f"{verb} {path}": "[ApplicationCommandResponse"
        for path in COMMANDS
        for verb in ("GET", "PUT")
    },
}
CHANNEL = {0: "GuildChannelResponse", 1: "PrivateChannelResponse", 11: "ThreadResponse"}


class DiscordOracle:
    """Judges calls by Discord's schemas."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._answers = document
        # In what a client sends, Discord takes ids as numbers too.
        ids = {"anyOf": [document["$defs"]["SnowflakeType"], {"type": "integer", "minimum": 0}]}
        self._requests = {"$defs": document["$defs"] | {"SnowflakeType": ids}}
        self._made: dict[tuple[bool, str], jsonschema_rs.Validator] = {}

    def problems(self, calls: Iterable[Call]) -> list[str]:
        """All that is wrong, a line each. What was refused is not held against who sent it."""
        return [problem for call in calls if not call.fault for problem in self._call(call)]

    def _call(self, call: Call) -> Iterator[str]:
        accepted = 200 <= call.status < 300
        sent = CALLBACKS.get((call.body or {}).get("type", 0)) if call.name == CALLBACK else None
        sent = sent or SENT.get(call.name)
        if sent and accepted:
            yield from self._judge(f"{call.name} sent", sent, call.body, request=True)
        if call.status == 204:
            return
        name = ANSWERED.get(call.name)
        if call.name == "GET /channels/{channel}" and accepted:
            name = CHANNEL[call.answer["type"]]
        if not accepted:
            name = "RatelimitedResponse" if call.status == 429 else "ErrorResponse"
        if name:
            yield from self._judge(f"{call.name} {call.status}", name, call.answer, request=False)
        else:
            yield f"{call.name}: no schema is known for its answer"

    def _judge(self, what: str, name: str, body: Any, *, request: bool) -> Iterator[str]:
        body = _without_spare(body) if request else body
        for error in self._validator(name, request).iter_errors(body):
            for path, message in _reasons(error):
                yield f"{what}, as {name}: at {path or 'the top'}: {message[:300]}"

    def _validator(self, name: str, request: bool) -> jsonschema_rs.Validator:
        key = (request, name)
        if key not in self._made:
            ref: dict[str, Any] = {"$ref": f"#/$defs/{name.removeprefix('[')}"}
            schema = {"type": "array", "items": ref} if name.startswith("[") else ref
            rest = self._requests if request else self._answers
            self._made[key] = jsonschema_rs.validator_for(rest | schema, validate_formats=True)
        return self._made[key]


def _without_spare(body: Any) -> Any:
    """A request without what discord.py sends along and the schemas do not know.

    `nsfw` of a command is documented all the same; the others Discord passes over.
    """
    if isinstance(body, list):
        return [_without_spare(each) for each in body]
    body = {key: value for key, value in body.items() if key not in ("tts", "nsfw")}
    if isinstance(body.get("data"), dict):
        body["data"] = _without_spare(body["data"])
    if body.get("embeds"):
        body["embeds"] = [{k: v for k, v in e.items() if k != "flags"} for e in body["embeds"]]
    return body


def _reasons(error: jsonschema_rs.ValidationError) -> Iterator[tuple[str, str]]:
    """Where none of several shapes fits: what is wrong with the one that comes nearest."""
    branches = getattr(error.kind, "context", None)
    if branches:
        for each in max(branches, key=lambda branch: max(len(e.instance_path) for e in branch)):
            yield from _reasons(each)
    else:
        yield "/".join(map(str, error.instance_path)), error.message


@cache
def oracle() -> DiscordOracle | str:
    """Give the oracle, or why it cannot be had; where it is required, that is an error."""
    try:
        return DiscordOracle(schemas(SCRIPT, PINS))
    except OracleUnavailable as fault:
        if os.environ.get("FOOTNOTE_REQUIRE_ORACLE") == "1":
            raise
        return f"Discord's schemas cannot be had: {fault}"


@pytest.fixture(scope="session")
def discord_oracle() -> DiscordOracle:
    """The oracle; tests that need it are skipped where it cannot be had."""
    found = oracle()
    if isinstance(found, str):
        pytest.skip(found)
    return found


def complaints(calls: Iterable[Call]) -> list[str]:
    """Give what the oracle finds in the calls; nothing where it cannot be had."""
    found = oracle()
    return [] if isinstance(found, str) else found.problems(calls)
