"""A Discord conversation as a transcript and as a page: all that was shown, and nothing else."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser

import pytest

from tests.fakes.discord import DiscordPerson, DiscordServer, discord_server
from tests.fakes.discord.client import Api, api
from tests.fakes.discord.world import Channel
from tests.pictures.discord import page

EVIL = '<script>alert(1)</script> & "quoted" <img src=x onerror=y>'


class Conversation:
    """Ann asks in a channel; the bot answers by command, reply and in secret."""

    def __init__(self, fake: DiscordServer, call: Api) -> None:
        self.fake, self.call = fake, call
        self.channel: Channel = fake.channel(fake.guild(), "general")
        self.ann: DiscordPerson = fake.person("Ann Lee", self.channel)
        self.bob: DiscordPerson = fake.person("Bob", self.channel)

    async def hold(self) -> None:
        self.fake.commands.replace(0, [{"name": "ask", "description": "d"}])
        said = await self.ann.say("a **question** to <#0>", files=[("n.txt", b"x" * 2048)])
        text = f"> “quote”\n1. [site](<https://e.org/>)\n`code` <@{self.ann.user.id}>"
        link = {"type": 2, "style": 5, "label": "Open", "url": "https://e.org/b"}
        more = {"type": 2, "style": 1, "label": "More", "custom_id": "more"}
        row = {"type": 1, "components": [more, link]}
        reply = {"message_reference": {"message_id": said}, "components": [row]}
        await self.call.send(self.channel, content=text, **reply)
        await self.answer(self.ann, {"type": 4, "data": {"content": "# Title\n- item"}})
        await self.answer(self.bob, {"type": 4, "data": {"content": "secret", "flags": 64}})
        await self.answer(self.ann, {"type": 5})
        await self.bob.command("ask")
        self.fake.advance(5)
        await self.bob.react(said, "👍")

    async def answer(self, who: DiscordPerson, body: dict[str, object]) -> None:
        id_ = await who.command("ask")
        token = next(t for t, one in self.fake.interactions.all.items() if str(one.id) == id_)
        await self.call("POST", f"/interactions/{id_}/{token}/callback", body)


@pytest.fixture
async def held() -> AsyncIterator[Conversation]:
    async with discord_server() as fake, api(fake) as call:
        conversation = Conversation(fake, call)
        await conversation.hold()
        yield conversation


def test_a_transcript_holds_what_each_may_see(held: Conversation):
    everything = held.fake.transcript(held.channel)
    asked, replied, titled, secret, thinking, failed = everything.entries
    assert (asked.text, asked.app, asked.files) == ("a question to <#0>", False, (("n.txt", 2048),))
    assert asked.reactions == (("👍", 1),)
    assert replied.text == "“quote”\n1. site\ncode @Ann Lee"
    assert replied.reply
    assert (replied.reply.author, replied.reply.text) == ("Ann Lee", "a question to <#0>")
    assert [(each.label, each.style) for each in replied.buttons[0]] == [
        ("More", "primary"),
        ("Open", "link"),
    ]
    assert replied.pings == ("Ann Lee",)
    assert titled.used
    assert (titled.used.user, titled.used.command) == ("Ann Lee", "/ask")
    assert [block.kind for block in titled.blocks] == ["heading", "item"]
    assert (secret.hidden, thinking.thinking) == ("Bob", True)
    assert failed.failed == "The application did not respond"
    for_ann = held.fake.transcript(held.channel, held.ann.user)
    assert [each.id for each in for_ann.entries] == [
        each.id for each in (asked, replied, titled, thinking)
    ]


class Reader(HTMLParser):
    """Takes a page apart: its tags, addresses and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_page_shows_all_of_it_and_asks_for_nothing_from_outside(held: Conversation):
    read = Reader(page(held.fake.transcript(held.channel), "A talk"))
    for words in ("Ann Lee", "APP", "used\xa0/ask", "2.0 KB", "👍 1", "is thinking…", "More"):
        assert words in read.words
    assert read.links == ["https://e.org/", "https://e.org/b"]
    assert {"blockquote", "code", "strong", "h2"} <= read.tags
    assert not read.tags & {"script", "img", "link", "iframe"}
    assert not re.search(r"url\(|@import", read.words)


async def test_no_text_of_anybodys_becomes_markup(held: Conversation):
    await held.ann.say(EVIL, files=[(EVIL, b"")])
    held.ann.user.name = EVIL
    held.channel.name = EVIL
    embed = {"title": EVIL, "description": EVIL, "url": "javascript:alert(1)"}
    button = {"type": 2, "style": 1, "label": EVIL, "custom_id": "x"}
    row = {"type": 1, "components": [button]}
    await held.call.send(
        held.channel, content=f"```\n{EVIL}\n```", embeds=[embed], components=[row]
    )
    read = Reader(page(held.fake.transcript(held.channel, held.ann.user), EVIL))
    assert not read.tags & {"script", "img"}
    assert not any(link.startswith("javascript") for link in read.links)
    assert read.words.count("<script>alert(1)</script>") >= 7
