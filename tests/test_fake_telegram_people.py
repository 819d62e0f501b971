"""The people of the fake Telegram: what the bot hears of them, and what they see of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, Message, ReplyParameters
from telegram.error import BadRequest

from tests.fakes.telegram import Fake
from tests.fakes.telegram.clients import keys, refused, served
from tests.human import Human


@pytest.fixture
async def pair() -> AsyncIterator[tuple[Fake, Bot]]:
    async with served() as both:
        yield both


async def heard(bot: Bot) -> list[Message]:
    """Give the messages that came, and confirm them."""
    updates = await bot.get_updates()
    await bot.get_updates(offset=updates[-1].update_id + 1 if updates else None)
    return [u.message for u in updates if u.message]


async def test_in_a_group_a_bot_hears_only_what_is_meant_for_it(pair: tuple[Fake, Bot]):
    fake, bot = pair
    room = fake.group()
    ben = room.join("Ben")
    sent = await bot.send_message(room.id, "I am here")
    await ben.say("nobody in particular")
    await ben.say("@other_bot hello")
    await ben.command("ask", "mine")
    await ben.command("ask", "anybody's", addressed=False)
    await ben.say("/ask@other_bot theirs")
    await ben.mention("named")
    await ben.say("an answer", to=str(sent.message_id))
    await ben.upload(("a.txt", b"a"), ("b.txt", b"b"))
    words = [one.text or one.caption for one in await heard(bot)]
    assert words == [
        "/ask@footnote_bot mine",
        "/ask anybody's",
        "@footnote_bot named",
        "an answer",
        "/ingest",
    ]
    room.promote_bot()
    await ben.say("nobody in particular")
    assert [one.text for one in await heard(bot)] == ["nobody in particular"]


async def test_a_topic_has_its_own_thread_and_root(pair: tuple[Fake, Bot]):
    fake, bot = pair
    room = fake.group(topics=True)
    ben, topic = room.join("Ben"), room.topic("Books")
    await ben.within(topic).mention("in the topic")
    await ben.mention("in General")
    _, inside, general = await heard(bot)
    assert (inside.message_thread_id, inside.is_topic_message) == (topic, True)
    assert inside.reply_to_message.forum_topic_created.name == "Books"
    assert (general.message_thread_id, general.reply_to_message) == (None, None)
    await bot.send_message(room.id, "there", message_thread_id=topic)
    await bot.send_message(room.id, "too", reply_parameters=ReplyParameters(inside.message_id))
    await bot.send_message(room.id, "here")
    assert [one.text for one in ben.within(topic).bubbles()] == ["there", "too"]
    assert [one.text for one in ben.bubbles()] == ["here"]
    with refused(BadRequest, "thread not found"):
        await bot.send_message(room.id, "x", message_thread_id=1)


async def test_a_reply_in_a_supergroup_has_a_thread_that_cannot_be_written_to(
    pair: tuple[Fake, Bot],
):
    fake, bot = pair
    room = fake.group()
    ben, cy = room.join("Ben"), room.join("Cy")
    said = await ben.say("a claim that somebody doubts")
    await cy.say("@footnote_bot is it so?", to=said, quote="somebody doubts")
    (question,) = await heard(bot)
    assert question.reply_to_message.from_user.id == ben.user.id
    assert (question.quote.text, question.message_thread_id) == ("somebody doubts", int(said))
    with refused(BadRequest, "thread not found"):
        await bot.send_message(room.id, "x", message_thread_id=question.message_thread_id)


async def test_forwards_say_where_they_come_from(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    await ada.forward("a", channel="News", link="https://t.me/news/42", date=1_700_000_000)
    await ada.forward("b", user="Cy Dent")
    await ada.forward("c", hidden="Nobody")
    await ada.forward("d", chat="Talk", files=[("x.txt", b"x"), ("y.txt", b"y")])
    a, b, c, d, e = [one.forward_origin for one in await heard(bot)]
    assert (a.chat.username, a.message_id, a.date.year) == ("news", 42, 2023)
    assert b.sender_user.full_name == "Cy Dent"
    assert c.sender_user_name == "Nobody"
    assert (d.sender_chat.title, e.sender_chat.title) == ("Talk", "Talk")


async def test_chats_speak_through_accounts_of_telegram(pair: tuple[Fake, Bot]):
    fake, bot = pair
    room, news = fake.group(bot="administrator"), fake.channel("News", "news")
    news.discuss_in(room)
    await room.anonymous("boss").say("as the group")
    await room.as_channel(news).say("as a channel")
    await news.post("a post")
    group, channel, post = await heard(bot)
    assert (group.from_user.id, group.sender_chat.id) == (1087968824, room.id)
    assert (channel.from_user.id, channel.sender_chat.id) == (136817688, news.chat.id)
    assert (post.from_user.id, post.is_automatic_forward) == (777000, True)
    assert post.forward_origin.chat.username == "news"
    member = await bot.get_chat_member(room.id, group.from_user.id)
    assert member.status == "left"


async def test_what_people_are_is_asked_and_heard(pair: tuple[Fake, Bot]):
    fake, bot = pair
    room = fake.group()
    olga, ben = room.join("Olga", "creator"), room.join("Ben", "administrator")
    high = await bot.get_chat_administrators(room.id)
    assert [(one.user.id, one.status) for one in high] == [
        (olga.user.id, "creator"),
        (ben.user.id, "administrator"),
    ]
    await bot.get_updates(allowed_updates=["chat_member"])
    room.becomes(ben, "member")
    room.promote_bot()
    room.becomes(ben, "left")
    (update,) = await bot.get_updates()
    assert update.chat_member.new_chat_member.status == "left"
    assert (await bot.get_chat_member(room.id, ben.user.id)).status == "left"


async def test_edits_are_told_and_deletions_are_not(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    said = await ada.say("teh", date=1_700_000_000)
    await ada.edit(said, "the")
    other = await ada.say("gone")
    await ada.delete(other)
    updates = await bot.get_updates()
    assert [(u.message or u.edited_message).text for u in updates] == ["teh", "the", "gone"]
    assert updates[1].edited_message.date.year == 2023
    with refused(BadRequest, "replied not found"):
        await bot.send_message(ada.user.id, "x", reply_parameters=ReplyParameters(int(other)))


async def test_an_app_cuts_a_long_text_into_messages(pair: tuple[Fake, Bot]):
    fake, bot = pair
    await fake.private().say("word " * 2000)
    parts = await heard(bot)
    assert [len(one.text) <= 4096 for one in parts] == [True, True, True]
    assert " ".join(one.text for one in parts) == ("word " * 2000).strip()


async def test_a_person_sees_what_came_after_their_last_word(pair: tuple[Fake, Bot]):
    fake, bot = pair
    human: Human = (ada := fake.private())
    await bot.send_message(ada.user.id, "the answer to nothing")
    await human.say("q")
    with pytest.raises(AssertionError, match="the answer to nothing"):
        await human.see("answer", seconds=0.05)
    seeing = asyncio.create_task(human.see("true", "answer"))
    text = '<b>A</b> true <a href="https://a.de/x">answer</a>, b.com, @ben_c'
    ben = fake.private("Ben", username="ben_c")
    await bot.send_message(ada.user.id, text, "HTML", reply_markup=keys("Go", "Stay"))
    bubble = await seeing
    assert (bubble.text, bubble.raw) == ("A true answer, b.com, @ben_c", text)
    assert bubble.links == ("https://a.de/x", "http://b.com")
    assert (bubble.pings, bubble.buttons) == ((ben.id,), ("Go", "Stay"))
