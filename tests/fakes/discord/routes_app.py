"""Routes about the bot itself: who it is, its gateway, its commands, its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord import answers, message_payload, payloads
from tests.fakes.discord.errors import ApiError, unknown
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.rest import Call, route
from tests.fakes.discord.world import EPHEMERAL, LOADING, Message

if TYPE_CHECKING:
    from tests.fakes.discord.town import Town

Json = dict[str, Any]
APP = "/applications/{app}"


@route("GET", "/gateway", token=False)
async def gateway(fake: Town, call: Call) -> Json:
    return {"url": "wss://gateway.discord.gg"}


@route("GET", "/gateway/bot")
async def gateway_bot(fake: Town, call: Call) -> Json:
    left = 1000 - fake.gateway.identifies
    limit = {"total": 1000, "remaining": left, "reset_after": 86_400_000, "max_concurrency": 1}
    return {
        "url": "wss://gateway.discord.gg",
        "shards": fake.gateway.shards,
        "session_start_limit": limit,
    }


@route("GET", "/users/@me")
async def me(fake: Town, call: Call) -> Json:
    more = {"mfa_enabled": False, "locale": "en-US", "verified": True, "email": None}
    return payloads.user(fake.bot) | more


@route("GET", "/users/{user}")
async def user(fake: Town, call: Call) -> Json:
    found = fake.world.users.get(call.id("user"))
    if found is None:
        raise unknown("User")
    return payloads.user(found)


@route("GET", "/oauth2/applications/@me")
@route("GET", "/applications/@me")
async def application(fake: Town, call: Call) -> Json:
    return payloads.application(fake.bot, fake.developer, fake.flags)


@route("POST", "/users/@me/channels")
async def open_dm(fake: Town, call: Call) -> Json:
    guest = fake.world.users.get(int(call.body["recipient_id"]))
    if guest is None or guest is fake.bot:
        raise ApiError(400, 50033, "Invalid Recipient(s)")
    return payloads.channel(fake.dm(guest))


@route("GET", APP + "/commands")
@route("GET", APP + "/guilds/{guild}/commands")
async def commands(fake: Town, call: Call) -> list[Json]:
    return fake.commands.known.get(_scope(fake, call), [])


@route("PUT", APP + "/commands")
@route("PUT", APP + "/guilds/{guild}/commands")
async def set_commands(fake: Town, call: Call) -> list[Json]:
    return fake.commands.replace(_scope(fake, call), call.body)


def _scope(fake: Town, call: Call) -> int:
    if call.id("app") != fake.bot.id:
        raise unknown("Application")
    if "guild" not in call.path:
        return 0
    guild = fake.world.guilds.get(call.id("guild"))
    if guild is None or fake.bot.id not in guild.members:
        raise ApiError(403, 50001, "Missing Access")
    return guild.id


@route("POST", "/interactions/{interaction}/{token}/callback", token=False)
async def callback(fake: Town, call: Call) -> Json | None:
    one = fake.interactions.unanswered(call.id("interaction"), call.path["token"])
    kind, data = call.body.get("type"), call.body.get("data") or {}
    answers.respond(fake, one, kind, data, call.files)
    if call.query.get("with_response", "").lower() not in ("true", "1"):
        return None
    return _described(fake, one, kind)


def _described(fake: Town, one: Interaction, kind: int) -> Json:
    about: Json = {"id": str(one.id), "type": one.kind}
    made = one.original
    if made is None:
        return {"interaction": about}
    about["response_message_id"] = str(made.id)
    about["response_message_loading"] = bool(made.flags & LOADING)
    about["response_message_ephemeral"] = bool(made.flags & EPHEMERAL)
    if kind in (answers.REPLIED, answers.DEFERRED, answers.UPDATED):
        resource = {"type": kind, "message": _shown(fake, made)}
        if kind != answers.DEFERRED:
            return {"interaction": about, "resource": resource}
    return {"interaction": about}


def _shown(fake: Town, message: Message) -> Json:
    return message_payload.message(message, fake.bot)


HOOK = "/webhooks/{app}/{token}"


@route("POST", HOOK, token=False)
async def follow_up(fake: Town, call: Call) -> Json:
    one = fake.interactions.answered(call.path["token"])
    return _shown(fake, answers.follow_up(fake, one, call.body, call.files))


@route("GET", HOOK + "/messages/{message}", token=False)
async def answer(fake: Town, call: Call) -> Json:
    one = fake.interactions.answered(call.path["token"])
    return _shown(fake, answers.find(one, call.path["message"]))


@route("PATCH", HOOK + "/messages/{message}", token=False)
async def change_answer(fake: Town, call: Call) -> Json:
    one = fake.interactions.answered(call.path["token"])
    message = answers.find(one, call.path["message"])
    return _shown(fake, answers.change(fake, message, call.body, call.files))


@route("DELETE", HOOK + "/messages/{message}", token=False)
async def delete_answer(fake: Town, call: Call) -> None:
    one = fake.interactions.answered(call.path["token"])
    fake.posts.delete(answers.find(one, call.path["message"]))


@route("DELETE", "/users/@me/guilds/{guild}")
async def leave(fake: Town, call: Call) -> None:
    guild = fake.world.guilds.get(call.id("guild"))
    if guild is None or fake.bot.id not in guild.members:
        raise unknown("Guild")
    fake.remove_bot(guild)
