"""The fake Telegram knows what a bot may delete, react to, leave and say of itself."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, LinkPreviewOptions, ReactionTypeEmoji
from telegram.error import BadRequest, Forbidden

from tests.fakes.telegram import Fake
from tests.fakes.telegram.clients import keys, refused, served

LONG_AGO = int(time.time()) - 49 * 3600


@pytest.fixture
async def pair() -> AsyncIterator[tuple[Fake, Bot]]:
    async with served() as both:
        yield both


async def test_a_bot_deletes_its_own_and_as_admin_all(pair: tuple[Fake, Bot]):
    fake, bot = pair
    room, ada = fake.group(), fake.private()
    theirs = int(await room.join("Ben").say("mine"))
    with refused(BadRequest, "can't be deleted"):
        await bot.delete_message(room.id, theirs)
    room.promote_bot()
    await bot.delete_message(room.id, theirs)
    assert room.chat.alive(theirs) is None
    old, new = [int(await ada.say("x", date=date)) for date in (LONG_AGO, None)]
    await bot.delete_message(ada.user.id, new)
    with refused(BadRequest, "can't be deleted"):
        await bot.delete_message(ada.user.id, old)


async def test_a_reaction_is_one_of_the_known_ones(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    said = int(await ada.say("x"))
    await bot.set_message_reaction(ada.user.id, said, "👀")
    assert ada.place.messages[said].reactions == {bot.id: ["👀"]}
    with refused(BadRequest, "REACTION_INVALID"):
        await bot.set_message_reaction(ada.user.id, said, ReactionTypeEmoji("🧱"))
    with refused(BadRequest, "message to react not found"):
        await bot.set_message_reaction(ada.user.id, 99, "👀")


async def test_in_a_group_only_an_admin_hears_of_reactions(pair: tuple[Fake, Bot]):
    fake, bot = pair
    room = fake.group()
    ben, sent = room.join("Ben"), await bot.send_message(room.id, "x")
    await bot.get_updates(allowed_updates=["message_reaction"])
    await ben.react(str(sent.message_id), "👍")
    assert fake.pending() == []
    room.promote_bot()
    await ben.react(str(sent.message_id), "👎")
    (update,) = await bot.get_updates()
    assert update.message_reaction.old_reaction[0].emoji == "👍"


async def test_a_bot_that_left_is_out(pair: tuple[Fake, Bot]):
    fake, bot = pair
    room = fake.group()
    ben = room.join("Ben")
    await bot.leave_chat(room.id)
    await ben.mention("are you there?")
    with refused(Forbidden, "not a member of the supergroup"):
        await bot.send_message(room.id, "x")
    room.invite_bot(by=ben)
    updates = await bot.get_updates()
    states = [u.my_chat_member.new_chat_member.status for u in updates if u.my_chat_member]
    assert states == ["left", "member"]
    (invited,) = [u.message for u in updates if u.message]
    assert invited.new_chat_members[0].id == bot.id
    await bot.send_message(room.id, "back")


async def test_what_the_bot_says_of_itself_is_kept(pair: tuple[Fake, Bot]):
    fake, bot = pair
    await bot.set_my_description("Answers")
    await bot.set_my_short_description("Антворт", language_code="de")
    assert (await bot.get_my_description()).description == "Answers"
    assert (await bot.get_my_short_description()).short_description == ""
    assert fake.about["short_description", "de"] == "Антворт"
    with refused(BadRequest, "TOO_LONG"):
        await bot.set_my_short_description("x" * 121)


async def test_actions_and_previews_are_recorded(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    await bot.send_chat_action(ada.user.id, "typing")
    assert [one[2] for one in fake.actions] == ["typing"]
    with refused(BadRequest, "wrong parameter action"):
        await bot.send_chat_action(ada.user.id, "dancing")
    off = LinkPreviewOptions(is_disabled=True)
    sent = await bot.send_message(ada.user.id, "a.de", link_preview_options=off)
    assert sent.link_preview_options.is_disabled


async def test_a_press_may_come_from_a_message_too_old_to_show(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    await bot.send_message(ada.user.id, "x", reply_markup=keys("Go", data="code"))
    press = ada.press(ada.bubbles()[0], "Go", inaccessible=True)
    (update,) = await bot.get_updates()
    assert not update.callback_query.message.is_accessible
    await bot.answer_callback_query(press.id)
    assert (press.done, press.text) == (True, "")


async def test_a_draft_is_seen_while_it_is_written(pair: tuple[Fake, Bot]):
    fake, bot = pair
    ada = fake.private()
    await bot.send_message_draft(ada.user.id, 3, "<i>So</i> far", parse_mode="HTML")
    draft = await ada.see_draft("So far")
    assert (draft.id, draft.raw, draft.streaming) == ("draft:3", "<i>So</i> far", True)
    with pytest.raises(AssertionError, match="So far"):
        await ada.see("So far", seconds=0.01)
