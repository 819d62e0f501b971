"""Articles that try to ping, to lead away, or to pass for markup: shown as the words they are."""

from __future__ import annotations

import re
from typing import Any

import pytest

from handlers.messages import Origin
from tests.human import Bubble
from tests.scenarios.stage import OWNER, Stage

MARKED = {"spoiler", "underline", "strikethrough"}
OWN = "https://news.example/kiln"
AWAY = "https://evil.example/leak?q=secret"


def hostile(*people: Any) -> str:
    """Give words that do harm on one platform or the other where they are not kept literal."""
    ids = [str(each.id).partition(":")[2] for each in people]
    named = " ".join(f"<@{one}> <@!{one}> tg://user?id={one}" for one in ids)
    return (
        f"@everyone @here {named} <@&{ids[0]}> @olga_owner <#{ids[0]}> </forget:{ids[0]}>"
        f" <a href='{AWAY}'>tap</a> <b>bold</b> [tap]({AWAY}) ![p]({AWAY}) <{AWAY}> {AWAY}"
        " www.evil.example evil.example/x t.me/evil evil@evil.example /forget /forget@footnote_bot"
        " #evil $EVIL **bold** __under__ ~~gone~~ ||spoiler|| `code` &lt;b&gt; &#64;everyone"
    )


def article(bad: str) -> str:
    return (
        f"# The kiln {bad}\n\nThe kiln at Marden was lit again on Monday: {bad} was seen there.\n"
    )


def innocent(stage: Stage, bubble: Bubble, *, formatted: bool = False) -> None:
    """Nobody was pinged, nothing can be tapped but the article's own address, nothing is markup.

    `formatted`: an article that is shown as it is keeps its own emphasis.
    """
    assert bubble.pings == ()
    assert set(bubble.links) <= {OWN}
    if stage.world.name == "telegram":
        json = bubble_json(stage, bubble)
        tappable = {"mention", "url", "email", "bot_command", "hashtag", "cashtag", "text_mention"}
        bad = [
            (each, _slice(json["text"], each))
            for each in json.get("entities", ())
            if each["type"] in (tappable if formatted else tappable | MARKED)
        ]
        assert [words for each, words in bad if words not in (OWN, "/articles", "/help")] == []


def bubble_json(stage: Stage, bubble: Bubble) -> dict[str, Any]:
    chats = stage.world.fake.world.chats.values()
    found = [each for each in chats if f"telegram:{each.id}" == bubble.chat]
    return dict(found[0].messages[int(bubble.id)].json)


def _slice(text: str, entity: dict[str, Any]) -> str:
    units = text.encode("utf-16-le")
    start, end = entity["offset"], entity["offset"] + entity["length"]
    return units[2 * start : 2 * end].decode("utf-16-le")


WAYS = {
    "asked for": ("ask", "When was the kiln at Marden lit again?"),
    "listed": ("articles", ""),
    "shown": ("article", "1"),
    "searched": ("search", "kiln Marden"),
    "forgotten": ("forget", "1"),
    "read": ("extract", ""),
    "stored": ("ingest", ""),
}


@pytest.mark.parametrize("way", WAYS)
async def test_whatever_an_article_holds_is_shown_as_words(stage: Stage, way: str):
    admin = stage.world.together("Ada Bell", admin=True)
    others = [stage.world.together(name) for name in ("Ben Carr", "Cora Dean")]
    bad = hostile(*others, stage.world.alone(OWNER))
    await stage.give(admin, article(bad), origin=Origin(bad, bad, OWN, "2024-06-04"))
    command, text = WAYS[way]
    if command in ("extract", "ingest"):
        await admin.upload((f"{bad[:60]}.md", article(bad + " anew").encode()), command=command)
    else:
        await admin.command(command, text)
    shown = await admin.see("The kiln")
    assert "evil" in shown.text.replace("​", "")
    await stage.quiet()
    for bubble in admin.bubbles():
        innocent(stage, bubble, formatted=way == "shown")
    if shown.buttons and way in ("asked for", "shown"):
        await admin.click(shown, shown.buttons[0])
        await admin.see("The kiln")
        for bubble in admin.bubbles():
            innocent(stage, bubble, formatted=way == "shown")
    assert all(each.quiet for each in stage.world.said())


async def test_the_words_of_an_article_are_read_as_they_stand(stage: Stage):
    admin = stage.world.together("Ada Bell", admin=True)
    bad = "@everyone <b>bold</b> https://evil.example /forget ~~gone~~ `code` &lt;b&gt; a_b 2*3*4"
    await stage.give(admin, article(bad))
    for command, text in (WAYS["listed"], WAYS["asked for"], WAYS["searched"]):
        await admin.command(command, text)
        shown = await admin.see("The kiln")
        read = re.sub("[\u200b\u2060]", "", shown.text)
        assert read.count(bad) == {"articles": 1, "ask": 3, "search": 2}[command]


async def test_no_preview_of_a_link_ever_shows(stage: Stage):
    admin = stage.world.together("Ada Bell", admin=True)
    await stage.give(admin, article("bricks"), origin=Origin(url=OWN))
    for command, text in (WAYS["asked for"], WAYS["shown"]):
        await admin.command(command, text)
        answer = await admin.see("The kiln")
        assert answer.links == (OWN,)
        await stage.quiet()
    assert all(each.quiet for each in stage.world.said())
    if stage.world.name == "discord":
        fake = stage.world.fake
        messages = [
            each for room in fake.world.channels.values() for each in room.messages.values()
        ]
        assert [fake.previews(each) for each in messages if each.author is fake.bot] == [()] * 2
