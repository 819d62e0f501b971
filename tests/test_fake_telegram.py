"""The fake Telegram behaves as the real one where bots break, seen by the real client library."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from tests.fakes.telegram import Fake
from tests.fakes.telegram.clients import client, refused, served


@pytest.fixture
async def pair() -> AsyncIterator[tuple[Fake, Bot]]:
    async with served() as both:
        yield both


async def test_a_wrong_token_is_refused(pair: tuple[Fake, Bot]):
    with pytest.raises(InvalidToken):
        async with client(pair[0], "1:wrong"):
            pass


async def test_an_unknown_method_is_a_404_and_a_problem():
    async with served(check=False) as (fake, bot):
        with pytest.raises(EndPointNotFound):
            await bot.do_api_request("sendHologram")
        assert "sendHologram" in fake.problems()[0]


async def test_a_call_may_be_a_form_json_or_query(pair: tuple[Fake, Bot]):
    fake, _ = pair
    ada = fake.private()
    url, call = f"{fake.base_url}{fake.token}/sendMessage", {"chat_id": ada.user.id, "text": "x"}
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "d"}]]}
    async with aiohttp.ClientSession() as session:
        for body in ({"json": call | {"reply_markup": markup}}, {"data": call}, {"params": call}):
            async with session.post(url, **body) as answer:
                assert (await answer.json())["ok"]
    assert [one.buttons for one in ada.bubbles()] == [("Go",), (), ()]


async def test_polling_waits_for_news_and_an_offset_confirms(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    waiting = asyncio.create_task(bot.get_updates(timeout=10))
    await fake.until(lambda: fake.called("getUpdates"))
    await ada.say("one")
    await ada.say("two")
    first = await waiting
    both = await bot.get_updates(limit=2)
    assert [u.message.text for u in both] == ["one", "two"]
    assert first[0].update_id == both[0].update_id
    assert await bot.get_updates(offset=both[1].update_id + 1) == ()
    assert fake.pending() == []


async def test_an_update_can_come_twice_though_it_was_confirmed(pair: tuple[Fake, Bot]):
    fake, bot = pair
    await fake.private().say("one")
    (update,) = await bot.get_updates()
    fake.mail.again(update.update_id)
    assert [u.update_id for u in await bot.get_updates(offset=update.update_id + 1)] == [
        update.update_id
    ]
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_the_newer_poller_sends_the_older_away(pair: tuple[Fake, Bot]):
    fake, bot = pair
    older = asyncio.create_task(bot.get_updates(timeout=10))
    await fake.until(lambda: fake.called("getUpdates"))
    async with client(fake) as other:
        newer = asyncio.create_task(other.get_updates(timeout=10))
        with pytest.raises(Conflict):
            await older
        await fake.private().say("x")
        assert len(await newer) == 1


async def test_kinds_that_are_not_asked_for_do_not_come(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    sent = await bot.send_message(ada.user.id, "x")
    await ada.react(str(sent.message_id))
    assert fake.pending() == []
    await bot.get_updates(allowed_updates=["message_reaction"])
    await ada.react(str(sent.message_id), "🔥")
    await ada.say("not asked for any more")
    (update,) = await bot.get_updates()
    assert update.message_reaction.new_reaction[0].emoji == "🔥"


async def test_limits_answer_429_when_they_are_on(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada, room = fake.private(), fake.group()
    fake.flood.strict, fake.flood.private_gap = True, 0.2
    await bot.send_message(ada.user.id, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(ada.user.id, "y")
    await asyncio.sleep(0.25)
    await (await bot.send_message(ada.user.id, "y")).edit_text("z")
    fake.flood.private_counts_edits = True
    with pytest.raises(RetryAfter):
        await bot.edit_message_text("y", ada.user.id, 1)
    sent = await bot.send_message(room.id, "0")
    for number in range(1, 20):
        await sent.edit_text(str(number))
    with pytest.raises(RetryAfter) as refused:
        await sent.edit_text("one too many")
    assert (
        fake.calls[-1].description
        == f"Too Many Requests: retry after {refused.value.retry_after.seconds}"
    )
    assert fake.flood.refused == 3


async def test_faults_hit_the_calls_they_are_meant_for(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada, ben = fake.private(), fake.private("Ben")
    fake.fail("sendMessage", 502, raw=b"<html>Bad Gateway</html>", chat=ada.user.id)
    fake.fail("sendMessage", 429, retry_after=3, chat=ada.user.id)
    await bot.send_message(ben.user.id, "x")
    with pytest.raises(NetworkError):
        await bot.send_message(ada.user.id, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(ada.user.id, "x")
    fake.drop("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(ada.user.id, "dropped")
    fake.lose("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(ada.user.id, "lost, but sent")
    fake.hang("sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(ada.user.id, "hung", read_timeout=0.1)
    await bot.send_message(ada.user.id, "well")
    assert [one.text for one in ada.bubbles()] == ["lost, but sent", "well"]


async def test_the_server_goes_down_and_comes_back_where_it_was(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    waiting = asyncio.create_task(bot.get_updates(timeout=10))
    await fake.until(lambda: fake.called("getUpdates"))
    await fake.down()
    with pytest.raises(NetworkError):
        await waiting
    with pytest.raises(NetworkError):
        await bot.get_me()
    await ada.say("while you were away")
    await fake.up()
    assert (await bot.get_updates())[0].message.text == "while you were away"


async def test_a_bot_that_may_not_write_is_told_why(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada, room, small = fake.private(), fake.group(), fake.group(kind="group")
    stranger = fake.private("Cy", started=False)
    with refused(Forbidden, "can't initiate"):
        await bot.send_message(stranger.user.id, "x")
    ada.block()
    with refused(Forbidden, "blocked by the user"):
        await bot.send_message(ada.user.id, "x")
    room.mute_bot()
    with refused(BadRequest, "not enough rights to send text messages"):
        await bot.send_message(room.id, "x")
    room.kick_bot()
    with refused(Forbidden, "kicked from the supergroup"):
        await bot.send_message(room.id, "x")
    bigger = small.migrate()
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(small.id, "x")
    assert moved.value.new_chat_id == bigger.id
    await bot.send_message(bigger.id, "x")
    with refused(BadRequest, "chat not found"):
        await bot.send_message(1234, "x")
    kinds = [
        u.my_chat_member.new_chat_member.status for u in await bot.get_updates() if u.my_chat_member
    ]
    assert kinds == ["kicked", "kicked"]


async def test_commands_are_kept_by_scope_and_language(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada, room = fake.private(), fake.group()
    ben, olga = room.join("Ben", "administrator"), room.join("Olga", language_code="ru")
    await bot.set_my_commands([BotCommand("ask", "Ask")])
    await bot.set_my_commands([BotCommand("ask", "Спросить")], language_code="ru")
    await bot.set_my_commands([BotCommand("remove", "R")], BotCommandScopeChat(ada.user.id))
    assert (ada.menu(), ben.menu()) == ([("remove", "R")], [("ask", "Ask")])
    assert olga.menu() == [("ask", "Спросить")]
    await bot.delete_my_commands(BotCommandScopeChat(ada.user.id))
    assert ada.menu() == [("ask", "Ask")]
    assert [one.command for one in await bot.get_my_commands()] == ["ask"]
    with refused(BadRequest, "BOT_COMMAND_INVALID"):
        await bot.set_my_commands([("Big One", "x")])
