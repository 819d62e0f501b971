"""What people do and see in the fake Discord: markdown, pings, hidden answers, honest failures."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.discord import DiscordPerson, DiscordServer
from tests.fakes.discord.client import Api, Bot, running
from tests.fakes.discord.fixtures import call, fake, general
from tests.fakes.discord.markdown import links, parse, plain, previewed
from tests.fakes.discord.world import Channel
from tests.human import Human

__all__ = ["call", "fake", "general"]


def test_a_discord_person_is_a_human(fake: DiscordServer):
    person: Human = fake.person("Ann")
    assert isinstance(person, DiscordPerson)


MARKED = [
    ("**bold** *it* ***both*** __under__ ~~gone~~ ||hidden||", "bold it both under gone hidden"),
    ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
    ("`**code**` and ``a ` b``", "**code** and a ` b"),
    ("**bold `x**` still**", "bold x** still"),
    ("\\*not\\* \\[link](x) 1\\. \\> \\#", "*not* [link](x) 1. > #"),
    ("**open", "**open"),
    ("# Title\n### Small title\n-# small print", "Title\nSmall title\nsmall print"),
    ("#hashtag\n####  four", "#hashtag\n####  four"),
    ("- one\n  - two\n* three\n2. four", "• one\n  • two\n• three\n2. four"),
    ("> **quoted\n> over** lines\nand not", "quoted\nover lines\nand not"),
    (">>> all of it\n# quoted", "all of it\nquoted"),
    (">not quoted", ">not quoted"),
    ("before\n```py\n**x** = 1\n```\nafter", "before\n**x** = 1\nafter"),
    ("[label](https://e.org/a_(b)) end", "label end"),
    ("[a \\* b](<https://e.org/>)", "a \\* b"),  # nothing can be escaped in a label
    ("[https://good.org](https://evil.org)", "[https://good.org](https://evil.org)"),
    ("[label](ftp://e.org)", "[label](ftp://e.org)"),
    ("a <https://e.org/x> b", "a https://e.org/x b"),
    ("<t:0> </ask:1> <:smile:2>", "01 January 1970 00:00 /ask :smile:"),
]


@pytest.mark.parametrize(("raw", "text"), MARKED)
async def test_a_bubble_reads_as_discord_shows_it(
    fake: DiscordServer, general: Channel, call: Api, raw: str, text: str
):
    ann = fake.person("Ann", general)
    await call.send(general, content=raw)
    (bubble,) = ann.bubbles()
    assert (bubble.text, bubble.raw) == (text, raw)


@pytest.mark.parametrize(
    ("text", "taps", "previews"),
    [
        ("see https://e.org/a_b_c, and (https://e.org/x).", 2, 2),
        ("[a](https://e.org/a) [b](<https://e.org/b>) <https://e.org/c>", 3, 1),
        ("`https://e.org/a` \\[b](https://e.org/b)", 1, 1),
        ("[https://good.org](https://evil.org)", 0, 2),
        ("no link: example.org", 0, 0),
    ],
)
def test_links_and_previews_are_those_that_a_tap_or_discord_would_open(
    text: str, taps: int, previews: int
):
    blocks = parse(text)
    assert (len(links(blocks)), len(previewed(blocks))) == (taps, previews)
    assert all(link[-1] not in ",.)" for link in links(blocks))


def test_any_marks_at_all_can_be_taken_out():
    text = "**_~~||`[]()<>\\#>-*1. \n" * 9
    assert plain(parse(text), lambda kind, what: None)


async def test_embeds_and_text_displays_are_read_too(
    fake: DiscordServer, general: Channel, call: Api
):
    ann = fake.person("Ann", general)
    field = {"name": "Field", "value": "[value](<https://e.org/>)"}
    embed = {"title": "Title", "description": "**Text**", "fields": [field]}
    await call.send(general, content="above", embeds=[embed])
    shown = [{"type": 17, "components": [{"type": 10, "content": "# Shown"}]}]
    await call.send(general, flags=1 << 15, components=shown)
    assert [each.text for each in ann.bubbles()] == ["above\nTitle\nText\nField\nvalue", "Shown"]


async def test_people_bots_and_webhooks_are_told_apart(fake: DiscordServer, general: Channel):
    speakers = [
        fake.person("Ann", general),
        fake.person("Robo", general, bot=True),
        fake.person("Hook", general, webhook=True),
    ]
    async with running(fake) as bot:
        for each in speakers:
            await each.mention("hello")
        await bot.event_of("message", 3)
        told = [(each.author.bot, bool(each.webhook_id)) for each in bot.events("message")]
        assert told == [(False, False), (True, False), (True, True)]
        assert bot.user in bot.events("message")[0].mentions


async def test_who_waits_in_vain_is_told_what_was_there_instead(
    fake: DiscordServer, general: Channel, call: Api
):
    ann = fake.person("Ann", general)
    with pytest.raises(AssertionError, match="nothing at all"):
        await ann.see("anything", seconds=0.01)
    await call.send(general, content="something **else**")
    with pytest.raises(AssertionError, match=r"(?s)something else.*POST /channels"):
        await ann.see("anything", seconds=0.01)


async def test_only_what_came_after_a_persons_last_act_is_seen(
    fake: DiscordServer, general: Channel, call: Api
):
    ann, bob = fake.person("Ann", general), fake.person("Bob", general)
    await call.send(general, content="an old answer")
    await ann.say("a question")
    with pytest.raises(AssertionError):
        await ann.see("answer", seconds=0.01)
    assert (await ann.see("answer", old=True)).text == "an old answer"
    assert (await bob.see("answer")).text == "an old answer"


async def test_a_button_that_is_not_there_or_is_off_cannot_be_pressed(
    fake: DiscordServer, general: Channel, call: Api
):
    ann = fake.person("Ann", general)
    button = {"type": 2, "style": 1, "label": "Off", "custom_id": "off", "disabled": True}
    row = {"type": 1, "components": [button]}
    await call.send(general, content="x", components=[row])
    for label, why in (("Off", "cannot be pressed"), ("On", "no button")):
        with pytest.raises(LookupError, match=why):
            await ann.click(ann.bubbles()[0], label)


async def test_messages_of_others_cannot_be_changed(fake: DiscordServer, general: Channel):
    ann, bob = fake.person("Ann", general), fake.person("Bob", general)
    olga = fake.person("Olga", general, owner=True)
    said = await ann.say("mine")
    for act in (bob.edit(said, "yours"), bob.delete(said), olga.edit(said, "yours")):
        with pytest.raises(PermissionError):
            await act
    await olga.delete(said)
    with pytest.raises(LookupError):
        await ann.edit(said, "gone")


async def test_one_person_can_be_in_several_places(fake: DiscordServer, general: Channel):
    ann = fake.person("Ann", general)

    def build(bot: Bot) -> None:
        @bot.listen()
        async def on_message(message: Any) -> None:
            if not message.author.bot:
                await message.channel.send(f"heard {message.content} in {message.channel.type}")

    async with running(fake, build):
        await ann.say("one")
        await ann.see("heard one in text")
        private = ann.at(fake.dm(ann.user))
        await private.say("two")
        await private.see("heard two in private")
        question = general.messages[int(await ann.say("three"))]
        await ann.see("heard three")
        thread = ann.at(fake.thread(question, "More", ann.user))
        await thread.say("four")
        await thread.see("heard four in public_thread")
    assert len(ann.bubbles()) == 2
