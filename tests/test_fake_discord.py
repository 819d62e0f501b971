"""The fake Discord against real discord.py: messages, rights, limits, faults; the oracle judges."""

from __future__ import annotations

import aiohttp
import pytest

from tests.fakes.discord import DiscordServer, permissions
from tests.fakes.discord.client import Api, Bot, discord, running
from tests.fakes.discord.fixtures import call, fake, general
from tests.fakes.discord.world import Channel
from tests.oracle.discord import DiscordOracle, discord_oracle

__all__ = ["call", "discord_oracle", "fake", "general"]


async def test_a_bot_writes_edits_reads_and_deletes_as_the_schemas_say(
    fake: DiscordServer, general: Channel, discord_oracle: DiscordOracle
):
    ann = fake.person("Ann", general)
    async with running(fake) as bot:
        said = await ann.say("a question", files=[("notes.txt", b"hello")])
        question = await bot.event_of("message")
        assert (question.content, await question.attachments[0].read()) == ("a question", b"hello")
        answer = await question.reply("an answer", file=discord.File(__file__, "own.py"))
        await answer.edit(content="a **better** answer", suppress=True)
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="More", custom_id="more"))
        await answer.edit(view=view, attachments=[])
        await answer.add_reaction("👍")
        thread = await question.create_thread(name="More of it")
        async with thread.typing():
            await thread.send(embed=discord.Embed(title="Title", description="Text"))
        assert (await question.channel.fetch_message(answer.id)).content == "a **better** answer"
        assert len([each async for each in question.channel.history()]) == 2
        await (await question.author.create_dm()).send("hello")
        await question.guild.fetch_member(question.author.id)
        await bot.fetch_guild(question.guild.id)
        await bot.fetch_user(question.author.id)
        await bot.fetch_channel(thread.id)
        seen = await ann.see("a better answer")
        assert (seen.reply_to, seen.buttons, seen.edits) == (said, ("More",), 2)
        await answer.delete()
    assert ann.bubbles() == []
    assert "Text" in ann.at(fake.world.channels[thread.id]).bubbles()[0].text
    assert [each.name for each in fake.typed] == ["More of it"]
    assert discord_oracle.problems(fake.calls) == []


async def test_errors_have_discords_status_and_code(
    fake: DiscordServer, general: Channel, call: Api
):
    ann = fake.person("Ann", general)
    hers = await ann.say("mine")
    closed = fake.person("Closed")
    closed.user.closed = True
    messages = f"/channels/{general.id}/messages"
    for method, path, body, wanted in (
        ("POST", "/channels/1/messages", {"content": "x"}, (404, 10003)),
        ("GET", f"{messages}/1", None, (404, 10008)),
        ("PATCH", f"{messages}/{hers}", {"content": "x"}, (403, 50005)),
        ("DELETE", f"{messages}/{hers}", None, (403, 50013)),
        ("POST", f"/channels/{closed.channel.id}/messages", {"content": "x"}, (403, 50007)),
        ("POST", "/users/@me/channels", {"recipient_id": "1"}, (400, 50033)),
        ("GET", "/guilds/1", None, (404, 10004)),
        ("POST", "/interactions/1/nonsense/callback", {"type": 5}, (404, 10062)),
        ("POST", f"/webhooks/{fake.bot.id}/nonsense", {"content": "x"}, (404, 10015)),
    ):
        status, error = await call(method, path, body)
        assert (status, error["code"]) == wanted, path
    assert (await call("GET", "/users/@me", token="wrong"))[0] == 401
    assert fake.rest.invalid == 4


async def test_what_the_bot_may_not_do_in_a_channel_is_refused(
    fake: DiscordServer, general: Channel, call: Api
):
    fake.deny(general, permissions.SEND_MESSAGES)
    assert (await call.send(general, content="x"))[1]["code"] == 50013
    fake.deny(general, permissions.VIEW_CHANNEL)
    assert (await call.send(general, content="x"))[1]["code"] == 50001
    fake.allow(general, permissions.VIEW_CHANNEL | permissions.SEND_MESSAGES)
    assert (await call.send(general, content="x"))[0] == 200
    assert general.guild
    fake.remove_bot(general.guild)
    assert (await call.send(general, content="x"))[1]["code"] == 50001


