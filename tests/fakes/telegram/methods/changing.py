"""Methods that change, take away or react to what is in a chat."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram.errors import bad
from tests.fakes.telegram.methods.markup import keyboard
from tests.fakes.telegram.methods.places import own, present
from tests.fakes.telegram.methods.sending import written
from tests.fakes.telegram.methods.table import method
from tests.fakes.telegram.world import Chat, Json, Stored

if TYPE_CHECKING:
    from tests.fakes.telegram.fake import Fake
    from tests.fakes.telegram.params import Params

SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TWO_DAYS = 48 * 3600


def change(fake: Fake, chat: Chat, message: Stored, fields: Json, raw: str | None) -> Json:
    """Put the new fields into a message; None takes one out. Refused when nothing changes."""
    names = fields.keys()
    if {name: message.json.get(name) for name in names} == fields:
        raise bad(SAME)
    fake.flood.spend(chat, edit=True)
    message.json.update(fields)
    message.json = {name: value for name, value in message.json.items() if value is not None}
    message.json["edit_date"] = int(time.time())
    message.raw = message.raw if raw is None else raw
    fake.world.changed(message)
    return message.json


@method
async def edit_message_text(fake: Fake, p: Params) -> Any:
    chat, message = own(fake, p)
    if "text" not in message.json:
        raise bad("there is no text in the message to edit")
    if not p.text("text"):
        raise bad("message text is empty")
    text, entities = written(fake, p, "text", "MESSAGE_TOO_LONG")
    if not text:
        raise bad("text must be non-empty")
    fields: Json = {"text": text, "entities": entities or None, "reply_markup": keyboard(p)}
    if preview := p.json("link_preview_options"):
        message.json["link_preview_options"] = preview
    return change(fake, chat, message, fields, p.text("text"))


@method
async def edit_message_caption(fake: Fake, p: Params) -> Any:
    chat, message = own(fake, p)
    if "document" not in message.json:
        raise bad("there is no caption in the message to edit")
    text, entities = written(fake, p, "caption", "message caption is too long")
    fields: Json = {"caption": text or None, "caption_entities": entities or None}
    return change(fake, chat, message, fields | {"reply_markup": keyboard(p)}, p.text("caption"))


@method
async def edit_message_reply_markup(fake: Fake, p: Params) -> Any:
    chat, message = own(fake, p)
    return change(fake, chat, message, {"reply_markup": keyboard(p)}, None)


@method
async def delete_message(fake: Fake, p: Params) -> Any:
    chat = present(fake, p)
    message = chat.alive(p.number("message_id"))
    if not message:
        raise bad("message to delete not found")
    if not _may_delete(chat, message):
        raise bad("message can't be deleted")
    message.deleted = True
    fake.world.changed(message)
    return True


@method
async def delete_messages(fake: Fake, p: Params) -> Any:
    chat = present(fake, p)
    for number in p.json("message_ids", []):
        message = chat.alive(number)
        if message and _may_delete(chat, message):
            message.deleted = True
            fake.world.changed(message)
    return True


def _may_delete(chat: Chat, message: Stored) -> bool:
    if chat.group and chat.bot_status == "administrator":
        return True
    fresh = message.json["date"] > time.time() - TWO_DAYS
    return fresh and (message.by_bot or chat.private)


@method
async def set_message_reaction(fake: Fake, p: Params) -> Any:
    from telegram.constants import ReactionEmoji  # the list of the 73, from the library's constants

    chat = present(fake, p)
    message = chat.alive(p.number("message_id"))
    if not message:
        raise bad("message to react not found")
    wanted = p.json("reaction", [])
    if len(wanted) > 1:
        raise bad("REACTIONS_TOO_MANY")
    known = {str(one.value) for one in ReactionEmoji}
    if any(one.get("type") == "emoji" and one.get("emoji") not in known for one in wanted):
        raise bad("REACTION_INVALID")
    message.reactions[fake.world.bot.id] = [one.get("emoji", "") for one in wanted]
    fake.world.step()
    return True


@method
async def answer_callback_query(fake: Fake, p: Params) -> Any:
    press = fake.presses.get(p.text("callback_query_id"))
    if not press or press.done or press.too_old(fake.press_lives):
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if len(p.text("text")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    press.answer(p.text("text"), alert=p.flag("show_alert"), url=p.text("url"))
    fake.world.step()
    return True
