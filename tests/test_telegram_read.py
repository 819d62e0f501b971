"""What a Telegram message asks: a table of what people do, in groups and in direct messages."""

from __future__ import annotations

import datetime as dtm
from typing import Any

import pytest
from telegram import Message, Update, User

from bot.telegram_letters import NEARLY_FULL, bundle_of, letter_of
from bot.telegram_read import Call, call_of, person_of, place_of, read
from handlers.messages import Origin

ME = User(7, "Footnote", is_bot=True, username="Footnote_bot")
BOT = {"id": 7, "first_name": "Footnote", "is_bot": True, "username": "Footnote_bot"}
ADA = {"id": 501, "first_name": "Ada", "last_name": "Bell", "is_bot": False}
DM: dict[str, Any] = {"id": 501, "type": "private"}
GROUP: dict[str, Any] = {"id": -100500, "type": "supergroup", "title": "Readers"}
NOW = int(dtm.datetime(2026, 11, 2, tzinfo=dtm.UTC).timestamp())
FILE = {"file_id": "f", "file_unique_id": "u", "file_name": "a.pdf", "file_size": 10}
CHANNEL = {"id": -1001234, "type": "channel", "title": "Mill News", "username": "mill"}


def message(text: str = "", chat: dict[str, Any] = DM, **more: Any) -> Message:
    made = {"message_id": 9, "date": NOW, "chat": chat, "from": ADA, "text": text, **more}
    return Message.de_json({key: value for key, value in made.items() if value != ""}, None)


def asked(text: str = "", chat: dict[str, Any] = DM, **more: Any) -> Call | None:
    return read(message(text, chat, **more), ME)


def replied(**more: Any) -> dict[str, Any]:
    return {"reply_to_message": {"message_id": 4, "date": NOW, "chat": GROUP, **more}}


MINE = replied(**{"from": BOT, "text": "An answer [1]"})
THEIRS = replied(**{"from": ADA, "text": "The mill closed."})


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("why?", "ask", "why?"),
        ("/ask why?", "ask", "why?"),
        ("/ASK@footnote_BOT why?", "ask", "why?"),
        ("/start", "help", ""),
        ("/start abc", "help", "abc"),
        ("/nonsense", "nonsense", ""),
        ("https://mill.example/a", "ingest", "https://mill.example/a"),
        ("mill.example/a", "ingest", "mill.example/a"),
        ("x" * 2_001, "ingest", "x" * 2_001),
        ("/ask\nline", "ask", "line"),
        ("1/2 of it?", "ask", "1/2 of it?"),
    ],
)
def test_what_is_said_in_a_direct_message(text: str, command: str, rest: str):
    call = asked(text)
    assert call
    assert (call.command, call.text) == (command, rest)


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("why?", {}, None),
        ("/ask why?", {}, "why?"),
        ("/ask@other_bot why?", {}, None),
        ("@Footnote_bot why?", {}, "why?"),
        ("so, @footnote_BOT, why?", {}, "so,  why?"),
        ("@Footnote_bots why?", {}, None),
        ("mail@Footnote_bot why?", {}, None),
        ("and then?", MINE, "and then?"),
        ("and then?", THEIRS, None),
        ("/ask@other_bot why?", MINE, None),
        ("why?", {"sender_chat": CHANNEL, "is_automatic_forward": True}, None),
        ("@Footnote_bot why?", {"from": {**ADA, "is_bot": True}}, None),
        ("@Footnote_bot", {}, ""),
    ],
)
def test_in_a_group_only_what_speaks_to_the_bot(text: str, more: dict[str, Any], expected: str):
    call = asked(text, GROUP, **more)
    assert (call and call.text) == expected


def test_a_reply_to_an_answer_goes_on_from_it():
    call = asked("and then?", GROUP, **MINE)
    assert call
    assert call.about == "4"


def test_an_opening_of_a_topic_is_no_message_that_is_replied_to():
    topic = replied(**{"from": ADA, "forum_topic_created": {"name": "x", "icon_color": 1}})
    assert asked("/ingest", GROUP, **topic) == Call("ingest", loose=True)


def test_a_command_takes_what_it_replies_to_with_its_origin():
    call = asked("/ingest", GROUP, **THEIRS)
    assert call
    assert call.text == "The mill closed."
    assert call.origin == Origin("Ada Bell", "Readers", "https://t.me/c/500/4", "2026-11-02")
    own = asked("/ingest other words", GROUP, **THEIRS)
    assert own
    assert (own.text, own.origin) == ("other words", None)


