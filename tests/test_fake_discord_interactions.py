"""Commands, buttons and forms of the fake Discord against real discord.py, and their deadlines."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.fakes.discord import DiscordServer, permissions
from tests.fakes.discord.client import Api, Bot, discord, running
from tests.fakes.discord.fixtures import call, fake, general
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.world import Channel
from tests.oracle.discord import DiscordOracle, discord_oracle

__all__ = ["call", "discord_oracle", "fake", "general"]


class Form(discord.ui.Modal, title="Tell us"):
    reason: discord.ui.TextInput[Any] = discord.ui.TextInput(label="Why?", custom_id="reason")

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(f"because {self.reason.value}", ephemeral=True)


class Buttons(discord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(discord.ui.Button(label="Source", url="https://example.org/"))

    @discord.ui.button(label="More", custom_id="more")
    async def more(self, interaction: discord.Interaction[Any], _: Any) -> None:
        await interaction.response.edit_message(content="more of it")

    @discord.ui.button(label="Quietly", custom_id="quietly")
    async def quietly(self, interaction: discord.Interaction[Any], _: Any) -> None:
        await interaction.response.send_message("between **us**", ephemeral=True)

    @discord.ui.button(label="Why", custom_id="why")
    async def why(self, interaction: discord.Interaction[Any], _: Any) -> None:
        await interaction.response.send_modal(Form())

    @discord.ui.button(label="Nothing", custom_id="nothing")
    async def nothing(self, interaction: discord.Interaction[Any], _: Any) -> None:
        await interaction.response.defer()


def build(bot: Bot) -> None:
    @bot.tree.command(description="Ask the articles")
    async def ask(
        interaction: discord.Interaction[Any],
        question: str,
        loud: bool = False,
        count: int = 1,
        file: discord.Attachment | None = None,
    ) -> None:
        await interaction.response.defer(thinking=True)
        data = (await file.read()).decode() if file else ""
        await interaction.edit_original_response(content="half an ans")
        text = f"**{question}** {loud} {count} {data}"
        await interaction.edit_original_response(content=text, view=Buttons())
        await interaction.followup.send("a <@1> note", ephemeral=True, suppress_embeds=True)

    @ask.autocomplete("question")
    async def complete(_: Any, typed: str) -> list[discord.app_commands.Choice[str]]:
        return [discord.app_commands.Choice(name=typed.upper(), value=typed)]

    build_more(bot)
    bot.add_view(Buttons())


def build_more(bot: Bot) -> None:
    group = discord.app_commands.Group(
        name="library", description="Libraries", default_permissions=discord.Permissions(32)
    )

    @group.command(description="Bind a library")
    async def use(interaction: discord.Interaction[Any], name: str) -> None:
        assert interaction.permissions.manage_guild or interaction.guild
        file = discord.File(io.BytesIO(b"list"), "list.txt")
        await interaction.response.send_message(f"uses {name}", file=file, ephemeral=True)

    bot.tree.add_command(group)

    @bot.tree.context_menu(name="Ask about this")
    async def about(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await interaction.response.send_message(f"about: {message.content}")

    @bot.tree.command(description="Never answers")
    async def silent(_: discord.Interaction[Any]) -> None:
        return


async def test_all_kinds_of_interactions_work_as_the_schemas_say(
    fake: DiscordServer, general: Channel, discord_oracle: DiscordOracle
):
    ann, bob = fake.person("Ann", general, manage=True), fake.person("Bob", general)
    async with running(fake, build) as bot:
        assert await ann.autocomplete("ask", "question", "wh") == [("WH", "wh")]
        asked = await ann.command("ask", "why?", files=[("a.txt", b"data")], count=3, loud=True)
        answer = await ann.see("why? True 3 data")
        assert (answer.reply_to, answer.edits, answer.hidden) == (asked, 2, False)
        assert answer.buttons == ("More", "Quietly", "Why", "Nothing", "Source")
        assert answer.links == ("https://example.org/",)
        note = await ann.see("note")
        assert (note.hidden, note.reply_to) == (True, answer.id)
        assert [each.id for each in bob.bubbles()] == [answer.id]
        assert await bob.click(answer, "Source") == "https://example.org/"
        assert await bob.click(answer, "Nothing") == ""
        assert await bob.click(answer, "Quietly") == "between us"
        assert (await bob.see("between us")).hidden
        assert not [each for each in ann.bubbles() if "between" in each.text]
        assert await bob.click(answer, "Why") == "Tell us"
        await bob.submit(reason="I asked")
        assert (await bob.see("because I asked")).hidden
        assert await ann.click(answer, "More") == ""
        assert (await bob.see("more of it", old=True)).id == answer.id
        await ann.command("library use", "news")
        await ann.see("uses news")
        await bob.context_menu("Ask about this", answer)
        await ann.see("about: more of it", old=True)
        assert bot.events("error") == []
    assert discord_oracle.problems(fake.calls) == []


async def test_commands_work_in_a_direct_message_and_in_a_thread(
    fake: DiscordServer, general: Channel
):
    ann = fake.person("Ann", general)
    question = general.messages[int(await ann.say("a question"))]
    thread = fake.thread(question, "More", ann.user)
    async with running(fake, build) as bot:
        for place in (fake.dm(ann.user), thread):
            there = ann.at(place)
            await there.command("ask", "why?")
            answer = await there.see("why? False 1")
            assert await there.click(answer, "Quietly") == "between us"
        assert (ann.bubbles(), bot.events("error")) == ([], [])


async def test_thinking_is_seen_as_a_draft_and_pings_nobody_when_it_ends(
    fake: DiscordServer, general: Channel, call: Api
):
    ann, bob = fake.person("Ann", general), fake.person("Bob", general)
    one = await began(fake, ann)
    assert (await answer(call, one, {"type": 5}))[0] == 204
    (thinking,) = ann.bubbles()
    assert (thinking.streaming, thinking.text) == (True, "Footnote is thinking…")
    hook = f"/webhooks/{fake.bot.id}/{one.token}"
    status, message = await call("POST", hook, {"content": f"<@{bob.user.id}>", "flags": 64})
    (bubble,) = ann.bubbles()  # a followup takes the place of "thinking…", and its visibility
    assert (status, bubble.id, bubble.text) == (200, message["id"], "@Bob")
    assert (bubble.hidden, bubble.streaming, bubble.pings) == (False, False, ())
    await call("POST", hook, {"content": f"<@{bob.user.id}> @everyone"})
    assert ann.bubbles()[-1].pings == (bob.id,)
    assert (await call("DELETE", f"{hook}/messages/@original"))[0] == 204
    assert (await call("GET", f"{hook}/messages/@original"))[1]["code"] == 10008
    assert len(ann.bubbles()) == 1


async def began(fake: DiscordServer, person: Any) -> Interaction:
    fake.commands.replace(0, [{"name": "ask", "description": "Ask"}])
    id_ = await person.command("ask")
    return next(one for one in fake.interactions.all.values() if str(one.id) == id_)


async def answer(call: Api, one: Interaction, body: dict[str, Any]) -> tuple[int, Any]:
    return await call("POST", f"/interactions/{one.id}/{one.token}/callback", body)


async def test_an_interaction_is_answered_once_and_in_three_seconds(
    fake: DiscordServer, general: Channel, call: Api
):
    ann = fake.person("Ann", general)
    one = await began(fake, ann)
    hook = f"/webhooks/{fake.bot.id}/{one.token}"
    assert (await call("POST", hook, {"content": "x"}))[1]["code"] == 10015
    reply = {"type": 4, "data": {"content": "x", "flags": 64}}
    assert (await answer(call, one, reply))[0] == 204
    assert (await answer(call, one, reply))[1]["code"] == 40060
    late = await began(fake, ann)
    fake.advance(3.1)
    assert (await answer(call, late, {"type": 5}))[1]["code"] == 10062
    assert (await ann.see("did not respond")).hidden
    fake.advance(15 * 60)
    path = f"{hook}/messages/@original"
    status, error = await call("PATCH", path, {"content": "y"})
    assert (status, error["code"]) == (401, 50027)


async def test_a_person_sees_that_no_answer_came(fake: DiscordServer, general: Channel):
    ann = fake.person("Ann", general)
    async with running(fake, build):
        await ann.command("silent")
        await ann.see("The application did not respond", seconds=4)
        assert ann.bubbles()[0].author == "Discord"


@pytest.mark.parametrize("kind", [1, 6, 7, 8, 12])
async def test_a_command_cannot_be_answered_with_an_update(
    fake: DiscordServer, general: Channel, call: Api, kind: int
):
    one = await began(fake, fake.person("Ann", general))
    status, error = await answer(call, one, {"type": kind})
    assert (status, error["code"], list(error["errors"])) == (400, 50035, ["type"])


async def test_an_answer_needs_no_permission_in_the_channel(
    fake: DiscordServer, general: Channel, call: Api
):
    fake.deny(general, permissions.VIEW_CHANNEL)
    ann = fake.person("Ann", general)
    one = await began(fake, ann)
    await answer(call, one, {"type": 4, "data": {"content": "all the same"}})
    message = await ann.see("all the same")
    path = f"/channels/{general.id}/messages/{message.id}"
    assert (await call("PATCH", path, {"content": "x"}))[1]["code"] == 50001


async def test_what_nobody_else_sees_cannot_be_reached_as_a_message(
    fake: DiscordServer, general: Channel, call: Api
):
    one = await began(fake, fake.person("Ann", general))
    await answer(call, one, {"type": 4, "data": {"content": "secret", "flags": 64}})
    assert one.original
    path = f"/channels/{general.id}/messages/{one.original.id}"
    assert (await call("GET", path))[1]["code"] == 10008
    assert (await call("GET", f"/channels/{general.id}/messages"))[1] == []
