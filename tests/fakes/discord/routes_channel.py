"""Routes about channels: messages, reactions, threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from tests.fakes.discord import events, message_payload, payloads, permissions
from tests.fakes.discord.answers import change
from tests.fakes.discord.errors import (
    ApiError,
    Form,
    another_author,
    cannot_write_to_user,
    missing_access,
    missing_permissions,
    no_history,
    thread_exists,
    too_large,
    unknown,
)
from tests.fakes.discord.message_form import check_message
from tests.fakes.discord.rest import Call, route
from tests.fakes.discord.world import EPHEMERAL, THREAD, Channel, Message

if TYPE_CHECKING:
    from tests.fakes.discord.town import Town

Json = dict[str, Any]
MESSAGES = "/channels/{channel}/messages"
MESSAGE = MESSAGES + "/{message}"
LARGEST = 10 * 1024 * 1024  # bytes of one file


def reach(fake: Town, call: Call, *needed: int) -> Channel:
    """The channel of a call. Raises 10003, 50001 or 50013 where the bot may not do it there."""
    channel = fake.world.channels.get(call.id("channel"))
    if channel is None:
        raise unknown("Channel")
    allowed = permissions.in_channel(channel, fake.bot)
    if not allowed & permissions.VIEW_CHANNEL:
        raise missing_access()
    for permission in needed:
        if not allowed & permission:
            raise missing_permissions()
    return channel


def find(fake: Town, channel: Channel, id_: int) -> Message:
    found = fake.world.message(channel.id, id_)
    if found is None or found.flags & EPHEMERAL:
        raise unknown("Message")
    return found


def shown(fake: Town, message: Message) -> Json:
    content = fake.reads_content or events.may_read(fake, message)
    return message_payload.message(message, fake.bot, content=content)


@route("GET", "/channels/{channel}")
async def get_channel(fake: Town, call: Call) -> Json:
    return payloads.channel(reach(fake, call))


@route("POST", MESSAGES)
async def send(fake: Town, call: Call) -> Json:
    channel = reach(fake, call)
    _may_send(fake, channel, bool(call.files))
    body = call.body or {}
    check_message(body, files=len(call.files))
    if any(len(data) > LARGEST for _, data in call.files):
        raise too_large()
    if body.get("enforce_nonce") and body.get("nonce") is not None:
        for before in channel.messages.values():
            if before.nonce == body["nonce"] and before.author is fake.bot:
                return shown(fake, before)
    reference = _referred(fake, channel, body)
    if reference is None:
        body = {key: value for key, value in body.items() if key != "message_reference"}
    message = fake.posts.send(channel, fake.bot, body, call.files, reference=reference)
    return shown(fake, message)


def _may_send(fake: Town, channel: Channel, files: bool) -> None:
    if channel.guest and channel.guest.closed:
        raise cannot_write_to_user()
    allowed = permissions.in_channel(channel, fake.bot)
    threaded = channel.kind == THREAD
    needed = permissions.SEND_MESSAGES_IN_THREADS if threaded else permissions.SEND_MESSAGES
    if not allowed & needed or (files and not allowed & permissions.ATTACH_FILES):
        raise missing_permissions()


def _referred(fake: Town, channel: Channel, body: Json) -> Message | None:
    reference = body.get("message_reference")
    if not reference:
        return None
    if not permissions.in_channel(channel, fake.bot) & permissions.READ_MESSAGE_HISTORY:
        raise no_history()
    found = fake.world.message(channel.id, int(reference["message_id"]))
    if found is None and reference.get("fail_if_not_exists", True):
        form = Form()
        form.wrong(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        form.check()
    return found


@route("GET", MESSAGES)
async def history(fake: Town, call: Call) -> list[Json]:
    channel = reach(fake, call)
    if not permissions.in_channel(channel, fake.bot) & permissions.READ_MESSAGE_HISTORY:
        return []
    before = int(call.query.get("before", 1 << 63))
    after = int(call.query.get("after", 0))
    there = [
        each
        for each in channel.messages.values()
        if not (each.gone or each.only) and after < each.id < before
    ]
    limit = int(call.query.get("limit", 50))
    there = there[:limit] if after else there[-limit:]
    return [shown(fake, each) for each in reversed(there)]


@route("GET", MESSAGE)
async def get_message(fake: Town, call: Call) -> Json:
    channel = reach(fake, call, permissions.READ_MESSAGE_HISTORY)
    return shown(fake, find(fake, channel, call.id("message")))


@route("PATCH", MESSAGE)
async def edit(fake: Town, call: Call) -> Json:
    message = find(fake, reach(fake, call), call.id("message"))
    if message.author is not fake.bot:
        raise another_author()
    return shown(fake, change(fake, message, call.body or {}, call.files))


@route("DELETE", MESSAGE)
async def delete(fake: Town, call: Call) -> None:
    channel = reach(fake, call)
    message = find(fake, channel, call.id("message"))
    if message.author is not fake.bot:
        if channel.guild is None:
            raise ApiError(403, 50003, "Cannot execute action on a DM channel")
        reach(fake, call, permissions.MANAGE_MESSAGES)
    fake.posts.delete(message)


@route("POST", "/channels/{channel}/typing")
async def typing(fake: Town, call: Call) -> None:
    channel = reach(fake, call)
    _may_send(fake, channel, False)
    fake.typed.append(channel)


@route("PUT", MESSAGE + "/reactions/{emoji}/@me")
async def react(fake: Town, call: Call) -> None:
    channel = reach(fake, call, permissions.READ_MESSAGE_HISTORY)
    message = find(fake, channel, call.id("message"))
    emoji = unquote(call.path["emoji"])
    if emoji.isascii() and ":" not in emoji:
        raise unknown("Emoji")
    if emoji not in {each for _, each in message.reactions}:
        reach(fake, call, permissions.ADD_REACTIONS)
    fake.react(message, fake.bot, emoji)


@route("DELETE", MESSAGE + "/reactions/{emoji}/@me")
async def unreact(fake: Town, call: Call) -> None:
    message = find(fake, reach(fake, call), call.id("message"))
    fake.unreact(message, fake.bot, unquote(call.path["emoji"]))


@route("POST", MESSAGE + "/threads")
async def open_thread(fake: Town, call: Call) -> Json:
    channel = reach(fake, call, permissions.CREATE_PUBLIC_THREADS)
    message = find(fake, channel, call.id("message"))
    form = Form()
    form.length(("name",), call.body.get("name"), 1, 100, need=True)
    form.check()
    if channel.guild is None or channel.kind == THREAD:
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    if message.thread:
        raise thread_exists()
    return payloads.channel(fake.thread(message, call.body["name"], fake.bot))
