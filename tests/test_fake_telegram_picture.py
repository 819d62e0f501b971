"""A conversation in the fake Telegram can be told in order, and drawn."""

from __future__ import annotations

from html.parser import HTMLParser

from telegram import ReplyParameters

from tests.fakes.telegram.clients import keys, served
from tests.fakes.telegram.transcript import Quote, transcript
from tests.pictures.telegram import page


class Words(HTMLParser):
    """Reads a page as a person does, and keeps its elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said += data


async def test_a_conversation_is_told_in_order_and_drawn_with_nothing_from_outside():
    async with served() as (fake, bot):
        ada = fake.private()
        asked = await ada.say("why <script>alert(1)</script>?")
        await bot.send_message(
            ada.user.id,
            "<b>Because</b> of x &amp; y [1]\n<blockquote>“it <i>is</i> so” 😀</blockquote>"
            '<a href="https://a.de/?a=1&amp;b=2">A title</a>, <code>b.com</code>',
            "HTML",
            reply_parameters=ReplyParameters(int(asked)),
            reply_markup=keys("Sources", "👍"),
        )
        await ada.upload(("notes <1>.txt", b"words"))
        await bot.send_message_draft(ada.user.id, 1, "Reading")
        told = transcript(fake, ada.place)
        assert [line.who for line in told.lines] == ["person", "bot", "person", "bot"]
        answer, upload, draft = told.lines[1:]
        assert answer.reply == Quote("Ada Bell", "why <script>alert(1)</script>?")
        assert [one.text for one in answer.segments if "blockquote" in one.kinds] == [
            "“it ",
            "is",
            " so” 😀",
        ]
        assert [one.link for one in answer.segments if one.link] == ["https://a.de/?a=1&b=2"]
        assert [one.label for one in answer.buttons[0]] == ["Sources", "👍"]
        assert (upload.files, draft.streaming) == ((("notes <1>.txt", 5),), True)
        seen = Words(page(told, "A <title>"))
    tags = [tag for tag, _ in seen.elements]
    assert (tags.count("blockquote"), "script" in tags, "img" in tags) == (1, False, False)
    assert [a["href"] for _, a in seen.elements if "href" in a] == ["https://a.de/?a=1&b=2"]
    for words in ("why <script>alert(1)</script>?", "notes <1>.txt", "A <title>", "Sources"):
        assert words in seen.said
    assert not [a for _, a in seen.elements if "src" in a or a.get("rel") == "stylesheet"]


async def test_a_group_is_drawn_with_names_and_topics():
    async with served() as (fake, bot):
        room = fake.group("Book club", topics=True)
        ben, topic = room.join("Ben Carr"), room.topic("Novels")
        said = await ben.within(topic).mention("who wrote it?")
        await bot.send_message(room.id, "She did.", reply_parameters=ReplyParameters(int(said)))
        told = transcript(fake, room.chat)
        assert [line.topic for line in told.lines] == ["Novels", "Novels", "Novels"]
        seen = Words(page(told, "x"))
    assert "created the topic “Novels”" in seen.said
    assert seen.said.index("Ben Carr") < seen.said.index("She did.")