async def test_a_file_is_given_to_whoever_has_its_address_and_no_other(
    fake: DiscordServer, general: Channel, call: Api
):
    await fake.person("Ann", general).say("here", files=[("Ü b.txt", b"hello")])
    _, listed = await call("GET", f"/channels/{general.id}/messages")
    file = listed[0]["attachments"][0]
    assert (file["filename"], file["title"]) == ("_b.txt", "Ü b")
    address = file["url"]
    async with call.session.get(address) as response:
        assert (response.status, await response.read()) == (200, b"hello")
    async with call.session.get(address.replace("_b", "c")) as response:
        assert response.status == 404
    with pytest.raises(aiohttp.ClientConnectorError, match=r"example\.org"):
        await call.session.get("https://example.org/")


async def test_a_wrong_token_ends_the_bot(fake: DiscordServer):
    bot = Bot(fake)
    with pytest.raises(discord.LoginFailure):
        await bot.start("wrong")
    await bot.close()


async def test_the_oracle_finds_what_the_schemas_forbid(
    fake: DiscordServer, general: Channel, call: Api, discord_oracle: DiscordOracle
):
    await call.send(general, content="x")
    assert discord_oracle.problems(fake.calls) == []
    fake.calls[-1].body = {"content": "x", "colour": "red"}
    fake.calls[-1].answer = fake.calls[-1].answer | {"tts": "no", "author": {}}
    problems = "\n".join(discord_oracle.problems(fake.calls))
    assert all(word in problems for word in ("colour", "at tts", "at author", "username"))


async def test_a_thread_a_reply_and_a_reaction_need_what_discord_wants(
    fake: DiscordServer, general: Channel, call: Api
):
    said = await fake.person("Ann", general).say("hello")
    message = f"/channels/{general.id}/messages/{said}"
    status, thread = await call("POST", f"{message}/threads", {"name": "More"})
    assert (status, thread["id"], thread["parent_id"]) == (200, said, str(general.id))
    assert (await call("POST", f"{message}/threads", {"name": "More"}))[1]["code"] == 160004
    assert (await call("POST", f"{message}/threads", {"name": ""}))[1]["code"] == 50035
    _, inner = await call("POST", f"/channels/{said}/messages", {"content": "x"})
    nested = f"/channels/{said}/messages/{inner['id']}/threads"
    assert (await call("POST", nested, {"name": "x"}))[1]["code"] == 50024
    thumb = f"{message}/reactions/%F0%9F%91%8D/@me"
    assert (await call("PUT", f"{message}/reactions/up/@me"))[1]["code"] == 10014
    fake.deny(general, permissions.ADD_REACTIONS)
    assert (await call("PUT", thumb))[1]["code"] == 50013
    await fake.person("Bob", general).react(said, "👍")
    assert (await call("PUT", thumb))[0] == 204  # where somebody did already, it takes no right
    assert (await call("GET", message))[1]["reactions"][0]["count"] == 2
    assert (await call("DELETE", thumb))[0] == 204
    fake.deny(general, permissions.READ_MESSAGE_HISTORY)
    reply = {"content": "x", "message_reference": {"message_id": said}}
    assert (await call.send(general, **reply))[1]["code"] == 160002
    assert (await call("GET", f"/channels/{general.id}/messages"))[1] == []


async def test_previews_come_unless_they_are_suppressed(
    fake: DiscordServer, general: Channel, call: Api
):
    link = "https://example.org/"
    await call.send(general, content=f"{link} <{link}a>")
    await call.send(general, content=link, flags=1 << 2)
    _, sent = await call.send(general, content=link)
    path = f"/channels/{general.id}/messages/{sent['id']}"
    await call("PATCH", path, {"flags": 1 << 2})
    shown = [fake.previews(each) for each in general.messages.values()]
    assert shown == [(link,), (), ()]


async def test_a_bot_can_leave_a_guild(fake: DiscordServer, general: Channel, call: Api):
    assert general.guild
    path = f"/users/@me/guilds/{general.guild.id}"
    assert (await call("DELETE", path))[0] == 204
    assert (await call("DELETE", path))[1]["code"] == 10004