def test_a_forwarded_post_is_stored_with_its_origin():
    origin = {"type": "channel", "date": NOW, "chat": CHANNEL, "message_id": 77}
    call = asked("The mill closed.", forward_origin=origin, caption=None)
    assert call
    assert (call.command, call.text) == ("ingest", "The mill closed.")
    assert call.origin == Origin(None, "Mill News", "https://t.me/mill/77", "2026-11-02")


def test_a_short_post_that_hides_its_link_behind_a_word_points_to_it():
    link = {"type": "text_link", "offset": 0, "length": 4, "url": "https://mill.example/a"}
    origin = {"type": "hidden_user", "date": NOW, "sender_user_name": "Cal"}
    call = asked("Read this", forward_origin=origin, entities=[link])
    assert call
    assert call.text == "Read this\nhttps://mill.example/a"


def test_a_file_is_stored_wherever_it_is_handed_over():
    dm = asked(document=FILE)
    assert dm
    assert (dm.command, [each.file_name for each in dm.files]) == ("ingest", ["a.pdf"])
    assert asked(chat=GROUP, document=FILE) is None
    group = asked(chat=GROUP, document=FILE, caption="/ingest")
    assert group
    assert len(group.files) == 1
    by_reply = asked("/ingest", GROUP, **replied(**{"from": ADA, "document": FILE}))
    assert by_reply
    assert len(by_reply.files) == 1


def test_what_has_no_words_is_unreadable_only_where_it_was_meant_for_the_bot():
    voice = {"voice": {"file_id": "v", "file_unique_id": "w", "duration": 1}}
    call = asked(**voice)
    assert call
    assert call.unreadable
    assert asked(chat=GROUP, **voice) is None
    assert asked(chat=GROUP, new_chat_title="New") is None
    assert asked(chat=DM, pinned_message={"message_id": 1, "date": 0, "chat": DM}) is None


def test_people_who_are_named_by_no_username_are_given_by_their_ids():
    entity = {"type": "text_mention", "offset": 17, "length": 3, "user": {**ADA, "id": 88}}
    call = asked("/library appoint Cal", GROUP, entities=[entity])
    assert call
    assert call.text == "appoint telegram:88"


def test_who_writes_in_the_name_of_a_chat_is_nobody():
    anonymous = {"id": 1087968824, "first_name": "Group", "is_bot": True}
    hidden = message("/ingest x", GROUP, **{"from": anonymous, "sender_chat": GROUP})
    assert person_of(hidden).id == "telegram:chat:-100500"
    assert read(hidden, ME) is not None
    assert person_of(message("x")).id == "telegram:501"
    assert (place_of(message("x")).private, place_of(hidden).private) == (True, False)


def test_an_album_is_one_request_with_all_its_files():
    parts = [
        message(document=FILE, media_group_id="g", chat=GROUP, caption="/ingest"),
        message(document={**FILE, "file_name": "b.txt"}, media_group_id="g", chat=GROUP),
    ]
    call = call_of(parts, ME)
    assert call
    assert [each.file_name for each in call.files] == ["a.pdf", "b.txt"]
    assert len({bundle_of(each, ()) for each in parts}) == 1


def test_a_paste_that_was_cut_is_joined_again():
    first, second = message("/ingest " + "word " * 820), message("and the rest.")
    key = bundle_of(first, ())
    assert len(first.text or "") >= NEARLY_FULL
    assert bundle_of(second, ()) == ""
    assert bundle_of(second, (key,)) == key
    call = call_of([first, second], ME)
    assert call
    assert call.command == "ingest"
    assert call.text.endswith("word and the rest.")


def test_only_what_is_to_be_answered_becomes_a_letter():
    def letter(update: dict[str, Any]) -> object:
        return letter_of(Update.de_json({"update_id": 1, **update}, None), ME)

    said = {"message_id": 9, "date": NOW, "chat": DM, "from": ADA, "text": "why?"}
    assert letter({"message": said})
    assert letter({"edited_message": {**said, "edit_date": NOW}})
    assert letter({"message": {**said, "chat": GROUP}}) is None
    assert letter({"channel_post": said}) is None
