"""The fake Telegram takes and refuses messages as the real one does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
)

from tests.fakes.telegram import Fake
from tests.fakes.telegram.clients import keys, refused, served


@pytest.fixture
async def pair() -> AsyncIterator[tuple[Fake, Bot]]:
    async with served() as both:
        yield both


async def test_replies_need_their_target_unless_told_otherwise(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    there = int(await ada.say("the question is here"))
    quoted = ReplyParameters(there, quote="question")
    sent = await bot.send_message(ada.user.id, "x", reply_parameters=quoted)
    assert (sent.reply_to_message.message_id, sent.quote.position) == (there, 4)
    with refused(BadRequest, "replied not found"):
        await bot.send_message(ada.user.id, "x", reply_parameters=ReplyParameters(99))
    missing = ReplyParameters(99, allow_sending_without_reply=True)
    assert not (await bot.send_message(ada.user.id, "x", reply_parameters=missing)).reply_to_message
    with refused(BadRequest, "QUOTE_TEXT_INVALID"):
        await bot.send_message(
            ada.user.id, "x", reply_parameters=ReplyParameters(there, quote="other words")
        )


async def test_an_edit_must_change_something_that_is_there(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    sent = await bot.send_message(ada.user.id, "<b>x</b>", "HTML", reply_markup=keys("Go"))
    with refused(BadRequest, "not modified"):
        await sent.edit_text("x", entities=sent.entities, reply_markup=keys("Go"))
    await sent.edit_text("<b>x</b>", "HTML")  # the keyboard goes
    assert ada.bubbles()[0].buttons == ()
    assert ada.bubbles()[0].edits == 1
    with refused(BadRequest, "not modified"):
        await sent.edit_reply_markup(None)
    await sent.delete()
    with refused(BadRequest, "message to edit not found"):
        await sent.edit_text("y")
    with refused(BadRequest, "message to delete not found"):
        await sent.delete()
    theirs = int(await ada.say("mine"))
    with refused(BadRequest, "can't be edited"):
        await bot.edit_message_text("y", ada.user.id, theirs)


@pytest.mark.parametrize("data", ["x" * 65, "é" * 33])
async def test_the_data_of_a_button_is_at_most_64_bytes(pair: tuple[Fake, Bot], data: str):
    fake, bot = pair
    ada = fake.private()
    await bot.send_message(ada.user.id, "x", reply_markup=keys("a", data="é" * 32))
    with refused(BadRequest, "BUTTON_DATA_INVALID"):
        await bot.send_message(ada.user.id, "x", reply_markup=keys("a", data=data))


async def test_the_length_counts_after_parsing_in_utf16(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    await bot.send_message(ada.user.id, f"<b>{'😀' * 2048}</b>", "HTML")
    for text in ("x" * 4097, "😀" * 2048 + "x"):
        with refused(BadRequest, "too long"):
            await bot.send_message(ada.user.id, text)
    with refused(BadRequest, "empty"):
        await bot.send_message(ada.user.id, "  \n ")


async def test_entities_may_be_sent_instead_of_marks(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    given = [
        MessageEntity("bold", 0, 2),
        MessageEntity("text_link", 3, 1, url="https://a.example/x"),
        MessageEntity("text_mention", 5, 1, user=(await bot.get_chat_member(501, 501)).user),
    ]
    await bot.send_message(ada.user.id, "😀 b c", entities=given)
    (shown,) = ada.bubbles()
    assert shown.links == ("https://a.example/x",)
    assert shown.pings == (ada.id,)


async def test_an_entity_beyond_the_text_is_dropped_and_a_problem():
    async with served(check=False) as (fake, bot):
        await bot.send_message(fake.private().user.id, "x", entities=[MessageEntity("bold", 0, 9)])
        assert "silently drop" in fake.problems()[0]


async def test_a_press_is_answered_once_and_in_time(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    await bot.send_message(ada.user.id, "x", reply_markup=keys("Go"))
    (shown,) = ada.bubbles()
    pressing = asyncio.create_task(ada.click(shown, "Go"))
    (update,) = await bot.get_updates(timeout=10)
    await update.callback_query.answer("Done", show_alert=True)
    assert await pressing == "Done"
    with refused(BadRequest, "too old"):
        await update.callback_query.answer()
    fake.press_lives = 0.0
    press = ada.press(shown, "Go")
    with refused(BadRequest, "too old"):
        await bot.answer_callback_query(press.id)
    with refused(AssertionError, "no button"):
        await ada.click(shown, "Stop")


async def test_drafts_are_for_private_chats_and_end_with_the_message(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada, room = fake.private(), fake.group()
    await bot.send_message_draft(ada.user.id, 7, "Thin")
    await bot.send_message_draft(ada.user.id, 7, "Think")
    (draft,) = ada.bubbles()
    assert (draft.text, draft.streaming, draft.edits) == ("Think", True, 1)
    await bot.send_message(ada.user.id, "Thought")
    assert [one.streaming for one in ada.bubbles()] == [False]
    with pytest.raises(BadRequest):
        await bot.send_message_draft(room.id, 7, "x")


async def test_files_are_fetched_up_to_20_megabytes(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    await ada.upload(("notes.txt", b"words"), ("big.pdf", bytes(20 * 1024 * 1024 + 1)))
    small, big = [u.message for u in await bot.get_updates()]
    assert small.media_group_id == big.media_group_id
    assert (small.caption, big.caption) == ("/ingest", None)
    file = await small.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"words"
    with refused(BadRequest, "file is too big"):
        await big.document.get_file()
    sent = await bot.send_document(ada.user.id, b"data", filename="out.csv", caption="<i>c</i>")
    assert sent.document.file_name == "out.csv"
